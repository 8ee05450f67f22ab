// Community lists in filters: adding, deleting, filtering; and extended communities as the two 32-bit words of RFC 4360
// (nest/a-set.c of BIRD 1.6.8).
import { formatIp } from '../../net/address.ts'

type Ec = readonly [number, number]

/** Kinds of the constructor `(rt, key, value)`; `generic` takes the two words as they are. */
export const EcKind = { RT: 0x0002, RO: 0x0003, GENERIC: 0xffff } as const

export function sameTuple(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i])
}

const VALUE_LIMIT = 0xffff

/** null when `value` does not fit the kind of key. */
export function makeEc(kind: number, key: { value: number; address: boolean }, value: number): Ec | null {
  if (kind === EcKind.GENERIC) return [key.value, value]
  if (!key.address && key.value <= 0xffff) return [((kind << 16) | key.value) >>> 0, value]
  if (value > VALUE_LIMIT) return null
  const type = kind | (key.address ? 0x0100 : 0x0200)
  return [((type << 16) | (key.value >>> 16)) >>> 0, (((key.value & 0xffff) << 16) | value) >>> 0]
}

export function formatEc(ec: Ec): string {
  const type = ec[0] >>> 16
  const base = type & 0xf0ff
  const kind = base === EcKind.RT ? 'rt' : base === EcKind.RO ? 'ro' : `unknown 0x${type.toString(16)}`
  const key = (((ec[0] & 0xffff) << 16) | (ec[1] >>> 16)) >>> 0
  switch (type >>> 8) {
    case 0x00:
    case 0x40:
      return `(${kind}, ${ec[0] & 0xffff}, ${ec[1]})`
    case 0x01:
    case 0x41:
      return `(${kind}, ${formatIp(key)}, ${ec[1] & 0xffff})`
    case 0x02:
    case 0x42:
      return `(${kind}, ${key}, ${ec[1] & 0xffff})`
    default:
      return `(generic, 0x${ec[0].toString(16)}, 0x${ec[1].toString(16)})`
  }
}
