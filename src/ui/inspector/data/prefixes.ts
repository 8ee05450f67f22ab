// Which prefix of a list holds another: for swatches of pod routes and for folding them. Reads text that the simulation printed.
export interface Cidr {
  address: number
  length: number
}

const known = new Map<string, Cidr | null>()

/** null: it is not an IPv4 address or prefix. The same few texts are read again at every look, so they are kept. */
export function readCidr(text: string): Cidr | null {
  const kept = known.get(text)
  if (kept !== undefined) return kept
  if (known.size > 5000) known.clear()
  const cidr = parse(text)
  known.set(text, cidr)
  return cidr
}

function parse(text: string): Cidr | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text)
  if (!match) return null
  const bytes = [match[1], match[2], match[3], match[4]].map(Number)
  const length = match[5] === undefined ? 32 : Number(match[5])
  if (length > 32 || bytes.some((byte) => byte > 255)) return null
  return { address: bytes.reduce((sum, byte) => sum * 256 + byte, 0), length }
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  if (outer.length > inner.length) return false
  const size = 2 ** (32 - outer.length)
  return Math.floor(outer.address / size) === Math.floor(inner.address / size)
}

/** The longest prefix of `list` that holds `text`, itself included; null when none does. */
export function holderOf(list: readonly string[], text: string): string | null {
  const inner = readCidr(text)
  if (!inner) return null
  let best: { text: string; length: number } | null = null
  for (const each of list) {
    const outer = readCidr(each)
    if (!outer || !contains(outer, inner)) continue
    if (!best || outer.length > best.length) best = { text: each, length: outer.length }
  }
  return best?.text ?? null
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
