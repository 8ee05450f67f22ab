// What is wrong with a manifest, in a form that both a command line and an editor can show: where, and the exact words.
// Wording follows libcalico-go's errors, calicoctl's strict decoder and the API server's strict decoding.

/** Steps from the root of one document: field names and list positions. */
export type FieldPath = readonly (string | number)[]

/** A finding about one document. */
export interface Finding {
  readonly path: FieldPath
  /** Complete words of the finding, as the real API would say it. */
  readonly message: string
  /** What sort of failure it is: the tools print each in their own frame. */
  readonly code: 'unknown-field' | 'wrong-type' | 'invalid' | 'unsupported' | 'conflict'
  /** For 'invalid': parts of `error with field NAME = 'VALUE' (REASON)`. */
  readonly field?: { readonly name: string; readonly value: string; readonly reason: string }
  /** What the real API leaves unsaid: why, or what to do instead. */
  readonly hint?: Hint
}

export type Hint =
  | { readonly code: 'use-bgpfilter' }
  | { readonly code: 'since-version'; readonly version: string }
  | { readonly code: 'selector'; readonly error: string; readonly at: number }
  | { readonly code: 'never-existed' }

/** A finding in a manifest of several documents. */
export interface Problem extends Finding {
  /** The object it is about, as far as it could be read. */
  readonly about: { readonly apiVersion: string; readonly kind: string; readonly name: string }
  /** Position of the document among those given, from 0; inside a List, the List's. */
  readonly document: number
}

/** Something accepted that changes nothing here: real, but not simulated. */
export interface Notice {
  readonly document: number
  readonly path: FieldPath
  readonly message: string
}

/** `spec.ipPools[0].cidr`, as kubectl writes a path. */
export function formatPath(path: FieldPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}

/** A refused value, in libcalico-go's words. */
export function invalid(path: FieldPath, field: { name: string; value: unknown; reason: string }): Finding {
  const value = goValue(field.value)
  return {
    path,
    code: 'invalid',
    message: `error with field ${field.name} = '${value}' (${field.reason})`,
    field: { name: field.name, value, reason: field.reason },
  }
}

/** All refused values of one object as libcalico-go joins them. */
export function formatInvalid(findings: readonly Finding[]): string {
  const fields = findings.flatMap((finding) => (finding.field === undefined ? [] : [finding.field]))
  const [first] = fields
  if (first === undefined) return findings.map((finding) => finding.message).join('; ')
  if (fields.length === 1) return `error with field ${first.name} = '${first.value}' (${first.reason})`
  const lines = fields.map((field) => `-  ${field.name} = '${field.value}' (${field.reason})\n`)
  return `error with the following fields:\n${lines.join('')}`
}

/** Go's %v of a decoded value. */
export function goValue(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, item]) => `${key}:${goValue(item)}`)
    return `map[${pairs.join(' ')}]`
  }
  return String(value)
}

/** A value that fails a rule of the struct tags, in the words of libcalico-go's validator. */
export function failedTag(path: FieldPath, field: { name: string; value: unknown; tag: string }): Finding {
  const { name, value, tag } = field
  const short = name.slice(name.lastIndexOf('.') + 1)
  return invalid(path, {
    name: short,
    value,
    reason: `Reason: failed to validate Field: ${short} because of Tag: ${tag} `,
  })
}
