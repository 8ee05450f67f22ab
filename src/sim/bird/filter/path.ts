// AS paths in filters: masks `[= .. =]`, prepending, deleting and the reading of single numbers (nest/a-path.c).
import type { AsPathSegment } from '../../bgp/attributes.ts'

export type AsPath = readonly AsPathSegment[]

export type MaskItem =
  | { readonly kind: 'as'; readonly low: number; readonly high: number; readonly range: boolean }
  | { readonly kind: '*' }
  | { readonly kind: '?' }

export type PathMask = readonly MaskItem[]

const SEQUENCE = 2
const MAX_SEGMENT = 255

/** Confederation segments are read like their plain counterparts. */
function isSet(segment: AsPathSegment): boolean {
  return segment.type === 1 || segment.type === 4
}

export function prependAs(path: AsPath, as: number): AsPath {
  const first = path[0]
  if (first !== undefined && first.type === SEQUENCE && first.asns.length < MAX_SEGMENT) {
    return [{ type: SEQUENCE, asns: [as, ...first.asns] }, ...path.slice(1)]
  }
  return [{ type: SEQUENCE, asns: [as] }, ...path]
}

/** A set counts as one, confederation segments as none. */
export function pathLength(path: AsPath): number {
  let length = 0
  for (const segment of path) length += segment.type === 1 ? 1 : segment.type === SEQUENCE ? segment.asns.length : 0
  return length
}

export function firstAs(path: AsPath): number {
  const first = path[0]
  return first !== undefined && first.type === SEQUENCE ? (first.asns[0] ?? 0) : 0
}

/** 0 when the path ends in a set. */
export function lastAs(path: AsPath): number {
  let result = 0
  for (const segment of path) {
    if (segment.asns.length > 0) result = isSet(segment) ? 0 : segment.asns[segment.asns.length - 1]!
  }
  return result
}

export function lastNonaggregatedAs(path: AsPath): number {
  let result = 0
  for (const segment of path) {
    if (isSet(segment)) return result
    if (segment.asns.length > 0) result = segment.asns[segment.asns.length - 1]!
  }
  return result
}

export function pathContains(path: AsPath, test: (as: number) => boolean): boolean {
  return path.some((segment) => segment.asns.some(test))
}

/** Keeps the numbers that pass; segments left without any disappear. */
export function filterPath(path: AsPath, keep: (as: number) => boolean): AsPath {
  return path
    .map((segment) => ({ type: segment.type, asns: segment.asns.filter(keep) }))
    .filter((segment) => segment.asns.length > 0)
}

export function matchPath(path: AsPath, mask: PathMask): boolean {
  const positions: (number | readonly number[])[] = []
  for (const segment of path) {
    if (isSet(segment)) positions.push(segment.asns)
    else positions.push(...segment.asns)
  }
  // reached[i]: the mask read so far matches the first i positions.
  let reached = positions.map(() => false)
  reached.unshift(true)
  for (const item of mask) {
    const next = reached.map(() => false)
    let open = false
    for (let i = 0; i < reached.length; i++) {
      if (item.kind === '*') {
        open ||= reached[i]!
        next[i] = open
      } else if (i > 0) next[i] = reached[i - 1]! && matchesAt(item, positions[i - 1]!)
    }
    reached = next
  }
  return reached[positions.length]!
}

function matchesAt(item: MaskItem, position: number | readonly number[]): boolean {
  if (item.kind !== 'as') return true
  const within = (as: number) => as >= item.low && as <= item.high
  return typeof position === 'number' ? within(position) : position.some(within)
}

export function formatPath(path: AsPath): string {
  return path.map((segment) => (isSet(segment) ? `{ ${segment.asns.join(' ')} }` : segment.asns.join(' '))).join(' ')
}

export function formatMask(mask: PathMask): string {
  const parts = mask.map((item) =>
    item.kind !== 'as' ? item.kind : item.range ? `${item.low}..${item.high}` : `${item.low}`,
  )
  return `[= ${parts.map((part) => `${part} `).join('')}=]`
}

export function samePath(a: AsPath, b: AsPath): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((segment, i) => {
        const other = b[i]!
        return segment.type === other.type && segment.asns.join() === other.asns.join()
      }))
  )
}
