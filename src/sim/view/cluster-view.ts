// Everything the stage draws at one time.
import type { Micros } from '../bird/ports.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import type { RecordingReader } from '../recording/types.ts'
import type { SessionCount } from './host-views.ts'
import { viewReader } from './reader.ts'
import type { ClusterView, SessionView } from './types.ts'

export function clusterView(recording: RecordingReader, at: Micros): ClusterView {
  const reader = viewReader(recording)
  const pairing = reader.pairings.at(at)
  const sessions: SessionView[] = []
  const counts: (SessionCount | undefined)[] = []
  for (const pair of pairing.pairs) {
    const view = reader.sessions.view(pair, at)
    if (view === null) continue
    sessions.push(view)
    count(counts, recording, view.a)
    if (view.b !== null) count(counts, recording, view.b)
  }
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

function count(counts: (SessionCount | undefined)[], recording: RecordingReader, end: SessionView['a']): void {
  const id = recording.hostId(end.host)
  if (id === null) return
  const entry = counts[id] ?? { established: 0, total: 0 }
  entry.total++
  if (end.bgpState === 'Established') entry.established++
  counts[id] = entry
}
