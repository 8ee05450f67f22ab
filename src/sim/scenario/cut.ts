// A document without what comes after a time: the timeline, narration and expectations of a future that an edit in the past
// leaves behind. As in append.ts, every other byte stays as the author left it.
import { type Document, isCollection, isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLSeq } from 'yaml'
import { parseDuration } from './duration.ts'

const LISTS = ['timeline', 'narration', 'expect'] as const

interface Range {
  from: number
  to: number
}

/** Entries at `until` itself stay. */
export function documentUpTo(text: string, until: number): string {
  const stream = parseAllDocuments(text, { prettyErrors: false })
  const documents = Array.isArray(stream) ? (stream as Document[]) : []
  const own = documents.find((document) => isMap(document.contents) && document.contents.get('kind') === 'Scenario')
  const spec = own !== undefined && isMap(own.contents) ? own.contents.get('spec', true) : null
  if (!isMap(spec)) return text
  const gone = LISTS.flatMap((key) => {
    const list = spec.get(key, true)
    return isSeq(list) ? laterItems(text, list, until) : []
  })
  let rest = text
  for (const { from, to } of gone.sort((a, b) => b.from - a.from)) rest = rest.slice(0, from) + rest.slice(to)
  return rest
}

function timeOf(item: unknown): number | null {
  if (!isMap(item)) return null
  const at = item.get('at') ?? item.get('by')
  return parseDuration(isScalar(at) ? at.value : at)
}

function laterItems(text: string, list: YAMLSeq, until: number): Range[] {
  const items = list.items as Node[]
  const later = items.map((item) => (timeOf(item) ?? 0) > until)
  if (!later.includes(true)) return []
  if (list.flow) return flowRanges(items, later)
  return items.flatMap((item, index) => (later[index] ? [blockRange(text, item)] : []))
}

/** An item of a block sequence with its dash and its line's end. */
function blockRange(text: string, item: Node): Range {
  const dash = text.lastIndexOf('-', (item.range?.[0] ?? 0) - 1)
  const end = endOf(item)
  const newline = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end)
  return { from: text.lastIndexOf('\n', dash) + 1, to: newline < 0 ? text.length : newline + 1 }
}

/** Items of a flow sequence, each with the comma before it, or after it where it is the first that stays out. */
function flowRanges(items: readonly Node[], later: readonly boolean[]): Range[] {
  const firstKept = later.indexOf(false)
  return items.flatMap((item, index): Range[] => {
    if (!later[index]) return []
    const before = items[index - 1]
    const after = items[index + 1]
    const start = item.range?.[0] ?? 0
    const leads = firstKept < 0 ? index === 0 : index < firstKept
    if (leads && after !== undefined && firstKept >= 0) return [{ from: start, to: after.range?.[0] ?? 0 }]
    return [{ from: before === undefined ? start : endOf(before), to: endOf(item) }]
  })
}

/** End of the last character of a value: a flow's bracket, a scalar's or block text's end. */
function endOf(item: Node): number {
  if (isCollection(item) && !item.flow && item.items.length > 0) {
    const last = item.items.at(-1) as Node | { key: Node; value: Node | null }
    return 'key' in last ? endOf(last.value ?? last.key) : endOf(last)
  }
  return item.range?.[1] ?? 0
}
