// One action as YAML: a flow mapping on one line where that can be read, a block with a literal text where it has one.

import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import { formatDuration } from './duration.ts'
import { formatTarget } from './read-timeline.ts'
import type { Action, StaticRouteSpec, Target } from './types.ts'

const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*$/
const WORDS = new Set(['true', 'false', 'null', 'True', 'False', 'Null', 'TRUE', 'FALSE', 'NULL'])
const ADDRESS = /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/

/** Text as a YAML scalar that reads back as the same text. */
function scalar(text: string): string {
  if (ADDRESS.test(text) || (PLAIN.test(text) && !WORDS.has(text))) return text
  return JSON.stringify(text)
}

/** Whether a text can stand as a literal block (`|`) and come back exactly. */
function isLiteral(text: string): boolean {
  const ended = text.endsWith('\n') ? text.slice(0, -1) : text
  if (!text.includes('\n') || ended.endsWith('\n') || /^\s/.test(text)) return false
  return Array.from(text).every((character) => {
    const code = character.codePointAt(0) ?? 0
    const control = (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code <= 159)
    return !control && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff && (code < 0xd800 || code > 0xdfff)
  })
}

function fieldsOf(action: Action): [string, string][] {
  const { at, action: verb, ...rest } = action
  const out: [string, string][] = [
    ['at', formatDuration(at)],
    ['action', verb],
  ]
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined) continue
    if (key === 'target') out.push([key, scalar(formatTarget(value as Target))])
    else if (key === 'down') out.push([key, formatDuration(value as number)])
    else if (key === 'labels') out.push([key, labels(value as Record<string, string>)])
    else if (key === 'routes') out.push([key, routes(value as readonly StaticRouteSpec[])])
    else if (key === 'birdArgs') out.push([key, `[${(value as readonly string[]).map(scalar).join(', ')}]`])
    else out.push([key, String(value)])
  }
  return out
}

function labels(value: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(value).map(([key, text]) => `${scalar(key)}: ${scalar(text)}`)
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}

function routes(value: readonly StaticRouteSpec[]): string {
  const all = value.map(
    ({ dst, via }) => `{ dst: ${dst === 0 ? 'default' : formatPrefix(dst)}, via: ${formatIp(via)} }`,
  )
  return `[${all.join(', ')}]`
}

/** Already written as YAML by fieldsOf; the others are raw text. */
const WRITTEN = new Set(['at', 'action', 'target', 'down', 'labels', 'routes', 'birdArgs'])

function inline([key, value]: [string, string]): string {
  return `${key}: ${WRITTEN.has(key) ? value : scalar(value)}`
}

export function flowEntry(action: Action): string {
  return `{ ${fieldsOf(action).map(inline).join(', ')} }`
}

export function flowList(actions: readonly Action[]): string {
  return `[ ${actions.map(flowEntry).join(', ')} ]`
}

/** An item of a block sequence, with its final newline. */
export function blockEntry(action: Action, indent: number): string {
  const fields = fieldsOf(action)
  const margin = ' '.repeat(indent)
  if (!fields.some(([key, value]) => !WRITTEN.has(key) && isLiteral(value))) return `${margin}- ${flowEntry(action)}\n`
  const lines = fields.map((field, index) => {
    const lead = index === 0 ? `${margin}- ` : `${margin}  `
    const [key, value] = field
    if (WRITTEN.has(key) || !isLiteral(value)) return `${lead}${inline(field)}\n`
    const ended = value.endsWith('\n')
    const body = (ended ? value.slice(0, -1) : value).split('\n')
    const indented = body.map((line) => (line === '' ? '' : `${margin}    ${line}`)).join('\n')
    return `${lead}${key}: ${ended ? '|' : '|-'}\n${indented}\n`
  })
  return lines.join('')
}
