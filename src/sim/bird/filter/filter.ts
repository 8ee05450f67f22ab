// A filter as the configuration names it and the daemon runs it.
import type { Execute } from './machine.ts'
import type { Value, ValueType } from './value.ts'

/** A parameter or local: static storage, as in BIRD, so recursion cannot exist. */
export interface Variable {
  readonly kind: 'variable'
  readonly name: string
  readonly type: ValueType
  value: Value
}

/** `all`, `none`, or a filter with its body; name null: written in place (`export filter { .. }`, `where ..`). */
export type Filter = 'all' | 'none' | NamedFilter

export interface NamedFilter {
  readonly name: string | null
  readonly body: CompiledBody
}

export interface FunctionDefinition {
  readonly name: string
  readonly parameters: readonly Variable[]
  readonly body: CompiledBody
}

/** Commands ready to run; compiled when they first are. */
export interface CompiledBody {
  readonly execute: Execute
  /** The same, leaving in Machine.result what the last instruction evaluated to. */
  readonly evaluate: Execute
  /** Structure without line numbers; functions are called by position, see `callees`. */
  readonly structure: string
  readonly callees: readonly CompiledBody[]
}

/** Whether two bodies mean the same to BIRD: same instructions, called functions compared by content (i_same). */
export function sameBody(a: CompiledBody, b: CompiledBody): boolean {
  if (a === b) return true
  if (a.structure !== b.structure || a.callees.length !== b.callees.length) return false
  return a.callees.every((callee, i) => sameBody(callee, b.callees[i]!))
}

/** Whether a reconfiguration from `a` to `b` leaves the filter as it was; the name does not matter. */
export function sameFilter(a: Filter, b: Filter): boolean {
  if (a === b) return true
  if (typeof a === 'string' || typeof b === 'string') return false
  return sameBody(a.body, b.body)
}
