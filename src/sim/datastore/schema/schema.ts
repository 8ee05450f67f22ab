// Shapes of manifests as data, and the strict decoder that checks a document against one: unknown fields and wrong
// types are findings with a path, scalars become text where a text is due (as calicoctl's YAML reader does).
import { type FieldPath, type Finding, formatPath, goValue } from '../problem.ts'

export type Schema =
  | { readonly type: 'string' | 'bool' | 'int' | 'number-or-string' | 'any' }
  | { readonly type: 'list' | 'map'; readonly of: Schema }
  | ObjectSchema
export interface ObjectSchema {
  readonly type: 'object'
  /** Go's name of the structure, for error texts. */
  readonly struct: string
  readonly fields: Readonly<Record<string, Schema>>
}

export const text: Schema = { type: 'string' }
export const bool: Schema = { type: 'bool' }
export const int: Schema = { type: 'int' }
export const any: Schema = { type: 'any' }
export const numberOrText: Schema = { type: 'number-or-string' }
export const list = (of: Schema): Schema => ({ type: 'list', of })
export const map = (of: Schema): Schema => ({ type: 'map', of })
export const object = (struct: string, fields: Readonly<Record<string, Schema>>): ObjectSchema => ({
  type: 'object',
  struct,
  fields,
})
/** An object of which every named field is taken as it comes. */
export const loose = (struct: string, names: string): ObjectSchema =>
  object(struct, Object.fromEntries(names.split(' ').map((name) => [name, any])))

interface Place {
  readonly path: FieldPath
  /** `STRUCT.FIELD` of the value, for wrong-type texts. */
  readonly field: string
}

const GO_TYPE = {
  string: 'string',
  bool: 'bool',
  int: 'int',
  'number-or-string': 'string',
  any: '',
  list: 'slice',
  map: 'map',
  object: 'struct',
}

function wrongType(value: unknown, schema: Schema, place: Place): Finding {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  const type = schema.type === 'object' ? schema.struct : GO_TYPE[schema.type]
  return {
    path: place.path,
    code: 'wrong-type',
    message: `cannot parse ${kind} '${goValue(value)}' into field ${place.field} of type ${type}`,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns the value as its type decodes it; findings are added to `findings`. Empty (null) fields are left out. */
export function decode(value: unknown, schema: Schema, findings: Finding[]): unknown {
  return decodeAt(value, { schema, place: { path: [], field: '' }, findings })
}

interface Task {
  readonly schema: Schema
  readonly place: Place
  readonly findings: Finding[]
}

function decodeAt(value: unknown, task: Task): unknown {
  const { schema, place, findings } = task
  switch (schema.type) {
    case 'any':
      return value
    case 'string':
      if (typeof value === 'string') return value
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      break
    case 'bool':
      if (typeof value === 'boolean') return value
      break
    case 'int':
      if (typeof value === 'number' && Number.isInteger(value)) return value
      break
    case 'number-or-string':
      if (typeof value === 'number' || typeof value === 'string') return value
      break
    case 'list':
      if (Array.isArray(value))
        return value.map((item, index) => decodeAt(item ?? emptyOf(schema.of), step(task, schema.of, index)))
      break
    case 'map':
      if (isRecord(value)) return decodeEntries(value, task, () => schema.of)
      break
    case 'object':
      if (isRecord(value)) return decodeEntries(value, task, (name) => own(schema.fields, name))
      break
  }
  findings.push(wrongType(value, schema, place))
  return undefined
}

function emptyOf(schema: Schema): unknown {
  return schema.type === 'object' || schema.type === 'map' ? {} : schema.type === 'string' ? '' : null
}

function step(task: Task, schema: Schema, key: string | number): Task {
  const struct = task.schema.type === 'object' ? task.schema.struct : task.place.field
  const field = typeof key === 'number' ? task.place.field : `${struct}.${key}`
  return { schema, place: { path: [...task.place.path, key], field }, findings: task.findings }
}

/** A member whatever it is called: every object has a `constructor`, and nobody put it there. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function decodeEntries(
  value: Record<string, unknown>,
  task: Task,
  schemaOf: (name: string) => Schema | undefined,
): unknown {
  const out: [string, unknown][] = []
  for (const [name, item] of Object.entries(value)) {
    const schema = schemaOf(name)
    if (schema === undefined) {
      const path = [...task.place.path, name]
      task.findings.push({ path, code: 'unknown-field', message: `unknown field "${formatPath(path)}"` })
    } else if (item !== null && item !== undefined) {
      out.push([name, decodeAt(item, step(task, schema, name))])
    }
  }
  return Object.fromEntries(out)
}
