// What daemons and kernels print, taken apart for comparison: `show route all` and `ip -j route`.

const HEAD = /^(\S+\/\d+)?\s+(.*)$/

/** By prefix: the best route, then the others in alphabetical order; their times are left out. */
export function routesOf(text: string, withTimes = false): Map<string, string> {
  const nets = new Map<string, string[]>()
  let routes: string[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    if (line.startsWith('\t')) {
      // The order of attributes is theirs; only the two lines that carry times or ids would have to go.
      routes[routes.length - 1] += `\n    ${line.trim()}`
      continue
    }
    const match = HEAD.exec(line)
    if (match === null) continue
    const [, prefix, rest = ''] = match
    if (prefix !== undefined) {
      routes = nets.get(prefix) ?? []
      nets.set(prefix, routes)
    }
    routes.push(withTimes ? rest : rest.replace(/\[(\S+) \S+?( from \S+)?\]/, '[$1$2]'))
  }
  const sorted = new Map<string, string>()
  for (const [prefix, list] of nets) {
    const best = list.filter((route) => /\] [*!]/.test(route))
    const others = list.filter((route) => !best.includes(route)).sort()
    sorted.set(prefix, [...best, ...others].join('\n  '))
  }
  return sorted
}

export function kernelOf(routes: readonly unknown[]): Map<string, string> {
  const map = new Map<string, string>()
  for (const route of routes as Record<string, unknown>[]) {
    map.set(`${String(route.dst)} metric ${String(route.metric ?? 0)}`, stable(route))
  }
  return map
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${key}:${stable(item)}`).join(' ')}}`
}
