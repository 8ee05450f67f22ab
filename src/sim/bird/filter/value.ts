// The values filters compute with: comparing, matching and printing them (struct f_val and filter/filter.c, BIRD 1.6.8).
import { formatIp, type Ip } from '../../net/address.ts'
import { formatPrefix, type Prefix } from '../../net/prefix.ts'
import { formatEc } from './communities.ts'
import { type AsPath, formatMask, formatPath, type PathMask, samePath } from './path.ts'
import type { PrefixSet } from './prefix-set.ts'

export type Ec = readonly [number, number]
export type Lc = readonly [number, number, number]

/** Result of comparing values of different types. */
export const INCOMPARABLE = 999

export interface SetItem<T = unknown> {
  readonly from: Value
  readonly to: Value
  readonly data: T
}

export interface SetNode<T = unknown> extends SetItem<T> {
  readonly left: SetNode<T> | null
  readonly right: SetNode<T> | null
}

export interface ItemSet<T = unknown> {
  readonly items: readonly SetItem<T>[]
  readonly root: SetNode<T>
}

export type Value =
  | { readonly type: 'void' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int' | 'pair' | 'quad'; readonly value: number }
  | { readonly type: 'enum'; readonly enum: number; readonly value: number }
  | { readonly type: 'ip'; readonly value: Ip }
  | { readonly type: 'prefix'; readonly value: Prefix }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'ec'; readonly value: Ec }
  | { readonly type: 'lc'; readonly value: Lc }
  | { readonly type: 'bgppath'; readonly value: AsPath }
  | { readonly type: 'bgpmask'; readonly value: PathMask }
  | { readonly type: 'clist'; readonly value: readonly number[] }
  | { readonly type: 'eclist'; readonly value: readonly Ec[] }
  | { readonly type: 'lclist'; readonly value: readonly Lc[] }
  | { readonly type: 'set'; readonly value: ItemSet }
  | { readonly type: 'prefix set'; readonly value: PrefixSet }

export type ValueType = Value['type']
/** What a value carries, without its tag. */
export type Raw = Exclude<Value, { type: 'void' }>['value']

export const VOID: Value = { type: 'void' }
export const TRUE: Value = { type: 'bool', value: true }
export const FALSE: Value = { type: 'bool', value: false }

const order = (a: number | string | boolean, b: number | string | boolean) => (a < b ? -1 : a > b ? 1 : 0)

function orderTuples(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return order(a[i]!, b[i]!)
  return 0
}

/** -1, 0 or 1; INCOMPARABLE when the types differ or have no order. A void is below everything. */
export function compareValues(a: Value, b: Value): number {
  if (a.type === 'void') return b.type === 'void' ? 0 : -1
  if (b.type === 'void') return 1
  if (a.type === 'ec' && b.type === 'ec') return orderTuples(a.value, b.value)
  if (a.type === 'lc' && b.type === 'lc') return orderTuples(a.value, b.value)
  if (a.type === 'enum' && b.type === 'enum') return a.enum === b.enum ? order(a.value, b.value) : INCOMPARABLE
  const left = scalar(a)
  const right = scalar(b)
  const same = a.type === b.type || (isAddress(a) && isAddress(b))
  return left === null || right === null || !same ? INCOMPARABLE : order(left, right)
}

/** An address and a quad convert into each other. */
function isAddress(value: Value): boolean {
  return value.type === 'ip' || value.type === 'quad'
}

function scalar(value: Value): number | string | boolean | null {
  switch (value.type) {
    case 'bool':
    case 'int':
    case 'pair':
    case 'quad':
    case 'ip':
    case 'prefix':
    case 'string':
      return value.value
    default:
      return null
  }
}

/** What `=` says: never an error. */
export function sameValues(a: Value, b: Value): boolean {
  const compared = compareValues(a, b)
  if (compared !== INCOMPARABLE) return compared === 0
  if (a.type !== b.type) return false
  if (a.type === 'bgppath' && b.type === 'bgppath') return samePath(a.value, b.value)
  return formatValue(a) === formatValue(b)
}

/** The text print and eval show. */
export function formatValue(value: Value): string {
  switch (value.type) {
    case 'void':
      return '(void)'
    case 'bool':
      return value.value ? 'TRUE' : 'FALSE'
    case 'int':
      return `${value.value}`
    case 'string':
      return value.value
    case 'ip':
    case 'quad':
      return formatIp(value.value)
    case 'prefix':
      return formatPrefix(value.value)
    case 'pair':
      return formatPair(value.value)
    case 'enum':
      return `(enum ${value.enum.toString(16)})${value.value}`
    case 'ec':
      return formatEc(value.value)
    case 'lc':
      return formatLc(value.value)
    default:
      return formatCompound(value)
  }
}

const formatPair = (pair: number) => `(${pair >>> 16},${pair & 0xffff})`
const formatLc = (lc: Lc) => `(${lc.join(', ')})`

function formatCompound(value: Value): string {
  switch (value.type) {
    case 'bgppath':
      return `(path ${formatPath(value.value)})`
    case 'bgpmask':
      return formatMask(value.value)
    case 'clist':
      return `(clist ${value.value.map(formatPair).join(' ')})`
    case 'eclist':
      return `(eclist ${value.value.map(formatEc).join(' ')})`
    case 'lclist':
      return `(lclist ${value.value.map(formatLc).join(' ')})`
    case 'set':
      return `[${value.value.items.map(({ from, to }) => formatItem(from, to)).join(', ')}]`
    case 'prefix set':
      return value.value.format()
    default:
      return ''
  }
}

function formatItem(from: Value, to: Value): string {
  return compareValues(from, to) === 0 ? formatValue(from) : `${formatValue(from)}..${formatValue(to)}`
}
