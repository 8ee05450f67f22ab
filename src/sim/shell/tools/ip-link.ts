// `ip addr`, `ip link` and their -br forms, as far as the simulation knows an interface. Simplified: MAC addresses, queue
// disciplines and counters are not simulated, so their lines and words are left out.
import type { KernelInterface } from '../../kernel/types.ts'
import { formatIp } from '../../net/address.ts'
import { maskOf } from '../../net/prefix.ts'

function flags(iface: KernelInterface): string {
  const words: string[] = []
  if (iface.up && !iface.carrier) words.push('NO-CARRIER')
  if (iface.kind === 'loopback') words.push('LOOPBACK')
  else if (iface.kind === 'ipip') words.push('NOARP')
  else words.push('BROADCAST', 'MULTICAST')
  if (iface.up) words.push('UP')
  if (iface.up && iface.carrier) words.push('LOWER_UP')
  return words.join(',')
}

function state(iface: KernelInterface): string {
  if (!iface.up) return 'DOWN'
  if (iface.kind === 'loopback' || iface.kind === 'ipip' || iface.kind === 'vxlan') return 'UNKNOWN'
  return iface.carrier ? 'UP' : 'DOWN'
}

/** Name as ip prints it: a tunnel and a veth name their other half. */
function shownName(iface: KernelInterface): string {
  if (iface.kind === 'ipip') return `${iface.name}@NONE`
  return iface.kind === 'veth' ? `${iface.name}@if2` : iface.name
}

function head(iface: KernelInterface): string {
  return `${iface.index}: ${shownName(iface)}: <${flags(iface)}> mtu ${iface.mtu} state ${state(iface)}`
}

const LINK_TYPES = { loopback: 'loopback', ethernet: 'ether', veth: 'ether', vxlan: 'ether', ipip: 'ipip' } as const

export function linkLines(iface: KernelInterface): string[] {
  return [head(iface), `    link/${LINK_TYPES[iface.kind]}`]
}

export function addressLines(iface: KernelInterface): string[] {
  return [
    ...linkLines(iface),
    ...iface.addresses.flatMap(({ address, prefixLength }) => {
      const broadcast = ((address | ~maskOf(prefixLength)) >>> 0) as number
      const brd = prefixLength < 31 && iface.kind === 'ethernet' ? ` brd ${formatIp(broadcast)}` : ''
      const scope = iface.kind === 'loopback' ? 'host' : 'global'
      return [
        `    inet ${formatIp(address)}/${prefixLength}${brd} scope ${scope} ${iface.name}`,
        '       valid_lft forever preferred_lft forever',
      ]
    }),
  ]
}

export function briefLines(interfaces: readonly KernelInterface[], what: 'address' | 'link'): string[] {
  return interfaces.map((iface) => {
    const left = `${shownName(iface).padEnd(16)} ${state(iface).padEnd(14)} `
    if (what === 'link') return `${left}<${flags(iface)}> `
    return left + iface.addresses.map((item) => `${formatIp(item.address)}/${item.prefixLength} `).join('')
  })
}
