// The state of one filter run: the route as seen so far, what it prints and what a function returned.
// One object is reused by every run, so that a filter that only tests allocates nothing (f_run in BIRD's filter.c).
import type { FilterEnvironment, FilterRoute } from './route.ts'
import type { Value } from './value.ts'

/** What a command leaves behind: go on, or leave the function or the filter. */
export type Status = 0 | 1 | 2 | 3 | 4
export const CONTINUE = 0
export const ACCEPT = 1
export const REJECT = 2
/** `error`: ends the filter like a run-time error, without a message. */
export const ERROR = 3
/** `return`: the value waits in Machine.result. */
export const RETURN = 4

export interface Machine {
  /** null in `eval`, where reading an attribute is a run-time error. */
  route: FilterRoute | null
  /** Whether `route` is this run's own copy. */
  owned: boolean
  /** Whether its BGP attributes must be interned at the end. */
  attributesChanged: boolean
  /** Whether the filter chose another next hop. */
  redirected: boolean
  /** Whether it wrote the preference or a static attribute, so that the route is no longer the table's own. */
  rewritten: boolean
  /** An export filter runs: `unset` works there only. */
  exporting: boolean
  environment: FilterEnvironment
  /** Value of the last `return`. */
  result: Value
  /** What print and printn have gathered of the current line. */
  output: string
}

/** A compiled command or list of commands. */
export type Execute = (machine: Machine) => Status

/** Thrown by a run-time error; no Error object, since nobody reads its stack. */
export class FilterError {
  readonly line: number
  readonly message: string
  constructor(line: number, message: string) {
    this.line = line
    this.message = message
  }
}

/** Thrown when a function called inside an expression accepts, rejects or fails: the whole filter ends. */
export class FilterExit {
  readonly status: Status
  constructor(status: Status) {
    this.status = status
  }
}
