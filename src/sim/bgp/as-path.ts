// What BIRD does with an AS_PATH (nest/a-path.c): length for the decision, text, loop check, prepending.
import type { AsPathSegment } from './attributes.ts'

export const AS_SET = 1
export const AS_SEQUENCE = 2

export type AsPath = readonly AsPathSegment[]

/** Length as the decision counts it: each AS of a sequence 1, a whole AS_SET 1, confederation segments 0. */
export function asPathLength(path: AsPath): number {
  let length = 0
  for (const segment of path) {
    if (segment.type === AS_SEQUENCE) length += segment.asns.length
    else if (segment.type === AS_SET) length += 1
  }
  return length
}

/** The text after `BGP.as_path:`, numbers apart by blanks and sets in `{ }`. */
export function formatAsPath(path: AsPath): string {
  return path
    .map((segment) => (segment.type === AS_SET ? `{ ${segment.asns.join(' ')} }` : segment.asns.join(' ')))
    .filter((text) => text !== '')
    .join(' ')
}

/** How many times the number stands anywhere in the path (the check behind `allow local as`). */
export function asPathCount(path: AsPath, as: number): number {
  let count = 0
  for (const segment of path) for (const asn of segment.asns) if (asn === as) count++
  return count
}

/** The path with the number put in front: into the first sequence while it has room, else as a new one. */
export function prependAs(path: AsPath, as: number): AsPath {
  const first = path[0]
  if (first !== undefined && first.type === AS_SEQUENCE && first.asns.length < 255) {
    return [{ type: AS_SEQUENCE, asns: [as, ...first.asns] }, ...path.slice(1)]
  }
  return [{ type: AS_SEQUENCE, asns: [as] }, ...path]
}

/** The leftmost AS (the neighbour that sent it); null for an empty path or one that starts with a set. */
export function firstAs(path: AsPath): number | null {
  const first = path[0]
  return first !== undefined && first.type === AS_SEQUENCE ? (first.asns[0] ?? null) : null
}

/** The rightmost AS (where the route came from); of a set its first number. null: empty path. */
export function lastAs(path: AsPath): number | null {
  let last: number | null = null
  for (const segment of path) {
    const asn = segment.type === AS_SET ? segment.asns[0] : segment.asns.at(-1)
    if (asn !== undefined) last = asn
  }
  return last
}
