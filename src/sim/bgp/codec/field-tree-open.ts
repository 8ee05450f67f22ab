// The OPEN message in the field tree (RFC 4271 section 4.2, capabilities RFC 5492).
import { formatIp } from '../../net/address.ts'
import { capabilityName, readCapabilities } from '../capabilities.ts'
import type { Field, FieldCursor } from './field.ts'
import { hexOf } from './field.ts'

export function openFields(cursor: FieldCursor): Field[] {
  const fields = [
    cursor.number({ id: 'version', name: 'Version', code: 'version' }, 1),
    cursor.number({ id: 'as', name: 'My Autonomous System', code: 'my-as' }, 2, (value) =>
      value === 23456 ? '23456, AS_TRANS' : String(value),
    ),
    cursor.number({ id: 'hold-time', name: 'Hold Time', code: 'hold-time' }, 2, (value) => `${value} s`),
    cursor.number({ id: 'identifier', name: 'BGP Identifier', code: 'bgp-identifier' }, 4, formatIp),
  ]
  const length = cursor.peek(1)
  fields.push(
    cursor.number({ id: 'parameters-length', name: 'Optional Parameters Length', code: 'parameters-length' }, 1),
  )
  if (length > 0) fields.push(parameterField(cursor))
  return fields
}

/** BIRD writes one parameter with all capabilities. */
function parameterField(cursor: FieldCursor): Field {
  const id = 'capabilities'
  const end = cursor.at + 2 + cursor.bytes[cursor.at + 1]!
  const bytes = end - cursor.at
  return cursor.group(
    { id, name: 'Capabilities', value: `${bytes} bytes`, code: 'capabilities', data: { bytes } },
    () => {
      const fields = [
        cursor.number(
          { id: `${id}.type`, name: 'Parameter Type', code: 'parameter-type' },
          1,
          (value) => `${value}, Capabilities`,
        ),
        cursor.number({ id: `${id}.length`, name: 'Parameter Length', code: 'parameter-length' }, 1),
      ]
      for (let index = 0; cursor.at < end; index++) fields.push(capabilityField(cursor, `${id}.${index}`))
      return fields
    },
  )
}

function capabilityField(cursor: FieldCursor, id: string): Field {
  const [code, length] = [cursor.bytes[cursor.at]!, cursor.bytes[cursor.at + 1]!]
  const name = capabilityName(code)
  const value = capabilityText(cursor.bytes.subarray(cursor.at, cursor.at + 2 + length))
  return cursor.group({ id, name, value, code: `capability-${code}`, data: { capability: code } }, () => [
    cursor.number({ id: `${id}.code`, name: 'Capability Code', code: 'capability-code' }, 1),
    cursor.number({ id: `${id}.length`, name: 'Capability Length', code: 'capability-length' }, 1),
    ...valueFields(cursor, { id, code, length }),
  ])
}

function capabilityText(bytes: Uint8Array): string {
  const capability = readCapabilities(bytes)?.[0]
  if (capability === undefined || 'data' in capability) return hexOf(bytes.subarray(2))
  switch (capability.code) {
    case 1:
      return `AFI ${capability.afi}, SAFI ${capability.safi}`
    case 64:
      return [
        `R=${capability.restarting ? 1 : 0}`,
        `${capability.timeSeconds} s`,
        ...capability.families.map(
          (family) => `AFI ${family.afi}, SAFI ${family.safi}, F=${family.forwarding ? 1 : 0}`,
        ),
      ].join(', ')
    case 65:
      return String(capability.as)
    case 69:
      return capability.families.map((family) => modeText(family.mode)).join(', ')
    case 71:
      return capability.families.map((family) => `${family.staleSeconds} s`).join(', ')
    default:
      return ''
  }
}

const modeText = (mode: number): string => ['', 'receive', 'send', 'receive and send'][mode] ?? String(mode)

function valueFields(cursor: FieldCursor, value: { id: string; code: number; length: number }): Field[] {
  const { id, code, length } = value
  const end = cursor.at + length
  const fields: Field[] = []
  if (code === 1 && length === 4) {
    return [
      cursor.number({ id: `${id}.afi`, name: 'AFI', code: 'afi' }, 2),
      cursor.number({ id: `${id}.reserved`, name: 'Reserved', code: 'reserved' }, 1),
      cursor.number({ id: `${id}.safi`, name: 'SAFI', code: 'safi' }, 1),
    ]
  }
  if (code === 65 && length === 4) return [cursor.number({ id: `${id}.as`, name: 'AS', code: 'as-number' }, 4)]
  if (code === 64 && length % 4 === 2) {
    const show = (bits: number): string => `R=${bits >> 15}, ${bits & 0xfff} s`
    fields.push(cursor.number({ id: `${id}.restart`, name: 'Restart Flags and Time', code: 'restart-time' }, 2, show))
  }
  const size = code === 64 || code === 69 ? 4 : code === 71 ? 7 : 0
  while (size > 0 && cursor.at + size <= end)
    fields.push(...familyFields(cursor, `${id}.family-${fields.length}`, code))
  if (cursor.at < end) {
    const rest = cursor.bytes.subarray(cursor.at, end)
    fields.push(cursor.leaf({ id: `${id}.value`, name: 'Capability Value', value: hexOf(rest) }, rest.length))
  }
  return fields
}

function familyFields(cursor: FieldCursor, id: string, code: number): Field[] {
  const fields = [
    cursor.number({ id: `${id}.afi`, name: 'AFI', code: 'afi' }, 2),
    cursor.number({ id: `${id}.safi`, name: 'SAFI', code: 'safi' }, 1),
  ]
  if (code === 69) {
    const show = (mode: number): string => `${mode}, ${modeText(mode)}`
    return [...fields, cursor.number({ id: `${id}.mode`, name: 'Send/Receive', code: 'add-path-mode' }, 1, show)]
  }
  const show = (flags: number): string => `F=${flags >> 7}`
  fields.push(cursor.number({ id: `${id}.flags`, name: 'Flags for Address Family', code: 'forwarding-flag' }, 1, show))
  if (code === 71) {
    const time = { id: `${id}.stale-time`, name: 'Long-Lived Stale Time', code: 'stale-time' }
    fields.push(cursor.number(time, 3, (value) => `${value} s`))
  }
  return fields
}
