// Paths a host has refused and still would hold if it had not: BIRD keeps those of an `import keep filtered`, the
// recording the others.
import type { Micros } from '../bird/ports.ts'
import { formatPrefix } from '../net/prefix.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import type { ViewReader } from './reader.ts'
import type { RouteRejected } from './run-index.ts'

export interface Rejection {
  at: Micros
  event: RouteRejected
  /** It is in the table, and `show route filtered` prints it. */
  kept: boolean
}

/** The newest refusal of each path that its peer has neither withdrawn nor lost with the session. */
export function rejectionsAt(reader: ViewReader, host: HostId, at: Micros): Rejection[] {
  return [...keptPaths(reader.recording, host, at), ...forgottenPaths(reader, host, at)]
}

function keptPaths(recording: RecordingReader, host: HostId, at: Micros): Rejection[] {
  return recording.nets(at, host, 'master').flatMap(({ prefix, routes }) =>
    routes
      .filter((route) => route.filtered)
      .map(({ protocol, remotePathId, attributes, lastModified }) => ({
        at: lastModified,
        event: { code: 'route-rejected', protocol, prefix, pathId: remotePathId, attributes, reason: 'import-filter' },
        kept: true,
      })),
  )
}

function forgottenPaths(reader: ViewReader, host: HostId, at: Micros): Rejection[] {
  const { recording } = reader
  const newest = new Map<string, Rejection>()
  for (const rejection of reader.index.rejections(host)) {
    if (rejection.at > at) break
    const { protocol, prefix, pathId } = rejection.event
    newest.set(`${protocol} ${prefix} ${pathId}`, { ...rejection, kept: false })
  }
  const standing = [...newest.values()].filter(({ at: since, event }) => {
    const snapshot = recording.protocol(at, host, event.protocol)
    return snapshot !== null && snapshot.since <= since && snapshot.bgp?.state === 'Established'
  })
  if (standing.length === 0) return []
  const held = heldPaths(recording, host, at)
  const withdrawn = withdrawals(reader, { host, from: Math.min(...standing.map((item) => item.at)), at })
  return standing.filter(({ at: since, event }) => {
    if (held.has(`${event.protocol} ${event.prefix} ${event.pathId}`)) return false
    return (withdrawn.get(`${event.protocol} ${event.prefix}`) ?? -1) <= since
  })
}

export function rejectedLine({ event }: Rejection): { prefix: string; reason: string } {
  return { prefix: formatPrefix(event.prefix), reason: event.reason }
}

function heldPaths(recording: RecordingReader, host: HostId, at: Micros): Set<string> {
  const paths = new Set<string>()
  for (const { prefix, routes } of recording.nets(at, host, 'master')) {
    for (const route of routes) paths.add(`${route.protocol} ${prefix} ${route.remotePathId}`)
  }
  return paths
}

/** When each prefix was last withdrawn from the host, by the protocol that heard it. */
function withdrawals(reader: ViewReader, span: { host: HostId; from: Micros; at: Micros }): Map<string, Micros> {
  const { recording, pairings } = reader
  const found = new Map<string, Micros>()
  const { first, end } = recording.messagesSent(span.from - 1_000_000, span.at)
  for (let id = first; id < end; id++) {
    const record = recording.message(id)
    if (record?.to !== span.host || record.message.type !== 'UPDATE' || record.arrivesAt > span.at) continue
    if (record.message.withdrawn.length === 0) continue
    const pair = pairings.at(record.arrivesAt).find(span.host, record.sourceAddress)
    const protocol = pair?.low.host === span.host ? pair.low.name : pair?.high?.name
    for (const { prefix } of record.message.withdrawn) note(found, `${protocol} ${prefix}`, record.arrivesAt)
  }
  return found
}

function note(found: Map<string, Micros>, key: string, at: Micros): void {
  found.set(key, Math.max(found.get(key) ?? 0, at))
}
