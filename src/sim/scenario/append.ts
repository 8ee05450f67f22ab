// Adds timeline entries to a scenario document as text: comments, layout and every other byte stay as the author left them.
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Action } from './types.ts'
import { blockEntry, flowEntry, flowList } from './write-action.ts'

/** The document with `actions` at the end of its timeline; a document without a Scenario gets one. */
export function appendActions(text: string, actions: readonly Action[]): string {
  if (actions.length === 0) return text
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const inserted = insertion(text, actions)
  const body = inserted.text.replaceAll('\n', eol)
  const before = text.slice(0, inserted.at)
  const gap = inserted.ownLine && before !== '' && !before.endsWith('\n') ? eol : ''
  return `${before}${gap}${body}${text.slice(inserted.end ?? inserted.at)}`
}

interface Insertion {
  at: number
  /** End of what is replaced; nothing when absent. */
  end?: number
  text: string
  /** Must start a line of its own. */
  ownLine: boolean
}

function insertion(text: string, actions: readonly Action[]): Insertion {
  const stream = parseAllDocuments(text, { prettyErrors: false })
  const documents = Array.isArray(stream) ? (stream as Document[]) : []
  const own = documents.find((document) => isMap(document.contents) && document.contents.get('kind') === 'Scenario')
  if (own === undefined || !isMap(own.contents)) return newDocument(text, actions)
  const root = own.contents
  const spec = pairOf(root, 'spec')
  if (spec === null || !isMap(spec.value))
    return addKey(text, { map: root, pair: spec, key: 'spec', nested: 'timeline', actions })
  const timeline = pairOf(spec.value, 'timeline')
  if (timeline === null || !isSeq(timeline.value) || (timeline.value.items.length === 0 && !timeline.value.flow)) {
    return addKey(text, { map: spec.value, pair: timeline, key: 'timeline', nested: null, actions })
  }
  return addItems(text, timeline.value, actions)
}

function newDocument(text: string, actions: readonly Action[]): Insertion {
  const head = 'apiVersion: calicoscope.dev/v1\nkind: Scenario\nspec:\n  timeline:\n'
  const separator = text.trim() === '' || /(^|\n)---[ \t]*\r?\n\s*$/.test(text) ? '' : '---\n'
  return { at: text.length, text: `${separator}${head}${entries(actions, 4)}`, ownLine: true }
}

function entries(actions: readonly Action[], indent: number): string {
  return actions.map((action) => blockEntry(action, indent)).join('')
}

function pairOf(map: YAMLMap, key: string): Pair | null {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) ?? null
}

function addItems(text: string, list: YAMLSeq, actions: readonly Action[]): Insertion {
  const last = list.items.at(-1)
  if (list.flow) {
    const added = actions.map(flowEntry).join(', ')
    if (last === undefined) return { at: (list.range?.[0] ?? 0) + 1, text: ` ${added} `, ownLine: false }
    return { at: endOf(last), text: `, ${added}`, ownLine: false }
  }
  const indent = columnOf(text, list.range?.[0] ?? 0)
  return { at: nextLine(text, endOf(last)), text: entries(actions, indent), ownLine: true }
}

/** A key that is missing or empty, with the timeline (or the spec that holds it) as its value. */
function addKey(
  text: string,
  put: { map: YAMLMap; pair: Pair | null; key: string; nested: string | null; actions: readonly Action[] },
): Insertion {
  const { map, pair, key, nested, actions } = put
  if (map.flow || text[map.range?.[0] ?? 0] === '{') {
    const value = nested === null ? flowList(actions) : `{ ${nested}: ${flowList(actions)} }`
    if (pair !== null) return { ...emptyValue(text, pair), text: ` ${value}`, ownLine: false }
    const last = map.items.at(-1)
    if (last === undefined) return { at: (map.range?.[0] ?? 0) + 1, text: ` ${key}: ${value} `, ownLine: false }
    return { at: endOf(last), text: `, ${key}: ${value}`, ownLine: false }
  }
  const indent = columnOf(text, map.range?.[0] ?? 0)
  const inner =
    nested === null
      ? entries(actions, indent + 2)
      : `${' '.repeat(indent + 2)}${nested}:\n${entries(actions, indent + 4)}`
  if (pair === null) {
    const at = map.items.length === 0 ? (map.range?.[0] ?? 0) : nextLine(text, endOf(map.items.at(-1)))
    return { at, text: `${' '.repeat(indent)}${key}:\n${inner}`, ownLine: true }
  }
  const empty = emptyValue(text, pair)
  // The value goes, a comment behind it stays.
  const next = nextLine(text, empty.end)
  const rest = text.slice(empty.end, next).replace(/\r?\n$/, '')
  if (empty.end > empty.at) return { at: empty.at, end: next, text: `${rest}\n${inner}`, ownLine: false }
  return { at: nextLine(text, empty.at), text: inner, ownLine: true }
}

/** Where the value of a pair stands that has none worth keeping (`key:`, `key: null`, `key: {}`). */
function emptyValue(text: string, pair: Pair): { at: number; end: number } {
  const value = pair.value
  const keyEnd = isNode(pair.key) ? (pair.key.range?.[1] ?? 0) : 0
  const colon = text.indexOf(':', keyEnd) + 1
  if (!isNode(value) || value.range == null || value.range[1] <= value.range[0]) return { at: colon, end: colon }
  return { at: colon, end: value.range[1] }
}

/** End of the last character that belongs to a value, brackets and block texts included. */
function endOf(item: unknown): number {
  if (isNode(item)) {
    if (isCollection(item) && !item.flow && item.items.length > 0) return endOf(item.items.at(-1))
    return item.range?.[1] ?? 0
  }
  const pair = item as Pair
  const keyEnd = isNode(pair.key) ? (pair.key.range?.[1] ?? 0) : 0
  return Math.max(keyEnd, isNode(pair.value) ? endOf(pair.value) : 0)
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** Start of the line after the one that holds the character before `offset`. */
function nextLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}
