// Which letter and colour stand for a prefix (section 3.2): order of first appearance, colours repeat with a corner notch.
export interface Swatch {
  /** A, B ... Z, AA. */
  letter: string
  /** Into Tokens.swatches. */
  color: number
  /** Drawn with a corner notch: the colour already stands for an earlier prefix. */
  notched: boolean
}

const COLORS = 6

export function letterOf(index: number): string {
  const rest = Math.floor(index / 26)
  const last = String.fromCharCode(65 + (index % 26))
  return rest === 0 ? last : letterOf(rest - 1) + last
}

const byList = new WeakMap<readonly string[], Map<string, Swatch>>()

/** null: the prefix belongs to no pool (default route, connected) and gets an empty outlined swatch. */
export function swatchOf(swatches: readonly string[] | undefined, prefix: string | null): Swatch | null {
  if (!swatches || prefix === null) return null
  let map = byList.get(swatches)
  if (!map) {
    map = new Map(
      swatches.map((cidr, index) => [
        cidr,
        { letter: letterOf(index), color: index % COLORS, notched: index >= COLORS },
      ]),
    )
    byList.set(swatches, map)
  }
  return map.get(prefix) ?? null
}
