// One readable line for a message: used in transcripts, lists and tests. RFC words, no language of its own.
import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import { formatAsPath } from './as-path.ts'
import { capabilityName } from './capabilities.ts'
import { type BgpMessage, isEndOfRib, type Nlri, type OpenMessage, type UpdateMessage } from './message.ts'
import { notificationWithData } from './notification.ts'

/** RFC 7313 names of the ROUTE-REFRESH subtypes; the plain request has none, and none is known above 2. */
export const REFRESH_NAMES: readonly string[] = ['', 'BoRR', 'EoRR']

export function transcriptLine(message: BgpMessage): string {
  switch (message.type) {
    case 'OPEN':
      return openLine(message)
    case 'UPDATE':
      return updateLine(message)
    case 'KEEPALIVE':
      return 'KEEPALIVE'
    case 'NOTIFICATION':
      return `NOTIFICATION ${message.code}/${message.subcode} ${notificationWithData(message.code, message.subcode, message.data)}`
    case 'ROUTE-REFRESH':
      return ['ROUTE-REFRESH', `${message.afi}/${message.safi}`, REFRESH_NAMES[message.subtype]]
        .filter(Boolean)
        .join(' ')
  }
}

function openLine(message: OpenMessage): string {
  const parts = [`OPEN as ${message.as} hold ${message.holdTimeSeconds} id ${formatIp(message.id)}`]
  if (message.capabilities === null) return `${parts[0]} no capabilities`
  for (const capability of message.capabilities) {
    const name = capabilityName(capability.code)
    if ('data' in capability) parts.push(name)
    else if (capability.code === 64) {
      const families = capability.families.map(
        (family) => `${family.afi}/${family.safi} F=${family.forwarding ? 1 : 0}`,
      )
      parts.push([`${name} R=${capability.restarting ? 1 : 0}`, `${capability.timeSeconds}s`, ...families].join(' '))
    } else if (capability.code === 65) parts.push(`${name} ${capability.as}`)
    else if (capability.code === 69) {
      parts.push(`${name} ${capability.families.map((family) => ['', 'rx', 'tx', 'rx+tx'][family.mode]).join(' ')}`)
    } else parts.push(name)
  }
  return parts.join(', ')
}

function updateLine(message: UpdateMessage): string {
  if (isEndOfRib(message)) return 'UPDATE End-of-RIB'
  const parts: string[] = []
  if (message.withdrawn.length > 0) parts.push(`withdraw ${prefixes(message, message.withdrawn)}`)
  if (message.announced.length > 0) parts.push(`announce ${prefixes(message, message.announced)}`)
  const attributes = message.attributes
  if (attributes?.nextHop !== undefined) parts.push(`next hop ${formatIp(attributes.nextHop)}`)
  if (attributes?.asPath !== undefined && attributes.asPath.length > 0) {
    parts.push(`path ${formatAsPath(attributes.asPath)}`)
  }
  if (attributes?.med !== undefined) parts.push(`med ${attributes.med}`)
  if (attributes?.localPref !== undefined) parts.push(`local pref ${attributes.localPref}`)
  if (attributes?.originatorId !== undefined) parts.push(`originator ${formatIp(attributes.originatorId)}`)
  return `UPDATE ${parts.join(', ')}`
}

function prefixes(message: UpdateMessage, list: readonly Nlri[]): string {
  return list.map((nlri) => formatPrefix(nlri.prefix) + (message.addPath ? ` #${nlri.pathId}` : '')).join(' ')
}
