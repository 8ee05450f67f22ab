// A message as the message inspector shows it: every byte with its name and meaning (RFC 4271 section 4). The tree is
// read off the encoded bytes, so what is shown is what is sent.
import { formatIp } from '../../net/address.ts'
import { formatPrefix, prefixOf } from '../../net/prefix.ts'
import type { BgpMessage, BgpMessageType, UpdateMessage } from '../message.ts'
import { ERROR, hasShutdownMessage, notificationText, shutdownMessage } from '../notification.ts'
import { REFRESH_NAMES } from '../transcript.ts'
import { readU32 } from './bytes.ts'
import { encodeMessage, HEADER_LENGTH, TYPE_NUMBER } from './encode.ts'
import { type Field, FieldCursor, hexOf } from './field.ts'
import { attributeField } from './field-tree-attributes.ts'
import { openFields } from './field-tree-open.ts'

export type { Field } from './field.ts'

export interface DescribedMessage {
  bytes: Uint8Array
  /** Top-level fields in order of their bytes. */
  root: readonly Field[]
}

export function describeMessage(message: BgpMessage): DescribedMessage {
  const bytes = encodeMessage(message)
  const cursor = new FieldCursor(bytes)
  return { bytes, root: [header(cursor, message.type), ...body(cursor, message)] }
}

/** The leaves in order of their bytes; together they are the message. */
export function leavesOf(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => (field.children.length === 0 ? [field] : leavesOf(field.children)))
}

function header(cursor: FieldCursor, type: BgpMessageType): Field {
  const text = { id: 'header', name: 'BGP header', value: `${HEADER_LENGTH} bytes`, code: 'header' }
  return cursor.group({ ...text, data: { bytes: HEADER_LENGTH } }, () => [
    cursor.leaf({ id: 'header.marker', name: 'Marker', value: 'all ones', code: 'marker' }, 16),
    cursor.number({ id: 'header.length', name: 'Length', code: 'message-length' }, 2),
    cursor.number(
      { id: 'header.type', name: 'Type', code: 'message-type', data: { type } },
      1,
      () => `${TYPE_NUMBER[type]}, ${type}`,
    ),
  ])
}

function body(cursor: FieldCursor, message: BgpMessage): Field[] {
  switch (message.type) {
    case 'OPEN':
      return openFields(cursor)
    case 'UPDATE':
      return updateFields(cursor, message)
    case 'KEEPALIVE':
      return []
    case 'NOTIFICATION':
      return notificationFields(cursor)
    case 'ROUTE-REFRESH':
      return [
        cursor.number({ id: 'afi', name: 'AFI', code: 'afi' }, 2),
        cursor.number({ id: 'subtype', name: 'Subtype', code: 'refresh-subtype' }, 1, (value) =>
          [String(value), REFRESH_NAMES[value]].filter(Boolean).join(', '),
        ),
        cursor.number({ id: 'safi', name: 'SAFI', code: 'safi' }, 1),
      ]
  }
}

function notificationFields(cursor: FieldCursor): Field[] {
  const [code, subcode] = [cursor.bytes[cursor.at]!, cursor.bytes[cursor.at + 1]!]
  const text = notificationText(code, subcode)
  const data = { error: code, subcode, text }
  const fields = [
    cursor.number({ id: 'code', name: 'Error code', code: 'error-code', data }, 1, (value) =>
      [String(value), notificationText(code, 0)].join(', '),
    ),
    cursor.number(
      { id: 'subcode', name: 'Error subcode', code: 'error-subcode', data },
      1,
      (value) => `${value}, ${text}`,
    ),
  ]
  const rest = cursor.bytes.subarray(cursor.at)
  if (rest.length === 0) return fields
  const sentence = hasShutdownMessage(code, subcode) ? shutdownMessage(rest) : null
  const isAs = code === ERROR.open && subcode === 2 && rest.length === 4
  const value = sentence !== null ? `"${sentence}"` : isAs ? String(readU32(rest, 0)) : hexOf(rest)
  return [...fields, cursor.leaf({ id: 'data', name: 'Data', value, code: 'error-data', data }, rest.length)]
}

function updateFields(cursor: FieldCursor, message: UpdateMessage): Field[] {
  const withdrawn = withdrawnField(cursor, message)
  const attributesLength = cursor.peek(2)
  const fields = [
    withdrawn,
    cursor.number({ id: 'attributes-length', name: 'Total Path Attribute Length', code: 'attributes-length' }, 2),
  ]
  if (attributesLength > 0) {
    const text = { id: 'attributes', name: 'Path attributes', value: `${attributesLength} bytes`, code: 'attributes' }
    const end = cursor.at + attributesLength
    fields.push(
      cursor.group({ ...text, data: { bytes: attributesLength } }, () => {
        const attributes: Field[] = []
        while (cursor.at < end) attributes.push(attributeField(cursor, message.as4))
        return attributes
      }),
    )
  }
  if (message.announced.length > 0) {
    const text = { id: 'nlri', name: 'NLRI', value: countText(message.announced.length), code: 'nlri' }
    const data = { count: message.announced.length }
    fields.push(cursor.group({ ...text, data }, () => prefixFields(cursor, 'nlri', message)))
  }
  return fields
}

function withdrawnField(cursor: FieldCursor, message: UpdateMessage): Field {
  const count = message.withdrawn.length
  const text = { id: 'withdrawn', name: 'Withdrawn routes', code: 'withdrawn', data: { count } }
  if (count === 0) return cursor.leaf({ ...text, value: 'none' }, 2)
  return cursor.group({ ...text, value: countText(count) }, () => [
    cursor.number({ id: 'withdrawn.length', name: 'Withdrawn Routes Length', code: 'withdrawn-length' }, 2),
    ...prefixFields(cursor, 'withdrawn', message),
  ])
}

function countText(count: number): string {
  return `${count} ${count === 1 ? 'prefix' : 'prefixes'}`
}

function prefixFields(cursor: FieldCursor, part: 'withdrawn' | 'nlri', message: UpdateMessage): Field[] {
  const list = part === 'nlri' ? message.announced : message.withdrawn
  return list.map((_, index) => prefixField(cursor, `${part}.${index}`, message.addPath))
}

function prefixField(cursor: FieldCursor, id: string, addPath: boolean): Field {
  const start = cursor.at + (addPath ? 4 : 0)
  const length = cursor.bytes[start]!
  const count = Math.ceil(length / 8)
  let address = 0
  for (let i = 1; i <= 4; i++) address = address * 256 + (i <= count ? cursor.bytes[start + i]! : 0)
  const value = formatPrefix(prefixOf(address, length))
  const data = { prefix: value, bits: length, bytes: count }
  return cursor.group({ id, name: 'Prefix', value, code: addPath ? 'prefix-add-path' : 'prefix', data }, () => {
    const children: Field[] = []
    if (addPath) children.push(cursor.number({ id: `${id}.path-id`, name: 'Path Identifier', code: 'path-id' }, 4))
    children.push(
      cursor.number(
        { id: `${id}.length`, name: 'Length in bits', code: 'prefix-length', data },
        1,
        (bits) => `${bits} = 0x${bits.toString(16).padStart(2, '0')}`,
      ),
    )
    if (count > 0) {
      const text = { id: `${id}.address`, name: 'Address bytes', value: formatIp(address), code: 'prefix-address' }
      children.push(cursor.leaf({ ...text, data }, count))
    }
    return children
  })
}
