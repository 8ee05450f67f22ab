// Names of one cluster often begin alike (`calico-cluster-worker2`). Where room is short the common beginning gives way.
export interface ShortName {
  /** What all names of that beginning share, up to a dash; empty when there is none. */
  head: string
  tail: string
}

const known = new WeakMap<readonly string[], Map<string, ShortName>>()

/** `names` keeps its identity while it holds the same names, so that this is done once for them. */
export function shortNames(names: readonly string[]): ReadonlyMap<string, ShortName> {
  let map = known.get(names)
  if (map) return map
  map = new Map()
  for (const name of names) map.set(name, split(name, names))
  known.set(names, map)
  return map
}

const LEAST = 6

/** The longest beginning, up to a dash, that another name has too and that leaves something of both. */
function split(name: string, names: readonly string[]): ShortName {
  for (let dash = name.length; dash >= LEAST; ) {
    dash = name.lastIndexOf('-', dash - 1)
    if (dash < LEAST - 1) break
    const head = name.slice(0, dash + 1)
    const alike = names.filter((other) => other.startsWith(head) && other.length > head.length)
    if (alike.length >= 2 && alike.length * 2 >= names.length) return { head, tail: name.slice(dash + 1) }
  }
  return { head: '', tail: name }
}
