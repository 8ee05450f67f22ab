// IPv6 literals, enough to read bird6.cfg: the 128 bits as eight groups.
// Simplified: an IPv6 configuration is read and checked, but its addresses are kept as text and never simulated.

/** Eight 16-bit groups; null when malformed. */
export function parseIp6(text: string): number[] | null {
  let source = text
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)
  if (dotted !== null) {
    const bytes = dotted.slice(2).map(Number)
    if (bytes.some((byte) => byte > 255)) return null
    source = `${dotted[1]}${(bytes[0]! * 256 + bytes[1]!).toString(16)}:${(bytes[2]! * 256 + bytes[3]!).toString(16)}`
  }
  const halves = source.split('::')
  if (halves.length > 2) return null
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const flat = groups.flat()
  if (flat.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return null
  const missing = 8 - flat.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const tail = groups[1] ?? []
  return [...groups[0]!, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail].map((group) =>
    Number.parseInt(group, 16),
  )
}

/** Canonical text: the longest run of zero groups becomes `::`. */
export function formatIp6(groups: readonly number[]): string {
  let best = -1
  let length = 1
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === 0) end++
    if (end - i > length) {
      best = i
      length = end - i
    }
  }
  const text = groups.map((group) => group.toString(16))
  if (best < 0) return text.join(':')
  return `${text.slice(0, best).join(':')}::${text.slice(best + length).join(':')}`
}

/** Whether no bit is set behind the first `length`. */
export function isPrefix6(groups: readonly number[], length: number): boolean {
  return groups.every((group, i) => {
    const keep = Math.min(Math.max(length - i * 16, 0), 16)
    return (group & (0xffff >>> keep)) === 0 || keep === 16
  })
}
