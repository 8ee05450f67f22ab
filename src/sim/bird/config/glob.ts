// glob(3) for include: `*`, `?` and `[..]` never match a slash, and a leading dot must be written.
const cache = new Map<string, RegExp>()

function compile(pattern: string): RegExp {
  let out = '^'
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!
    const hidden = i === 0 || pattern[i - 1] === '/' ? '(?!\\.)' : ''
    const close = char === '[' ? pattern.indexOf(']', i + 2) : -1
    if (char === '*') out += `${hidden}[^/]*`
    else if (char === '?') out += `${hidden}[^/]`
    else if (close > 0) {
      const body = pattern
        .slice(i + 1, close)
        .replace(/\\/g, '\\\\')
        .replace(/\[/g, '\\[')
        .replace(/^!/, '^')
      out += `(?!/)${hidden}[${body}]`
      i = close
    } else out += char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  }
  try {
    return new RegExp(`${out}$`)
  } catch {
    // A bracket that is no valid class matches nothing.
    return /^(?!)$/
  }
}

export function globMatches(pattern: string, name: string): boolean {
  let regex = cache.get(pattern)
  if (regex === undefined) {
    regex = compile(pattern)
    cache.set(pattern, regex)
  }
  return regex.test(name)
}
