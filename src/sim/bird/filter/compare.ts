// `= != < <=` and `~ !~` compiled: bare comparisons where both types are known, the general table otherwise
// (val_compare, val_same and val_in_range of filter/filter.c, BIRD 1.6.8).
import { prefixCovers, prefixHas } from '../../net/prefix.ts'
import type { CompareOp } from './ast.ts'
import { type Code, isTest, type TypedCode, tagged, typedCode } from './code.ts'
import { sameTuple } from './communities.ts'
import { compileGlob } from './glob.ts'
import { FilterError, type Machine } from './machine.ts'
import { matchPath, pathContains } from './path.ts'
import type { PrefixSet } from './prefix-set.ts'
import { findInSet } from './sets.ts'
import {
  compareValues,
  type Ec,
  INCOMPARABLE,
  type ItemSet,
  type Lc,
  type SetNode,
  sameValues,
  type Value,
} from './value.ts'

type Test = (machine: Machine) => boolean

const BARE = new Set(['bool', 'int', 'pair', 'quad', 'ip', 'prefix', 'string'])

/** Both sides are numbers, strings or bools of one type in every run. */
function bare(left: Code, right: Code): boolean {
  if (left.type === null || right.type === null || left.nullable || right.nullable) return false
  if (left.type === 'enum') return right.type === 'enum' && left.enum === right.enum
  return left.type === right.type && BARE.has(left.type)
}

export function compileCompare(op: CompareOp, sides: { left: Code; right: Code }, line: number): TypedCode {
  return typedCode('bool', bare(sides.left, sides.right) ? bareCompare(op, sides) : generalCompare(op, sides, line))
}

function bareCompare(op: CompareOp, sides: { left: Code; right: Code }): Test {
  const left = (sides.left as TypedCode).raw as (machine: Machine) => number
  const right = (sides.right as TypedCode).raw as (machine: Machine) => number
  const constant = (sides.right as TypedCode).constant
  if (constant !== null && constant.type !== 'void') {
    const fixed = constant.value
    if (op === '=') return (machine) => left(machine) === fixed
    if (op === '!=') return (machine) => left(machine) !== fixed
  }
  switch (op) {
    case '=':
      return (machine) => left(machine) === right(machine)
    case '!=':
      return (machine) => left(machine) !== right(machine)
    case '<':
      return (machine) => left(machine) < right(machine)
    case '<=':
      return (machine) => left(machine) <= right(machine)
  }
}

function generalCompare(op: CompareOp, sides: { left: Code; right: Code }, line: number): Test {
  const left = tagged(sides.left)
  const right = tagged(sides.right)
  if (op === '=') return (machine) => sameValues(left(machine), right(machine))
  if (op === '!=') return (machine) => !sameValues(left(machine), right(machine))
  const orEqual = op === '<='
  return (machine) => {
    const compared = compareValues(left(machine), right(machine))
    if (compared === INCOMPARABLE) throw new FilterError(line, "Can't compare values of incompatible types")
    return compared === -1 || (orEqual && compared === 0)
  }
}

/** What `~` says of two values; null when the pair has no meaning. */
export function matchValues(left: Value, right: Value): boolean | null {
  switch (right.type) {
    case 'bgpmask':
      return left.type === 'bgppath' ? matchPath(left.value, right.value) : null
    case 'bgppath':
      return left.type === 'int' ? pathContains(right.value, (as) => as === left.value) : null
    case 'clist':
      return left.type === 'pair' || left.type === 'quad' || left.type === 'ip'
        ? right.value.includes(left.value)
        : null
    case 'eclist':
      return left.type === 'ec' ? right.value.some((ec: Ec) => sameTuple(ec, left.value)) : null
    case 'lclist':
      return left.type === 'lc' ? right.value.some((lc: Lc) => sameTuple(lc, left.value)) : null
    case 'string':
      return left.type === 'string' ? compileGlob(right.value)(left.value) : null
    case 'prefix':
      if (left.type === 'ip') return prefixHas(right.value, left.value)
      return left.type === 'prefix' ? prefixCovers(right.value, left.value) : null
    case 'prefix set':
      return left.type === 'prefix' ? right.value.has(left.value) : null
    case 'set':
      return matchSet(left, right.value)
    default:
      return null
  }
}

function matchSet(left: Value, set: ItemSet): boolean | null {
  const member = set.root.from
  const has = (value: Value) => findInSet(set, value) !== null
  const sameType = left.type === member.type && (left.type !== 'enum' || left.enum === (member as typeof left).enum)
  if (sameType || (left.type === 'quad' && member.type === 'ip')) return has(left)
  switch (left.type) {
    case 'clist':
      if (member.type !== 'pair' && member.type !== 'quad' && member.type !== 'ip') return null
      return left.value.some((value) => has({ type: member.type, value }))
    case 'eclist':
      return member.type === 'ec' ? left.value.some((value) => has({ type: 'ec', value })) : null
    case 'lclist':
      return member.type === 'lc' ? left.value.some((value) => has({ type: 'lc', value })) : null
    case 'bgppath':
      return pathContains(left.value, (value) => has({ type: 'int', value }))
    default:
      return null
  }
}

export function compileMatch(sides: { left: Code; right: Code }, negate: boolean, line: number): TypedCode {
  const quick = quickMatch(sides.left, sides.right)
  if (quick !== null) return typedCode('bool', negate ? (machine) => !quick(machine) : quick)
  const left = tagged(sides.left)
  const right = tagged(sides.right)
  const wrong = `${negate ? '!~' : '~'} applied on unknown type pair`
  return typedCode('bool', (machine) => {
    const first = left(machine)
    const matched = matchValues(first, right(machine))
    if (matched === null) throw new FilterError(line, wrong)
    return matched !== negate
  })
}

/** The pairs of hot filters, right side constant: prefix ~ prefix, text ~ pattern, number ~ set. */
function quickMatch(left: Code, right: Code): Test | null {
  if (left.type === null || left.nullable || right.type === null || right.constant === null) return null
  const constant = right.constant
  const number = left.raw as (machine: Machine) => number
  if (constant.type === 'prefix' && left.type === 'prefix') {
    const outer = constant.value
    return (machine) => prefixCovers(outer, number(machine))
  }
  if (constant.type === 'prefix' && left.type === 'ip') {
    const outer = constant.value
    return (machine) => prefixHas(outer, number(machine))
  }
  if (constant.type === 'prefix set' && left.type === 'prefix') {
    const set: PrefixSet = constant.value
    return (machine) => set.has(number(machine))
  }
  if (constant.type === 'string' && left.type === 'string') {
    const matches = compileGlob(constant.value)
    const text = left.raw as (machine: Machine) => string
    return (machine) => matches(text(machine))
  }
  return constant.type === 'set' ? quickSet(left, constant.value) : null
}

interface NumberNode {
  from: number
  to: number
  left: NumberNode | null
  right: NumberNode | null
}

function numberTree(node: SetNode | null): NumberNode | null {
  if (node === null) return null
  const from = (node.from as { value: number }).value
  const to = (node.to as { value: number }).value
  return { from, to, left: numberTree(node.left), right: numberTree(node.right) }
}

/** A set whose members all are the numbers the left side is. */
function quickSet(left: TypedCode, set: ItemSet): Test | null {
  const kind = left.type
  if (kind !== 'int' && kind !== 'enum' && kind !== 'ip' && kind !== 'pair') return null
  const uniform = set.items.every(
    ({ from, to }) =>
      from.type === kind &&
      to.type === kind &&
      (from.type !== 'enum' || (from.enum === left.enum && (to as typeof from).enum === left.enum)),
  )
  if (!uniform) return null
  const root = numberTree(set.root)
  const number = left.raw as (machine: Machine) => number
  return (machine) => {
    const value = number(machine)
    let node = root
    while (node !== null) {
      if (node.from <= value && value <= node.to) return true
      node = node.from < value ? node.right : node.left
    }
    return false
  }
}

/** `&&` and `||`: the right side counts only when the left has not decided. */
export function compileLogic(op: '&&' | '||', sides: { left: Code; right: Code }, line: number): TypedCode {
  const left = demandBool(sides.left, line)
  const right = demandBool(sides.right, line)
  if (op === '&&') return typedCode('bool', (machine) => left(machine) && right(machine))
  return typedCode('bool', (machine) => left(machine) || right(machine))
}

function demandBool(code: Code, line: number): Test {
  return expectBool(code, () => {
    throw new FilterError(line, "Can't do boolean operation on non-booleans")
  })
}

/** A bool from any code; `fail` is called, and throws, when the value is something else. */
export function expectBool(code: Code, fail: () => never): Test {
  if (isTest(code)) return code.raw
  const value = tagged(code)
  return (machine) => {
    const result = value(machine)
    return result.type === 'bool' ? result.value : fail()
  }
}
