// The kernel's table of one host as rows: the line `ip route` prints, and who wrote it.
import type { Micros } from '../bird/ports.ts'
import { formatRoute, linkDownOf } from '../kernel/format-route.ts'
import { type KernelInterface, type KernelRoute, RTPROT } from '../kernel/types.ts'
import { formatPrefix, type Prefix } from '../net/prefix.ts'
import type { HostId } from '../recording/types.ts'
import type { ViewReader } from './reader.ts'
import type { FibRow } from './types.ts'

/** `only`: just the routes to exactly this prefix. */
export function fibRows({ recording, history }: ViewReader, host: HostId, at: Micros, only?: Prefix): FibRow[] {
  const interfaces = recording.interfaces(at, host)
  const down = linkDownOf(interfaces)
  const routes = recording.fib(at, host)
  const shown = only === undefined ? routes : routes.filter(({ prefix }) => prefix === only)
  return shown.map((route) => ({
    line: formatRoute(route, down).trimEnd(),
    prefix: formatPrefix(route.prefix),
    owner: ownerOf(route, interfaces),
    since: history.fibSince(host, route, at),
  }))
}

/** Who wrote a route: by its protocol, and of those without one, by its device (tunnels are Felix's, veths the CNI's). */
function ownerOf(route: KernelRoute, interfaces: readonly KernelInterface[]): FibRow['owner'] {
  if (route.protocol === RTPROT.kernel) return 'kernel'
  if (route.protocol === RTPROT.bird) return 'BIRD'
  if (route.protocol === RTPROT.felix) return 'Felix'
  const device = interfaces.find((iface) => iface.name === route.dev)
  if (device?.kind === 'veth') return 'CNI'
  return device?.kind === 'vxlan' || device?.kind === 'ipip' ? 'Felix' : 'admin'
}
