// Who stands at the other end: the paired host, or, when its BIRD is gone, whoever has the address.
import type { HostView, SessionView } from '../../../sim/index.ts'

export function hostAt(hosts: readonly HostView[], address: string): HostView | undefined {
  return hosts.find(
    (host) => host.address === address || host.links.some((link) => link.address.split('/')[0] === address),
  )
}

/** null: nobody has the address. */
export function peerName(session: SessionView, hosts: readonly HostView[]): string | null {
  return session.b?.host ?? hostAt(hosts, session.remoteAddress)?.name ?? null
}
