// Parser and evaluator of Calico's selector language (libcalico-go/lib/selector/parser, v3.30.2).
// A parsed selector is a closure over labels; parsing is cached, since the same few texts are met again and again.
import { type SelectorError, type Token, tokenize } from './tokenizer.ts'

export type Labels = Readonly<Record<string, string>>
export type Matcher = (labels: Labels) => boolean
export type ParsedSelector =
  | { readonly ok: true; readonly matches: Matcher }
  | { readonly ok: false; readonly error: SelectorError }

const everything: Matcher = () => true
const cache = new Map<string, ParsedSelector>()
const CACHE_LIMIT = 2000

/** Parses a selector; the empty text selects everything. */
export function parseSelector(text: string): ParsedSelector {
  let parsed = cache.get(text)
  if (parsed === undefined) {
    if (cache.size >= CACHE_LIMIT) cache.clear()
    parsed = parse(text)
    cache.set(text, parsed)
  }
  return parsed
}

/** Whether the labels match; a selector that does not parse matches nothing. */
export function selectorMatches(text: string, labels: Labels): boolean {
  const parsed = parseSelector(text)
  return parsed.ok && parsed.matches(labels)
}

function parse(text: string): ParsedSelector {
  const tokens = tokenize(text)
  if (!Array.isArray(tokens)) return { ok: false, error: tokens as SelectorError }
  const reader = new Reader(tokens as readonly Token[])
  if (reader.peek().kind === 'end') return { ok: true, matches: everything }
  try {
    const matches = reader.or()
    const rest = reader.peek()
    if (rest.kind === 'end') return { ok: true, matches }
    return {
      ok: false,
      error: { message: `unexpected content at end of selector ${text.slice(rest.at)}`, at: rest.at },
    }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: { message: error.message, at: error.at } }
    throw error
  }
}

/** Leaves the recursive descent; never leaves this file. */
class Refusal extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

function has(labels: Labels, name: string): boolean {
  return Object.hasOwn(labels, name)
}

class Reader {
  readonly #tokens: readonly Token[]
  #position = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  peek(): Token {
    return this.#tokens[this.#position] as Token
  }

  or(): Matcher {
    return this.#joined(
      '||',
      () => this.#and(),
      (parts) => (labels) => parts.some((part) => part(labels)),
    )
  }

  #and(): Matcher {
    return this.#joined(
      '&&',
      () => this.#operation(),
      (parts) => (labels) => parts.every((part) => part(labels)),
    )
  }

  #joined(kind: '||' | '&&', next: () => Matcher, join: (parts: readonly Matcher[]) => Matcher): Matcher {
    const first = next()
    const parts = [first]
    while (this.#take(kind)) parts.push(next())
    return parts.length === 1 ? first : join(parts)
  }

  #operation(): Matcher {
    let negated = false
    while (this.#take('!')) negated = !negated
    const inner = this.#primary()
    return negated ? (labels) => !inner(labels) : inner
  }

  #primary(): Matcher {
    const token = this.peek()
    this.#position += 1
    if (token.kind === 'all' || token.kind === 'global') return everything
    if (token.kind === 'has') return (labels) => has(labels, token.text)
    if (token.kind === 'label') return this.#comparison(token.text)
    if (token.kind !== '(') {
      this.#position -= 1
      throw new Refusal('unexpected token: expected a label, has(), all(), global() or (', token.at)
    }
    const inner = this.or()
    if (!this.#take(')')) throw new Refusal('expected )', this.peek().at)
    return inner
  }

  #comparison(label: string): Matcher {
    const operator = this.peek()
    this.#position += 1
    switch (operator.kind) {
      case '==':
        return this.#against(label, (value, text) => value === text)
      case 'contains':
        return this.#against(label, (value, text) => value.includes(text))
      case 'starts with':
        return this.#against(label, (value, text) => value.startsWith(text))
      case 'ends with':
        return this.#against(label, (value, text) => value.endsWith(text))
      case '!=': {
        const text = this.#string()
        return (labels) => !has(labels, label) || labels[label] !== text
      }
      case 'in':
        return this.#within(label, false)
      case 'not in':
        return this.#within(label, true)
      default:
        throw new Refusal(`expected operator after label "${label}"`, operator.at)
    }
  }

  #against(label: string, test: (value: string, text: string) => boolean): Matcher {
    const text = this.#string()
    return (labels) => has(labels, label) && test(labels[label] as string, text)
  }

  #within(label: string, negated: boolean): Matcher {
    const set = this.#set()
    return (labels) => (has(labels, label) && set.has(labels[label] as string)) !== negated
  }

  #string(): string {
    const token = this.peek()
    if (token.kind !== 'string') throw new Refusal('expected string', token.at)
    this.#position += 1
    return token.text
  }

  #set(): ReadonlySet<string> {
    if (!this.#take('{')) throw new Refusal('expected set literal', this.peek().at)
    const values = new Set<string>()
    while (this.peek().kind === 'string') {
      values.add(this.#string())
      if (!this.#take(',')) break
    }
    if (!this.#take('}')) throw new Refusal('expected }', this.peek().at)
    return values
  }

  #take(kind: Token['kind']): boolean {
    if (this.peek().kind !== kind) return false
    this.#position += 1
    return true
  }
}
