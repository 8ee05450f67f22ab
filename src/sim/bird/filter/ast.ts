// What the parser makes of filter text: instructions in the daemon's own granularity, because their line numbers and
// the values they leave behind are visible (filter/config.Y of BIRD 1.6.8).
import type { Filter, FunctionDefinition, Variable } from './filter.ts'
import type { ItemSet, Value } from './value.ts'

export type StaticAttribute =
  | 'net'
  | 'proto'
  | 'source'
  | 'from'
  | 'gw'
  | 'ifname'
  | 'ifindex'
  | 'dest'
  | 'scope'
  | 'cast'

export type CompareOp = '=' | '!=' | '<' | '<='
export type ListOp = 'prepend' | 'add' | 'delete' | 'filter'
export type Member = 'ip' | 'len' | 'first' | 'last' | 'last_nonaggregated'

export type MaskPart =
  | { kind: 'as'; low: number; high: number; range: boolean }
  | { kind: '*' | '?' }
  | { kind: 'term'; term: Term }

/** `line` is where a run-time error of the instruction is reported. */
export type Term =
  | { readonly op: 'constant'; readonly value: Value }
  /** A constant that is never folded into what contains it: an empty list, a path mask. */
  | { readonly op: 'loose constant'; readonly value: Value }
  /** A constant given by name. */
  | { readonly op: 'named constant'; readonly value: Value }
  | { readonly op: 'variable'; readonly variable: Variable }
  | { readonly op: 'static'; readonly attribute: StaticAttribute; readonly line: number }
  | { readonly op: 'dynamic'; readonly attribute: string; readonly line: number }
  | { readonly op: 'preference'; readonly line: number }
  | { readonly op: '+' | '-' | '*' | '/'; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: '&&' | '||'; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: CompareOp; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: '~' | '!~'; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: '!'; readonly term: Term; readonly line: number }
  | { readonly op: 'defined'; readonly term: Term }
  | { readonly op: 'pair'; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: 'ec'; readonly kind: number; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: 'lc'; readonly parts: readonly [Term, Term, Term]; readonly line: number }
  | { readonly op: 'member'; readonly member: Member; readonly term: Term; readonly line: number }
  | { readonly op: 'mask'; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: 'list'; readonly verb: ListOp; readonly left: Term; readonly right: Term; readonly line: number }
  | { readonly op: 'bgpmask'; readonly parts: readonly MaskPart[]; readonly line: number }
  | { readonly op: 'call'; readonly callee: FunctionDefinition; readonly args: readonly Term[]; readonly line: number }

export type Verdict = 'accept' | 'reject' | 'error' | 'print' | 'printn'

export type Command =
  | {
      readonly op: 'if'
      readonly test: Term
      readonly body: readonly Command[]
      readonly else: readonly Command[] | null
      readonly line: number
    }
  | { readonly op: 'set'; readonly variable: Variable; readonly term: Term; readonly line: number }
  | { readonly op: 'set static'; readonly attribute: StaticAttribute; readonly term: Term; readonly line: number }
  | { readonly op: 'set dynamic'; readonly attribute: string; readonly term: Term; readonly line: number }
  | { readonly op: 'set preference'; readonly term: Term; readonly line: number }
  | { readonly op: 'unset'; readonly attribute: string; readonly line: number }
  | { readonly op: 'return'; readonly term: Term }
  | { readonly op: 'verdict'; readonly verdict: Verdict; readonly terms: readonly Term[] }
  | { readonly op: 'call'; readonly call: Term & { op: 'call' } }
  | {
      readonly op: 'case'
      readonly term: Term
      readonly branches: ItemSet<readonly Command[]> | null
      readonly else: readonly Command[] | null
    }

/** A filter or function as parsed. */
export interface Body {
  readonly commands: readonly Command[]
  /** Cleared at entry; parameters are not among them. */
  readonly locals: readonly Variable[]
  readonly parameters: readonly Variable[]
}

export type FilterSymbol =
  | Variable
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'table' }
  | { readonly kind: 'protocol' | 'template' }
