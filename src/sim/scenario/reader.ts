// Strict reading of YAML nodes: every getter returns a value or reports a problem at the node's line and column and
// returns null, so that one pass finds all problems of a document.
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import { type Ip, parseIp } from '../net/address.ts'
import { type Prefix, parsePrefix } from '../net/prefix.ts'
import { parseDuration } from './duration.ts'
import { didYouMean } from './suggest.ts'
import type { Problem } from './types.ts'

/** A value in the document: its node (null: an empty value) and its dotted path. `at` is where to point when it is empty. */
export interface Place {
  node: Node | null
  path: string
  at: number
}

/** What a mapping may hold. */
export interface Shape {
  required?: readonly string[]
  optional?: readonly string[]
}

function shown(node: Node | null): string {
  if (node === null) return 'nothing'
  if (isScalar(node)) return node.value === null ? 'nothing' : `'${String(node.value)}'`
  return isMap(node) ? 'a mapping' : 'a list'
}

export class Reader {
  readonly problems: Problem[] = []
  document: Document | null = null
  constructor(
    readonly text: string,
    private readonly lines: LineCounter,
  ) {}

  position(offset: number): { line: number; column: number } {
    const { line, col } = this.lines.linePos(Math.min(offset, this.text.length))
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }

  problem(place: Place, message: string): null {
    this.problemAt(place.at, place.path, message)
    return null
  }

  problemAt(offset: number, field: string, message: string): void {
    this.problems.push({ ...this.position(offset), field, message, severity: 'error' })
  }

  place(value: unknown, path: string, at: number): Place {
    const resolved = isAlias(value) && this.document ? value.resolve(this.document) : value
    const node = isNode(resolved) ? resolved : null
    const empty = node === null || (isScalar(node) && node.value === null)
    const offset = isNode(value) ? (value.range?.[0] ?? at) : at
    return { node: empty ? null : node, path, at: offset }
  }

  /** The fields of a mapping; null when it is none. Unknown and missing keys are problems. */
  fields(place: Place, shape: Shape): Map<string, Place> | null {
    if (!isMap(place.node)) return this.problem(place, `must be a mapping, not ${shown(place.node)}`)
    const known = [...(shape.required ?? []), ...(shape.optional ?? [])]
    const found = new Map<string, Place>()
    for (const pair of place.node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      const at = isNode(pair.key) ? (pair.key.range?.[0] ?? place.at) : place.at
      const path = place.path === '' ? key : `${place.path}.${key}`
      if (known.includes(key)) found.set(key, this.place(pair.value, path, at))
      else this.problemAt(at, path, `unknown key '${key}'${didYouMean(key, known)}`)
    }
    for (const key of shape.required ?? []) {
      if (found.has(key)) continue
      this.problemAt(place.at, place.path === '' ? key : `${place.path}.${key}`, `'${key}' is missing`)
    }
    return found
  }

  /** The fields of a mapping whatever they are. */
  mapping(place: Place): Map<string, Place> | null {
    return this.quietMapping(place) ?? this.problem(place, `must be a mapping, not ${shown(place.node)}`)
  }

  /** As `mapping`, for a look ahead: says nothing. */
  quietMapping(place: Place): Map<string, Place> | null {
    if (!isMap(place.node)) return null
    const found = new Map<string, Place>()
    for (const pair of place.node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      const at = isNode(pair.key) ? (pair.key.range?.[0] ?? place.at) : place.at
      found.set(key, this.place(pair.value, `${place.path}.${key}`, at))
    }
    return found
  }

  quietList(place: Place | undefined): Place[] {
    return place && isSeq(place.node) ? this.list(place) : []
  }

  /** The items of a list; an absent or empty value has none. */
  list(place: Place | undefined): Place[] {
    if (place === undefined || place.node === null) return []
    if (!isSeq(place.node)) {
      this.problem(place, `must be a list, not ${shown(place.node)}`)
      return []
    }
    return place.node.items.map((item, index) => this.place(item, `${place.path}[${index}]`, place.at))
  }

  scalar(place: Place): string | number | boolean | null {
    const node = place.node
    if (!isScalar(node)) return null
    const value = node.value
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }

  /** Text; numbers and booleans count as their spelling in the document. */
  string(place: Place): string | null {
    const value = this.scalar(place)
    if (value === null) return this.problem(place, `must be text, not ${shown(place.node)}`)
    if (typeof value === 'string') return value
    return isScalar(place.node) && place.node.source !== undefined ? place.node.source : String(value)
  }

  integer(place: Place): number | null {
    const value = this.scalar(place)
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    return this.problem(place, `must be a whole number, not ${shown(place.node)}`)
  }

  boolean(place: Place): boolean | null {
    const value = this.scalar(place)
    return typeof value === 'boolean' ? value : this.problem(place, `must be true or false, not ${shown(place.node)}`)
  }

  duration(place: Place): number | null {
    const micros = parseDuration(this.scalar(place))
    if (micros !== null) return micros
    return this.problem(
      place,
      `must be a duration such as 250ms, 90s, 1.5m, 2h or a number of seconds, not ${shown(place.node)}`,
    )
  }

  address(place: Place): Ip | null {
    const value = this.scalar(place)
    const parsed = typeof value === 'string' ? parseIp(value) : null
    return parsed ?? this.problem(place, `must be an IPv4 address such as 172.18.0.2, not ${shown(place.node)}`)
  }

  /** `a.b.c.d/len` with host bits zero; `default` where it may stand for 0.0.0.0/0. */
  prefix(place: Place, allowDefault = false): Prefix | null {
    const value = this.scalar(place)
    if (allowDefault && value === 'default') return 0
    const parsed = typeof value === 'string' ? parsePrefix(value) : null
    if (parsed !== null) return parsed
    return this.problem(
      place,
      `must be an IPv4 prefix with no host bits, such as 172.18.0.0/16, not ${shown(place.node)}`,
    )
  }

  /** One word of a closed list. */
  oneOf<T extends string>(place: Place, words: readonly T[]): T | null {
    const value = this.string(place)
    if (value === null) return null
    const word = words.find((candidate) => candidate === value)
    return word ?? this.problem(place, `unknown word '${value}'${didYouMean(value, words)}; one of ${words.join(', ')}`)
  }

  regularExpression(place: Place): string | null {
    const source = this.string(place)
    if (source === null) return null
    try {
      new RegExp(source, 'm')
      return source
    } catch (error) {
      return this.problem(
        place,
        `is not a regular expression: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  stringMap(place: Place): Record<string, string> | null {
    if (!isMap(place.node)) return this.problem(place, `must be a mapping, not ${shown(place.node)}`)
    const out: [string, string][] = []
    for (const pair of place.node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      const at = isNode(pair.key) ? (pair.key.range?.[0] ?? place.at) : place.at
      const item = this.place(pair.value, `${place.path}.${key}`, at)
      // A label without a value is the empty text, as in a manifest.
      const value = item.node === null ? '' : this.string(item)
      if (value !== null) out.push([key, value])
    }
    // Not member by member: `__proto__` is a name like any other here.
    return Object.fromEntries(out)
  }
}
