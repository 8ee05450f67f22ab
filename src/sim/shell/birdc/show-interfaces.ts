// `birdc show interfaces [summary]` (nest/iface.c, if_show and if_show_summary), from the kernel's interfaces: BIRD has
// the same list while a device protocol runs. An interface counts as up for BIRD only when it has an address, except the loopback.
import type { KernelInterface } from '../../kernel/types.ts'
import { formatIp, type Ip } from '../../net/address.ts'
import { prefix, prefixHas } from '../../net/prefix.ts'

const SITE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(prefix)
const LINK = prefix('169.254.0.0/16')

/** nest/route.c, ip_scope_text of ipa_classify. */
function scope(address: Ip): string {
  if (address >>> 24 === 127) return 'host'
  if (prefixHas(LINK, address)) return 'link'
  return SITE.some((range) => prefixHas(range, address)) ? 'site' : 'univ'
}

function isUp(iface: KernelInterface): boolean {
  return iface.up && iface.carrier && (iface.kind === 'loopback' || iface.addresses.length > 0)
}

function flags(iface: KernelInterface): string {
  const words = ['MultiAccess']
  if (iface.kind === 'ethernet' || iface.kind === 'veth' || iface.kind === 'vxlan') words.push('Broadcast', 'Multicast')
  words.push(iface.up ? 'AdminUp' : 'AdminDown', iface.up && iface.carrier ? 'LinkUp' : 'LinkDown')
  if (iface.kind === 'loopback') words.push('Loopback', 'Ignored')
  return `\t${words.join(' ')} MTU=${iface.mtu}`
}

export function showInterfaces(interfaces: readonly KernelInterface[], summary: boolean): string[] {
  if (!summary) {
    return interfaces.flatMap((iface) => [
      `${iface.name} ${isUp(iface) ? 'up' : 'DOWN'} (index=${iface.index})`,
      flags(iface),
      ...iface.addresses.map(
        ({ address, prefixLength }, index) =>
          `\t${formatIp(address)}/${prefixLength} (${index === 0 ? 'Primary' : 'Secondary'}, scope ${scope(address)})`,
      ),
    ])
  }
  const rows = interfaces.map((iface) => {
    const first = iface.addresses[0]
    const address = first === undefined ? '' : `${formatIp(first.address)}/${first.prefixLength}`
    return `${iface.name.padEnd(9)} ${(isUp(iface) ? 'up' : 'DOWN').padEnd(5)} ${address}`
  })
  return ['interface state address', ...rows]
}
