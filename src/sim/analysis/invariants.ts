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
  const hosts = new Map<HostId, HostTable>()
  const tableOf = (host: HostId): HostTable => {
    const table = hosts.get(host) ?? readHost(recording, at, host)
    hosts.set(host, table)
    return table
  }
  for (const session of announcedOn(recording, at)) {
    const receiver = tableOf(session.to).established.get(session.fromAddress)
    const sender = tableOf(session.from).established.get(session.toAddress)
    if (receiver == null || sender == null) continue
    const held = tableOf(session.to).held.get(receiver.name) ?? new Map<string, RouteSnapshot>()
    found.push(...compare(recording, { session, held, ...receiver }))
  }
  return found
}

/** What one host holds, by the protocol it came from. */
interface HostTable {
  /** By neighbor address; null: several protocols have a session with it, so nothing can be said. */
  established: Map<Ip, { name: string; snapshot: ProtocolSnapshot } | null>
  held: Map<string, Map<string, RouteSnapshot>>
}

function readHost(recording: RecordingReader, at: number, host: HostId): HostTable {
  const established: HostTable['established'] = new Map()
  const tables = new Set<string>()
  for (const row of recording.protocols(at, host)) {
    tables.add(row.snapshot.table)
    if (row.snapshot.bgp?.state !== 'Established') continue
    const neighbor = row.snapshot.bgp.neighborAddress
    established.set(neighbor, established.has(neighbor) ? null : row)
  }
  const held: HostTable['held'] = new Map()
  for (const table of tables) {
    for (const { prefix, routes } of recording.nets(at, host, table)) {
      for (const route of routes) {
        const mine = held.get(route.protocol) ?? new Map<string, RouteSnapshot>()
        held.set(route.protocol, mine.set(`${prefix} ${route.remotePathId}`, route))
      }
    }
  }
  return { established, held }
}

function compare(
  recording: RecordingReader,
  end: { session: Session; held: ReadonlyMap<string, RouteSnapshot>; name: string; snapshot: ProtocolSnapshot },
): string[] {
  const { session, name, snapshot, held } = end
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

function sameRoute(route: RouteSnapshot, announced: Announced): boolean {
  const { attributes } = route
  const path = formatAsPath(attributes?.asPath ?? []) === formatAsPath(announced.attributes?.asPath ?? [])
  return path && attributes?.nextHop === announced.attributes?.nextHop
}
