// The values filters compute with (struct f_val of BIRD 1.6.8).
import type { AsPathSegment } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import type { Prefix } from '../../net/prefix.ts'
import type { PathMask } from './path.ts'
import type { ItemSet, PrefixSet } from './sets.ts'

/** Names of the types as the language writes them, plus void and the two kinds of set and enums. */
export type Value =
  | { readonly type: 'void' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int' | 'pair' | 'quad'; readonly value: number }
  | { readonly type: 'enum'; readonly enum: number; readonly value: number }
  | { readonly type: 'ip'; readonly value: Ip }
  | { readonly type: 'prefix'; readonly value: Prefix }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'ec'; readonly value: readonly [number, number] }
  | { readonly type: 'lc'; readonly value: readonly [number, number, number] }
  | { readonly type: 'bgppath'; readonly value: readonly AsPathSegment[] }
  | { readonly type: 'bgpmask'; readonly value: PathMask }
  | { readonly type: 'clist'; readonly value: readonly number[] }
  | { readonly type: 'eclist'; readonly value: readonly (readonly [number, number])[] }
  | { readonly type: 'lclist'; readonly value: readonly (readonly [number, number, number])[] }
  | { readonly type: 'set'; readonly value: ItemSet }
  | { readonly type: 'prefix set'; readonly value: PrefixSet }
