// Compiled terms: a closure plus what is known of its value before it runs, so that tests on routes work on bare
// numbers and strings and allocate nothing.
import type { Machine } from './machine.ts'
import type { Raw, Value, ValueType } from './value.ts'
import { FALSE, TRUE, VOID } from './value.ts'

/** The type is known: `raw` yields the bare value, undefined for void. */
export interface TypedCode {
  readonly type: ValueType
  readonly enum: number
  readonly nullable: boolean
  readonly raw: (machine: Machine) => Raw | undefined
  /** Set when the value never changes. */
  readonly constant: Value | null
}

/** The type shows at run time only. */
interface OpenCode {
  readonly type: null
  readonly value: (machine: Machine) => Value
}

export type Code = TypedCode | OpenCode

export function constantCode(value: Value): Code {
  if (value.type === 'void') return { type: null, value: () => VOID }
  const raw = value.value
  const enumType = value.type === 'enum' ? value.enum : 0
  return { type: value.type, enum: enumType, nullable: false, raw: () => raw, constant: value }
}

export function typedCode(type: ValueType, raw: TypedCode['raw']): TypedCode {
  return { type, enum: 0, nullable: false, raw, constant: null }
}

function makeValue(type: ValueType, enumType: number, raw: Raw | undefined): Value {
  if (raw === undefined) return VOID
  if (type === 'bool') return raw === true ? TRUE : FALSE
  if (type === 'enum') return { type, enum: enumType, value: raw as number }
  return { type, value: raw } as Value
}

/** The value with its tag. */
export function tagged(code: Code): (machine: Machine) => Value {
  if (code.type === null) return code.value
  const { type, raw, constant } = code
  if (constant !== null) return () => constant
  return (machine) => makeValue(type, code.enum, raw(machine))
}

/** A term that is bool in every run. */
export function isTest(code: Code): code is TypedCode & { raw: (machine: Machine) => boolean } {
  return code.type === 'bool' && !code.nullable
}
