// What must hold of any cluster at rest: no packet goes in circles, and what A announced to B is what B holds from A,
// less what B rejected for a reason it gave.
import { formatAsPath } from '../bgp/as-path.ts'
import type { ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import { walkPacket } from '../kernel/packet-walk.ts'
import { formatIp, type Ip } from '../net/address.ts'
import { formatPrefix, type Prefix, prefixAddress, prefixLength } from '../net/prefix.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import { type Announced, announcedOn, type Session } from './wire-state.ts'
import { worldAt } from './world-state.ts'

export interface Violation {
  at: number
  message: string
}

/** Nothing changed for this long. */
const REST = 2_000_000

/** Whether RIBs and FIBs rest at `at`, and no UPDATE is under way. */
export function atRest(recording: RecordingReader, at: number): boolean {
  const moving = recording.inFlight(at).some((record) => record.message.type !== 'KEEPALIVE')
  if (moving) return false
  return recording.hosts.every((_, host) =>
    (['net', 'fib'] as const).every((kind) => {
      const times = recording.changes(kind, host)
      const last = times.findLast((time) => time <= at)
      return last === undefined || last + REST <= at
    }),
  )
}

export function checkInvariants(recording: RecordingReader, at: number): Violation[] {
  if (!atRest(recording, at)) return []
  return [...loops(recording, at), ...sessions(recording, at)].map((message) => ({ at, message }))
}

/** An address inside each prefix that any FIB routes, from every host. */
function loops(recording: RecordingReader, at: number): string[] {
  const world = worldAt(recording, at)
  const targets = new Map<Prefix, Ip>()
  recording.hosts.forEach((_, host) => {
    for (const { prefix } of recording.fib(at, host)) targets.set(prefix, addressIn(prefix))
  })
  const found: string[] = []
  for (const host of world.hosts) {
    if (!host.powered) continue
    for (const [prefix, destination] of targets) {
      const walk = walkPacket(world, { from: host.name, source: host.address ?? 0, destination })
      if (walk.verdict !== 'loop') continue
      found.push(
        `a packet from ${host.name} to ${formatIp(destination)} (${formatPrefix(prefix)}) goes in circles at ${walk.host}`,
      )
    }
  }
  return found
}

function addressIn(prefix: Prefix): Ip {
  return prefixLength(prefix) >= 31 ? prefixAddress(prefix) : prefixAddress(prefix) + 1
}

function sessions(recording: RecordingReader, at: number): string[] {
  const found: string[] = []
  for (const session of announcedOn(recording, at)) {
    const receiver = established(recording, at, { host: session.to, neighbor: session.fromAddress })
    const sender = established(recording, at, { host: session.from, neighbor: session.toAddress })
    if (receiver === null || sender === null) continue
    found.push(...compare(recording, at, { session, ...receiver }))
  }
  return found
}

/** The one protocol of a host that has an established session with that address; null when none or several have. */
function established(
  recording: RecordingReader,
  at: number,
  end: { host: HostId; neighbor: Ip },
): { name: string; snapshot: ProtocolSnapshot } | null {
  const rows = recording.protocols(at, end.host).filter(({ snapshot }) => {
    return snapshot.bgp?.state === 'Established' && snapshot.bgp.neighborAddress === end.neighbor
  })
  return rows.length === 1 ? (rows[0] ?? null) : null
}

function compare(
  recording: RecordingReader,
  at: number,
  end: { session: Session; name: string; snapshot: ProtocolSnapshot },
): string[] {
  const { session, name, snapshot } = end
  const held = heldFrom(recording, at, { host: session.to, protocol: name, table: snapshot.table })
  const pair = `${recording.hosts[session.from]} to ${recording.hosts[session.to]} (${name})`
  const found: string[] = []
  for (const [key, announced] of session.announced) {
    const route = held.get(key)
    const text = formatPrefix(announced.prefix)
    if (route === undefined) {
      if (!session.rejected.has(`${name} ${key}`)) found.push(`${text} was announced from ${pair} and is not held`)
    } else if (snapshot.importFilter === 'ACCEPT' && !sameRoute(route, announced)) {
      found.push(`${text} is held with other attributes than announced from ${pair}`)
    }
  }
  for (const [key, route] of held) {
    if (session.announced.has(key) || route.stale) continue
    found.push(`${formatPrefix(Number(key.split(' ')[0]))} is held from ${pair} and is not announced`)
  }
  return found
}

function heldFrom(
  recording: RecordingReader,
  at: number,
  where: { host: HostId; protocol: string; table: string },
): Map<string, RouteSnapshot> {
  const held = new Map<string, RouteSnapshot>()
  for (const { prefix, routes } of recording.nets(at, where.host, where.table)) {
    for (const route of routes) {
      if (route.protocol === where.protocol) held.set(`${prefix} ${route.remotePathId}`, route)
    }
  }
  return held
}

function sameRoute(route: RouteSnapshot, announced: Announced): boolean {
  const { attributes } = route
  const path = formatAsPath(attributes?.asPath ?? []) === formatAsPath(announced.attributes?.asPath ?? [])
  return path && attributes?.nextHop === announced.attributes?.nextHop
}
