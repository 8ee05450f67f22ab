// Tab completion: what the line becomes, given what could stand in place of its last word.
/** `null`: nothing to add. Otherwise the longest text on which all candidates agree. */
export function completed(line: string, candidates: readonly string[]): string | null {
  const [first, ...others] = candidates
  if (first === undefined) return null
  const word = /\S*$/.exec(line)?.[0] ?? ''
  let common = first
  for (const other of others) {
    let n = 0
    while (n < common.length && common[n] === other[n]) n++
    common = common.slice(0, n)
  }
  if (!common.startsWith(word) || (common === word && others.length > 0)) return null
  return line.slice(0, line.length - word.length) + common + (others.length === 0 ? ' ' : '')
}
