// BIRD's shell-like patterns for names (lib/patmatch.c): `*`, `?` and `\x` for a literal x; the whole name must fit.
export function patternFits(pattern: string, name: string): boolean {
  return fits(pattern, 0, name, 0)
}

function fits(pattern: string, p0: number, name: string, n0: number): boolean {
  let p = p0
  let n = n0
  for (; p < pattern.length; p++, n++) {
    const c = pattern[p]
    if (c === '*') {
      for (let rest = n; rest <= name.length; rest++) if (fits(pattern, p + 1, name, rest)) return true
      return false
    }
    if (n >= name.length) return false
    if (c === '?') continue
    if (c === '\\' && p + 1 < pattern.length) p++
    if (pattern[p] !== name[n]) return false
  }
  return n === name.length
}
