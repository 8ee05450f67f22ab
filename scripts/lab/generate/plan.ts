// A generated network before it is written down: its networks and routers, and the sessions between them.
import type { Router, Session } from './router-config.ts'

export interface Plan {
  networks: { name: string; cidr: string }[]
  routers: Router[]
}

/** Session towards `peer`, as both sides name them alike. */
export function sessionTo(router: Router, peer: Router, network: string): Session {
  const source = router.addresses[network]
  const neighbor = peer.addresses[network]
  if (source === undefined || neighbor === undefined)
    throw new Error(`${router.name} and ${peer.name} share no network`)
  return {
    name: `to_${peer.name}`,
    peer: peer.name,
    neighbor,
    remoteAs: peer.as,
    source,
    passive: source < neighbor,
    password: null,
    nextHop: null,
    allowLocalAs: false,
    options: [],
    importLines: [],
    exportLines: [],
  }
}

/** The other end of a session. */
export function farEnd(routers: readonly Router[], router: Router, session: Session): Session | undefined {
  const peer = routers.find((candidate) => candidate.name === session.peer)
  return peer?.sessions.find((candidate) => candidate.peer === router.name)
}

/** As the documents of all shapes write it. */
export interface Step {
  at: number
  action: string
  [field: string]: unknown
}
