// One path attribute as `tcpdump -v` prints it.
import { readU16, readU32 } from '../../bgp/codec/bytes.ts'
import { formatIp } from '../../net/address.ts'

const NAMES: Readonly<Record<number, string>> = {
  1: 'Origin',
  2: 'AS Path',
  3: 'Next Hop',
  4: 'Multi Exit Discriminator',
  5: 'Local Preference',
  6: 'Atomic Aggregate',
  7: 'Aggregator',
  8: 'Community',
  9: 'Originator ID',
  10: 'Cluster List',
  16: 'Extended Community',
  17: 'AS4 Path',
  18: 'Aggregator4',
  32: 'Large Community',
}
const ORIGINS = ['IGP', 'EGP', 'Incomplete']
const COMMUNITIES: Readonly<Record<number, string>> = {
  4294967041: 'NO_EXPORT',
  4294967042: 'NO_ADVERTISE',
  4294967043: 'NO_EXPORT_SUBCONFED',
}
const FLAGS: readonly (readonly [number, string])[] = [
  [0x80, 'O'],
  [0x40, 'T'],
  [0x20, 'P'],
  [0x10, 'E'],
]

interface Attribute {
  readonly flags: number
  readonly type: number
  readonly value: Uint8Array
}

export function attributeLine({ flags, type, value }: Attribute): string[] {
  const letters = FLAGS.map(([bit, letter]) => (flags & bit ? letter : '')).join('')
  const name = NAMES[type] ?? 'Unknown Attribute'
  const shown = flags === 0 ? '' : `, Flags [${letters}]`
  const [first, ...more] = valueLines(type, value)
  return [`\t  ${name} (${type}), length: ${value.length}${shown}: ${first}`, ...more]
}

function valueLines(type: number, value: Uint8Array): string[] {
  switch (type) {
    case 1:
      return [ORIGINS[value[0]!] ?? 'Unknown Origin Typecode']
    case 2:
    case 17:
      return [value.length === 0 ? 'empty' : pathText(value, type === 17 ? 4 : asWidth(value))]
    case 3:
    case 9:
      return [formatIp(readU32(value, 0))]
    case 4:
    case 5:
      return [String(readU32(value, 0))]
    case 6:
      return ['']
    case 7:
    case 18: {
      const wide = value.length > 6
      const as = wide ? readU32(value, 0) : readU16(value, 0)
      return [` AS #${as}, origin ${formatIp(readU32(value, wide ? 4 : 2))}`]
    }
    case 8:
      return [communitiesText(value)]
    case 10:
      return [words(value, 4, (at) => formatIp(readU32(value, at)))]
    case 32:
      return ['', `\t    ${words(value, 12, (at) => [0, 4, 8].map((part) => readU32(value, at + part)).join(':'))}`]
    case 16:
      return ['', ...extendedLines(value)]
    default:
      return ['', `\t    no Attribute ${type} decoder`, ...hexLines(value)]
  }
}

const NON_TRANSITIVE = 0x40
/** Types and subtypes with a name here; the AS or address of the type is the key. */
const EXTENDED: Readonly<Record<number, string>> = {
  2: 'target',
  3: 'origin',
  258: 'target',
  259: 'origin',
  514: 'target',
  515: 'origin',
}

function extendedLines(value: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < value.length; at += 8) {
    const type = readU16(value, at)
    const name = EXTENDED[type] ?? 'unknown extd community typecode'
    const flags = value[at]! & NON_TRANSITIVE ? 'non-transitive' : 'none'
    const code = type.toString(16).padStart(4, '0')
    const shown = EXTENDED[type] === undefined ? hex(value.subarray(at + 2, at + 8)) : extendedText(value, at)
    lines.push(`\t    ${name} (0x${code}), Flags [${flags}]: ${shown}`)
  }
  return lines
}

function extendedText(value: Uint8Array, at: number): string {
  const [key, last] = [readU32(value, at + 2), readU16(value, at + 6)]
  switch (value[at]) {
    case 0: {
      const wide = readU32(value, at + 4)
      return `${readU16(value, at + 2)}:${wide} (= ${formatIp(wide)})`
    }
    case 1:
      return `${formatIp(key)}:${last}`
    default:
      return `${key}:${last}`
  }
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Sixteen octets a line, two together. */
function hexLines(value: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < value.length; at += 16) {
    const pairs = hex(value.subarray(at, at + 16)).match(/.{1,4}/g) ?? []
    lines.push(`\t    0x${at.toString(16).padStart(4, '0')}:  ${pairs.join(' ')}`)
  }
  return lines
}

function words(value: Uint8Array, size: number, text: (at: number) => string): string {
  const found: string[] = []
  for (let at = 0; at < value.length; at += size) found.push(text(at))
  return found.join(', ')
}

/** Those with a name have a blank before, the others a comma behind. */
function communitiesText(value: Uint8Array): string {
  let text = ''
  for (let at = 0; at < value.length; at += 4) {
    const community = readU32(value, at)
    const name = COMMUNITIES[community]
    const comma = at + 4 < value.length ? ', ' : ''
    text += name === undefined ? `${community >>> 16}:${community & 0xffff}${comma}` : ` ${name}`
  }
  return text
}

const OPEN: Readonly<Record<number, string>> = { 1: '{ ', 3: '( ', 4: '({ ' }
const CLOSE: Readonly<Record<number, string>> = { 1: '}', 3: ')', 4: '})' }

function pathText(value: Uint8Array, size: number): string {
  let text = ''
  for (let at = 0; at < value.length; at += 2 + value[at + 1]! * size) {
    text += OPEN[value[at]!] ?? ''
    for (let i = 0; i < value[at + 1]!; i++) {
      const place = at + 2 + i * size
      text += `${size === 4 ? readU32(value, place) : readU16(value, place)} `
    }
    text += CLOSE[value[at]!] ?? ''
  }
  return text
}

/** bgp_attr_get_as_size: two bytes if all segments then end where the attribute does. */
function asWidth(value: Uint8Array): 2 | 4 {
  let at = 0
  while (at < value.length) {
    const type = value[at]!
    if (type < 1 || type > 4) return 4
    if (at + 1 >= value.length) return 2
    if (value[at + 1] === 0) return 4
    at += 2 + value[at + 1]! * 2
  }
  return at === value.length ? 2 : 4
}
