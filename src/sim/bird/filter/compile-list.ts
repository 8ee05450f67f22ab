// prepend, add, delete and filter on AS paths and community lists (the `Ap` and `Ca` instructions of filter/filter.c).
import type { ListOp } from './ast.ts'
import { type Code, tagged } from './code.ts'
import { sameTuple } from './communities.ts'
import { matchValues } from './compare.ts'
import { FilterError } from './machine.ts'
import { type AsPath, filterPath, prependAs } from './path.ts'
import { findInSet } from './sets.ts'
import type { ItemSet, Raw, Value } from './value.ts'

export function compileList(verb: ListOp, sides: { left: Code; right: Code }, line: number): Code {
  const left = tagged(sides.left)
  const right = tagged(sides.right)
  const apply = verb === 'prepend' ? prepend : (list: Value, item: Value) => change(verb, list, item)
  return {
    type: null,
    value: (machine) => {
      const list = left(machine)
      const result = apply(list, right(machine))
      if (typeof result === 'string') throw new FilterError(line, result)
      return result
    },
  }
}

/** The changed list, or the message. */
type Changed = Value | string

function prepend(list: Value, item: Value): Changed {
  if (list.type !== 'bgppath') return "Can't prepend to non-path"
  if (item.type !== 'int') return "Can't prepend non-integer"
  return { type: 'bgppath', value: prependAs(list.value, item.value) }
}

function change(verb: Exclude<ListOp, 'prepend'>, list: Value, item: Value): Changed {
  switch (list.type) {
    case 'bgppath':
      return changePath(verb, list.value, item)
    case 'clist':
    case 'eclist':
    case 'lclist':
      return changeList(verb, list, item)
    default:
      return "Can't add/delete to non-[e|l]clist"
  }
}

function changePath(verb: 'add' | 'delete' | 'filter', path: AsPath, item: Value): Changed {
  const set = item.type === 'set' && item.value.root.from.type === 'int' ? item.value : null
  if (item.type !== 'int' && set === null) return "Can't delete non-integer (set)"
  if (verb === 'add') return "Can't add to path"
  if (verb === 'filter' && set === null) return "Can't filter integer"
  const hit =
    set === null
      ? (as: number) => as === (item as { value: number }).value
      : (as: number) => findInSet(set, { type: 'int', value: as }) !== null
  return { type: 'bgppath', value: filterPath(path, verb === 'filter' ? hit : (as) => !hit(as)) }
}

type ListValue = Value & { type: 'clist' | 'eclist' | 'lclist' }
type Entry = number | readonly number[]

const MEMBER = { clist: 'pair', eclist: 'ec', lclist: 'lc' } as const

function same(a: Entry, b: Entry): boolean {
  return typeof a === 'number' || typeof b === 'number' ? a === b : sameTuple(a, b)
}

/** A single entry that fits the list; null otherwise. */
function entryFor(list: ListValue, item: Value): Entry | null {
  if (list.type === 'clist')
    return item.type === 'pair' || item.type === 'quad' || item.type === 'ip' ? item.value : null
  return item.type === MEMBER[list.type] ? (item.value as Entry) : null
}

function setFits(list: ListValue, set: ItemSet): boolean {
  const member = set.root.from.type
  return list.type === 'clist'
    ? member === 'pair' || member === 'quad' || member === 'ip'
    : member === MEMBER[list.type]
}

function changeList(verb: 'add' | 'delete' | 'filter', list: ListValue, item: Value): Changed {
  const kind = MEMBER[list.type]
  const entry = entryFor(list, item)
  const many = item.type === list.type || (item.type === 'set' && setFits(list, item.value))
  if (entry === null && !many) return `Can't add/delete non-${kind}`
  const entries = list.value as readonly Entry[]
  if (verb === 'add') {
    if (item.type === 'set') return "Can't add set"
    const added = entry !== null ? [entry] : ((item as ListValue).value as readonly Entry[])
    return relist(list, [...entries, ...added.filter((one) => !entries.some((other) => same(one, other)))])
  }
  if (verb === 'filter' && entry !== null) return `Can't filter ${kind}`
  const hit = entry !== null ? (one: Entry) => same(one, entry) : (one: Entry) => inOperand(list, one, item)
  return relist(
    list,
    entries.filter((one) => hit(one) === (verb === 'filter')),
  )
}

function inOperand(list: ListValue, one: Entry, item: Value): boolean {
  const type = item.type === 'set' && list.type === 'clist' ? item.value.root.from.type : MEMBER[list.type]
  return matchValues({ type, value: one } as Value, item) === true
}

function relist(list: ListValue, value: readonly Entry[]): Value {
  return { type: list.type, value: value as Raw } as Value
}
