// Shell patterns of BIRD (lib/patmatch.c): `*`, `?`, a backslash takes the next character as it is; no classes.
type Matcher = (text: string) => boolean

const cache = new Map<string, Matcher>()
const MAX_CACHED = 4096

/**
 * Matches from positions on. The character behind a star is looked for literally, even when it is `?` or another
 * star, as in BIRD: `*?` asks for a question mark.
 */
function matches(pattern: string, text: string, at = { p: 0, t: 0 }): boolean {
  let { p, t } = at
  while (p < pattern.length) {
    const char = pattern[p]!
    if (char === '?' && t < text.length) {
      p++
      t++
    } else if (char === '*') {
      if (p + 1 === pattern.length) return true
      const wanted = pattern[p + 1] === '\\' && p + 2 < pattern.length ? pattern[p + 2]! : pattern[p + 1]!
      for (let next = text.indexOf(wanted, t); next >= 0; next = text.indexOf(wanted, next + 1)) {
        if (matches(pattern, text, { p: p + 1, t: next })) return true
      }
      return false
    } else {
      if (char === '\\' && p + 1 < pattern.length) p++
      if (pattern[p++] !== text[t++]) return false
    }
  }
  return t === text.length
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
  return (text) => matches(pattern, text)
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
