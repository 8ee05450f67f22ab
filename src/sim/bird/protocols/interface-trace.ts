// Interface traces of a protocol (`debug { interfaces }`, nest/iface.c).

import { formatIp } from '../../net/address.ts'
import { formatPrefix } from '../../net/prefix.ts'
import type { InterfaceChange } from '../interfaces.ts'

export function interfaceTrace(log: { log(line: string): void }, name: string, change: InterfaceChange): void {
  const iface = change.iface.name
  switch (change.kind) {
    case 'up':
    case 'down':
      log.log(`${name} < interface ${iface} goes ${change.kind}`)
      break
    case 'created':
      log.log(`${name} < interface ${iface} created`)
      break
    case 'mtu':
      log.log(`${name} < interface ${iface} changes MTU to ${change.iface.mtu}`)
      break
    case 'link':
      log.log(`${name} < interface ${iface} link goes ${change.iface.linkUp ? 'up' : 'down'}`)
      break
    case 'address-added':
    case 'address-removed': {
      const a = change.address
      const text = a.prefixLength === 32 ? formatIp(a.address) : formatPrefix(a.prefix)
      const what = a.secondary ? 'secondary' : 'primary'
      log.log(
        `${name} < ${what} address ${a.prefixLength === 32 ? `${text}/32` : text} on interface ${iface} ${change.kind === 'address-added' ? 'added' : 'removed'}`,
      )
      break
    }
  }
}
