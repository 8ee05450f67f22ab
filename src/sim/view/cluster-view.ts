// Everything the stage draws at one time.
import type { Micros } from '../bird/ports.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import type { SessionCount } from './host-views.ts'
import { viewReader } from './reader.ts'
import type { ClusterView, SessionEnd, SessionView } from './types.ts'

export function clusterView(recording: RecordingReader, at: Micros): ClusterView {
  const reader = viewReader(recording)
  const pairing = reader.pairings.at(at)
  const sessions: SessionView[] = []
  const counts: (SessionCount | undefined)[] = []
  reader.sessions.views(pairing.pairs, at, (view, { low, high }) => {
    sessions.push(view)
    const lowIsThere = view.a.host === recording.hosts[low.host]
    count(counts, lowIsThere || high === null ? low.host : high.host, view.a)
    if (view.b !== null && high !== null) count(counts, high.host, view.b)
  })
  return {
    at,
    networks: recording.networks(at).map((network) => ({
      name: network.name,
      cidr: formatPrefix(network.cidr),
      gateway: network.gateway === null ? null : formatIp(network.gateway),
    })),
    hosts: reader.hosts.views(at, counts),
    sessions,
    messages: recording.inFlight(at).map((record) => reader.messages.view(record)),
  }
}

function count(counts: (SessionCount | undefined)[], host: HostId, end: SessionEnd): void {
  let entry = counts[host]
  if (entry === undefined) {
    entry = { established: 0, total: 0 }
    counts[host] = entry
  }
  entry.total++
  if (end.bgpState === 'Established') entry.established++
}
