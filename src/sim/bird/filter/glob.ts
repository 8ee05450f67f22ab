// Shell patterns of BIRD (lib/patmatch.c): `*`, `?`, a backslash takes the next character as it is; no classes.
type Matcher = (text: string) => boolean

const cache = new Map<string, Matcher>()
const MAX_CACHED = 4096

/** Pattern as single steps: a literal character, '?' as null, '*' as true. */
function steps(pattern: string): (string | null | true)[] {
  const result: (string | null | true)[] = []
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!
    if (char === '*') result.push(true)
    else if (char === '?') result.push(null)
    else if (char === '\\') result.push(pattern[++i] ?? '')
    else result.push(char)
  }
  return result
}

/** Greedy matching with one place to go back to: the last star. */
function matches(pattern: readonly (string | null | true)[], text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    const step = pattern[p]
    if (step === true) {
      star = p++
      resume = t
    } else if (p < pattern.length && (step === null || step === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else return false
  }
  while (pattern[p] === true) p++
  return p === pattern.length
}

function build(pattern: string): Matcher {
  if (pattern === '*') return () => true
  const plain = !/[*?\\]/.test(pattern.slice(1, -1))
  const first = pattern[0] ?? ''
  const last = pattern[pattern.length - 1] ?? ''
  if (plain && pattern.length > 1 && !'*?\\'.includes(first) && last === '*') {
    const head = pattern.slice(0, -1)
    return (text) => text.startsWith(head)
  }
  if (plain && pattern.length > 1 && first === '*' && !'*?\\'.includes(last)) {
    const tail = pattern.slice(1)
    return (text) => text.endsWith(tail)
  }
  const compiled = steps(pattern)
  return (text) => matches(compiled, text)
}

export function compileGlob(pattern: string): Matcher {
  let matcher = cache.get(pattern)
  if (matcher === undefined) {
    matcher = build(pattern)
    if (cache.size >= MAX_CACHED) cache.clear()
    cache.set(pattern, matcher)
  }
  return matcher
}
