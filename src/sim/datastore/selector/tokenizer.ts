// Words of Calico's selector language, as libcalico-go/lib/selector/tokenizer cuts them (v3.30.2).
// What a word means can depend on the word before: `in` is an operator only after a label.

export type Token =
  | { readonly kind: 'label' | 'string' | 'has'; readonly text: string; readonly at: number }
  | { readonly kind: Exclude<TokenKind, 'label' | 'string' | 'has'>; readonly at: number }
type TokenKind =
  | 'label'
  | 'string'
  | 'has'
  | 'all'
  | 'global'
  | '('
  | ')'
  | '{'
  | '}'
  | ','
  | '=='
  | '!='
  | '!'
  | '&&'
  | '||'
  | 'in'
  | 'not in'
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'end'

export interface SelectorError {
  readonly message: string
  /** Offset in the selector where it was noticed. */
  readonly at: number
}

const LABEL = /[A-Za-z0-9_./-]{1,512}/y
const BLANK = /[ \t]*/y
const CALL = /(has|all|global)\(/y
/** Operators of one or two words; the last must end at a word boundary. */
const OPERATORS: readonly (readonly [RegExp, 'in' | 'not in' | 'contains' | 'starts with' | 'ends with'])[] = [
  [/contains\b/y, 'contains'],
  [/starts[ \t]*with\b/y, 'starts with'],
  [/ends[ \t]*with\b/y, 'ends with'],
  [/not[ \t]*in\b/y, 'not in'],
  [/in\b/y, 'in'],
]
const SINGLE = new Set(['(', ')', '{', '}', ','])

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

function skipBlank(text: string, at: number): number {
  return at + (match(BLANK, text, at)?.length ?? 0)
}

type Step = { readonly token: Token; readonly next: number } | SelectorError

function symbol(text: string, at: number): Step | null {
  const char = text[at] as string
  if (SINGLE.has(char)) return { token: { kind: char as '(', at }, next: at + 1 }
  const pair = text.slice(at, at + 2)
  if (pair === '==' || pair === '!=' || pair === '&&' || pair === '||')
    return { token: { kind: pair, at }, next: at + 2 }
  if (char === '!') return { token: { kind: '!', at }, next: at + 1 }
  if (char === '=' || char === '&' || char === '|') return { message: `expected ${char}${char}`, at }
  if (char !== '"' && char !== "'") return null
  const end = text.indexOf(char, at + 1)
  if (end < 0) return { message: 'unterminated string', at }
  return { token: { kind: 'string', text: text.slice(at + 1, end), at }, next: end + 1 }
}

function call(text: string, at: number): Step | null {
  const found = match(CALL, text, at)
  if (found === null) return null
  const name = found.slice(0, -1) as 'has' | 'all' | 'global'
  let next = skipBlank(text, at + found.length)
  let label = ''
  if (name === 'has') {
    label = match(LABEL, text, next) ?? ''
    if (label === '') return { message: 'no label name in has( expression', at: next }
    next = skipBlank(text, next + label.length)
  }
  if (text[next] !== ')') return { message: 'expected )', at: next }
  const token: Token = name === 'has' ? { kind: 'has', text: label, at } : { kind: name, at }
  return { token, next: next + 1 }
}

function word(text: string, at: number, previous: Token | undefined): Step {
  if (previous?.kind === 'label') {
    for (const [pattern, kind] of OPERATORS) {
      const found = match(pattern, text, at)
      if (found !== null) return { token: { kind, at }, next: at + found.length }
    }
    return { message: `expected operator after label "${previous.text}"`, at }
  }
  const label = match(LABEL, text, at)
  if (label === null) return { message: `unexpected characters: ${text.slice(at)}`, at }
  return { token: { kind: 'label', text: label, at }, next: at + label.length }
}

/** Cuts a selector into words; the last token is `end`. */
export function tokenize(text: string): readonly Token[] | SelectorError {
  const tokens: Token[] = []
  let at = skipBlank(text, 0)
  while (at < text.length) {
    const step: Step = symbol(text, at) ?? call(text, at) ?? word(text, at, tokens.at(-1))
    if ('message' in step) return step
    tokens.push(step.token)
    at = skipBlank(text, step.next)
  }
  tokens.push({ kind: 'end', at: text.length })
  return tokens
}
