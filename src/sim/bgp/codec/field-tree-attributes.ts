// Path attributes in the field tree: flags, type, length and the value's own parts.
import { formatIp } from '../../net/address.ts'
import { formatAsPath } from '../as-path.ts'
import { ATTRIBUTE, ATTRIBUTE_TABLE, FLAG } from './attribute-table.ts'
import { readU16, readU32, readWords } from './bytes.ts'
import { readAsPath } from './decode-attributes.ts'
import { type Field, type FieldCursor, hexOf } from './field.ts'

const ORIGINS = ['IGP', 'EGP', 'INCOMPLETE']
const SEGMENTS = ['', 'AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET']

const ADDRESSES: readonly number[] = [ATTRIBUTE.nextHop, ATTRIBUTE.originatorId]
const PATHS: readonly number[] = [ATTRIBUTE.asPath, ATTRIBUTE.as4Path]

/** Whether AS numbers of this attribute take four bytes. */
const isWide = (type: number, as4: boolean): boolean =>
  as4 || type === ATTRIBUTE.as4Path || type === ATTRIBUTE.as4Aggregator

export function attributeField(cursor: FieldCursor, as4: boolean): Field {
  const { bytes, at } = cursor
  const [flags, type] = [bytes[at]!, bytes[at + 1]!]
  const extended = (flags & FLAG.extended) !== 0
  const valueAt = at + (extended ? 4 : 3)
  const length = extended ? readU16(bytes, at + 2) : bytes[at + 2]!
  const value = bytes.subarray(valueAt, valueAt + length)
  const name = ATTRIBUTE_TABLE[type]?.name ?? `Attribute ${type}`
  const id = `attributes.${type}`
  const shown = valueText(type, value, as4)
  return cursor.group(
    {
      id,
      name,
      value: shown,
      code: `attribute-${type in ATTRIBUTE_TABLE ? type : 'unknown'}`,
      data: { value: shown, type },
    },
    () => [
      cursor.number(
        { id: `${id}.flags`, name: 'Attribute Flags', code: 'attribute-flags', data: { flags: flagWords(flags) } },
        1,
        (v) => `0x${v.toString(16).padStart(2, '0')} ${flagWords(flags)}`,
      ),
      cursor.number(
        { id: `${id}.type`, name: 'Attribute Type Code', code: 'attribute-type', data: { name } },
        1,
        (v) => `${v}, ${name}`,
      ),
      cursor.number({ id: `${id}.length`, name: 'Attribute Length', code: 'attribute-length' }, extended ? 2 : 1),
      ...valueFields(cursor, { id, name, type, length, wide: isWide(type, as4), shown }),
    ],
  )
}

function flagWords(flags: number): string {
  const words = [(flags & FLAG.optional) !== 0 ? 'optional' : 'well-known']
  words.push((flags & FLAG.transitive) !== 0 ? 'transitive' : 'non-transitive')
  if ((flags & FLAG.partial) !== 0) words.push('partial')
  if ((flags & FLAG.extended) !== 0) words.push('extended length')
  return words.join(' ')
}

/** One line for the whole value. */
function valueText(type: number, value: Uint8Array, as4: boolean): string {
  if (type === ATTRIBUTE.origin) return ORIGINS[value[0]!] ?? String(value[0])
  if (PATHS.includes(type)) return formatAsPath(readAsPath(value, isWide(type, as4) ? 4 : 2) ?? [])
  if (type === ATTRIBUTE.med || type === ATTRIBUTE.localPref) return String(readU32(value, 0))
  if (ADDRESSES.includes(type)) return formatIp(readU32(value, 0))
  if (type === ATTRIBUTE.aggregator || type === ATTRIBUTE.as4Aggregator) {
    const wide = isWide(type, as4)
    return `${wide ? readU32(value, 0) : readU16(value, 0)} ${formatIp(readU32(value, wide ? 4 : 2))}`
  }
  const unit = ATTRIBUTE_TABLE[type]?.unit
  if (unit === undefined) return hexOf(value)
  const items: string[] = []
  for (let at = 0; at < value.length; at += unit) items.push(itemText(type, value.subarray(at, at + unit)))
  return items.join(' ')
}

function itemText(type: number, item: Uint8Array): string {
  if (type === ATTRIBUTE.community) return `${readU16(item, 0)}:${readU16(item, 2)}`
  if (type === ATTRIBUTE.clusterList) return formatIp(readU32(item, 0))
  if (type === ATTRIBUTE.largeCommunity) return readWords(item).join(':')
  return hexOf(item)
}

interface Value {
  id: string
  name: string
  type: number
  length: number
  wide: boolean
  shown: string
}

function valueFields(cursor: FieldCursor, value: Value): Field[] {
  const { id, name, type, length, shown } = value
  if (length === 0) return []
  if (PATHS.includes(type)) return segmentFields(cursor, value)
  if (type === ATTRIBUTE.aggregator || type === ATTRIBUTE.as4Aggregator) {
    return [
      cursor.number({ id: `${id}.as`, name: 'AS', code: 'as-number' }, value.wide ? 4 : 2),
      cursor.number({ id: `${id}.address`, name: 'IP address', code: 'aggregator-address' }, 4, formatIp),
    ]
  }
  const unit = ATTRIBUTE_TABLE[type]?.unit
  if (unit === undefined) {
    return [
      cursor.leaf(
        {
          id: `${id}.value`,
          name: 'Value',
          value: shown,
          code: `value-${type in ATTRIBUTE_TABLE ? type : 'unknown'}`,
          data: { name },
        },
        length,
      ),
    ]
  }
  const items: Field[] = []
  for (let index = 0; index < length / unit; index++) {
    const text = itemText(type, cursor.bytes.subarray(cursor.at, cursor.at + unit))
    items.push(
      cursor.leaf({ id: `${id}.${index}`, name: ITEM_NAMES[type] ?? 'Value', value: text, code: `item-${type}` }, unit),
    )
  }
  return items
}

const ITEM_NAMES: Readonly<Record<number, string>> = {
  8: 'Community',
  10: 'CLUSTER_ID',
  16: 'Extended community',
  32: 'Large community',
}

function segmentFields(cursor: FieldCursor, value: Value): Field[] {
  const segments: Field[] = []
  const end = cursor.at + value.length
  const size = value.wide ? 4 : 2
  while (cursor.at < end) {
    const id = `${value.id}.segment-${segments.length}`
    const [type, count] = [cursor.bytes[cursor.at]!, cursor.bytes[cursor.at + 1]!]
    const kind = SEGMENTS[type]!
    const text = { id, name: `${kind}, ${count} AS`, value: '', code: 'as-segment', data: { kind, count } }
    const bytes = cursor.bytes.subarray(cursor.at + 2, cursor.at + 2 + count * size)
    segments.push(
      cursor.group({ ...text, value: hexOf(bytes) }, () => [
        cursor.number(
          { id: `${id}.type`, name: 'Path Segment Type', code: 'segment-type', data: { kind } },
          1,
          (v) => `${v}, ${kind}`,
        ),
        cursor.number({ id: `${id}.count`, name: 'Path Segment Length', code: 'segment-length' }, 1),
        ...Array.from({ length: count }, (_, i) =>
          cursor.number({ id: `${id}.${i}`, name: 'AS', code: 'as-number' }, size),
        ),
      ]),
    )
  }
  return segments
}
