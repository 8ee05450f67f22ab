// Tab completion: what the line becomes, given the lines it could become.
/** `candidates` are whole lines. null: nothing to add; otherwise the longest line on which all of them agree. */
export function completed(line: string, candidates: readonly string[]): string | null {
  const [first, ...others] = candidates
  if (first === undefined) return null
  let common = first
  for (const other of others) {
    let n = 0
    while (n < common.length && common[n] === other[n]) n++
    common = common.slice(0, n)
  }
  if (others.length === 0) return `${common} `
  return common.length > line.length && common.startsWith(line) ? common : null
}

/** What differs between the candidates: their last words, as a shell lists them. */
export function choices(candidates: readonly string[]): string {
  return candidates.map((candidate) => /\S+$/.exec(candidate)?.[0] ?? candidate).join('  ')
}
