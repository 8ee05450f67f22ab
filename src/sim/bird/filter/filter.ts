// A filter as the configuration names it and the daemon runs it.
import type { Execute } from './machine.ts'

/** `all`, `none`, or a filter with its body; name null: written in place (`export filter { .. }`, `where ..`). */
export type Filter = 'all' | 'none' | NamedFilter

export interface NamedFilter {
  readonly name: string | null
  readonly body: CompiledBody
}

export interface FunctionDefinition {
  readonly name: string
  readonly parameters: number
  readonly body: CompiledBody
}

/** Commands ready to run. */
export interface CompiledBody {
  readonly execute: Execute
  /** Text in which two bodies agree exactly when they are the same structure, called functions included by content. */
  readonly fingerprint: string
}
