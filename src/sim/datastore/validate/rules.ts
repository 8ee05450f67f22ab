// Small checks shared by the per-kind validators, in the words of libcalico-go/lib/validator/v3.
import { parseCidr } from '../cidr.ts'
import { type FieldPath, type Finding, failedTag, invalid } from '../problem.ts'
import { parseSelector } from '../selector/selector.ts'
import type { ResourceStore } from '../store.ts'

export const INTERFACE = /^[a-zA-Z0-9_.*-]{1,15}$/

/** What a validator needs to know beyond the object. */
export interface Context {
  readonly store: ResourceStore
  readonly findings: Finding[]
}

/** One text field under check. */
export interface TextField {
  readonly path: FieldPath
  readonly name: string
  readonly value: string | undefined
}

export function checkOneOf(context: Context, field: TextField, rule: { values: readonly string[]; tag: string }): void {
  if (field.value === undefined || rule.values.includes(field.value)) return
  context.findings.push(failedTag(field.path, { name: field.name, value: field.value, tag: rule.tag }))
}

export function checkSelector(context: Context, field: TextField): void {
  if (field.value === undefined) return
  const parsed = parseSelector(field.value)
  if (parsed.ok) return
  const finding = failedTag(field.path, { name: field.name, value: field.value, tag: 'selector' })
  context.findings.push({ ...finding, hint: { code: 'selector', error: parsed.error.message, at: parsed.error.at } })
}

export function checkCidr(context: Context, field: TextField, version: 4 | 6 | null): void {
  if (field.value === undefined || field.value === '') return
  const cidr = parseCidr(field.value)
  if (cidr !== null && (version === null || cidr.version === version)) return
  const tag = version === null ? 'net' : `netv${version}`
  context.findings.push(failedTag(field.path, { name: field.name, value: field.value, tag }))
}

/** A rule over several fields: `reason` is the whole explanation. */
export function refuse(
  context: Context,
  field: { path: FieldPath; name: string; value: unknown },
  reason: string,
): void {
  context.findings.push(invalid(field.path, { name: field.name, value: field.value, reason }))
}

const DURATION = /^(\d+(\.\d+)?(h|ms|m|s|us|ns))+$/

export function checkDuration(context: Context, field: TextField): void {
  if (field.value === undefined || DURATION.test(field.value)) return
  context.findings.push({
    path: field.path,
    code: 'wrong-type',
    message: `time: invalid duration "${field.value}"`,
  })
}

const UNIT: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 }

/** Whole seconds of a Go duration, rounded as confd does; null when absent. */
export function durationSeconds(text: string | undefined): number | null {
  if (text === undefined) return null
  let seconds = 0
  for (const part of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g))
    seconds += Number(part[1]) * (UNIT[part[2] as string] ?? 0)
  return Math.round(seconds)
}
