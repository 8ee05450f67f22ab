// Optional transitive attributes that a filter sets on a route learned by BGP carry the PARTIAL bit when they are
// sent on (proto/bgp/attrs.c bgp_get_bucket, EAF_ORIGINATED).
import type { Attributes } from '../bgp/attributes.ts'
import { RouteSource } from './filter/route.ts'
import type { Rte } from './table/route.ts'

const OPTIONAL_TRANSITIVE = [
  [7, 'aggregator'],
  [8, 'communities'],
  [16, 'extCommunities'],
  [32, 'largeCommunities'],
] as const

/** `result` with the types of the changed attributes added to `partial`. */
export function markPartial(pool: { intern(a: Attributes): Attributes }, before: Rte, result: Rte): Rte {
  const attributes = result.attributes
  if (before.source !== RouteSource.BGP || attributes === null) return result
  const partial = new Set(attributes.partial ?? [])
  for (const [type, member] of OPTIONAL_TRANSITIVE) {
    const value = attributes[member]
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(before.attributes?.[member])) partial.add(type)
  }
  if (partial.size === (attributes.partial?.length ?? 0)) return result
  const marked = pool.intern({ ...attributes, partial: [...partial].sort((a, b) => a - b) })
  return result.with({ rta: result.rta.with({ attributes: marked }) })
}
