// The inspector of one host; only the parts that are asked for are filled.
import { remaining } from '../bird/control/clock.ts'
import type { Micros, ProtocolSnapshot } from '../bird/ports.ts'
import type { KernelInterface } from '../kernel/types.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import { isoTime } from '../scenario/time.ts'
import { clusterView } from './cluster-view.ts'
import { fibRows } from './fib-rows.ts'
import { type ViewReader, viewReader } from './reader.ts'
import { ribRows } from './rib-rows.ts'
import type { HostDetail, HostPart, HostView, PodRow, ProtocolRow } from './types.ts'

interface Asked {
  at: Micros
  name: string
  parts: readonly HostPart[]
  startEpochMs: number
}

/** null: no such host at that time. */
export function hostDetail(recording: RecordingReader, asked: Asked): HostDetail | null {
  const { at, name } = asked
  const host = recording.hostId(name)
  const view = clusterView(recording, at).hosts.find((candidate) => candidate.name === name)
  if (host === null || view === undefined) return null
  const reader = viewReader(recording)
  const has = (part: HostPart): boolean => asked.parts.includes(part)
  return {
    host: view,
    overview: has('overview') ? overview(reader, { ...asked, host, view }) : [],
    sessions: has('sessions') ? protocolRows(reader, host, at) : [],
    rib: has('rib') ? ribRows(reader, { host, at, startEpochMs: asked.startEpochMs }) : [],
    fib: has('fib') ? fibRows(reader, host, at) : [],
    files: has('files') ? files(reader, host, at) : [],
    pods: has('pods') ? podRows(recording, name, at) : [],
    log: has('log') ? recording.log(at, host) : [],
  }
}

function overview(
  { recording }: ViewReader,
  of: Asked & { host: HostId; view: HostView },
): { label: string; value: string }[] {
  const { at, host, view, startEpochMs } = of
  const record = recording.host(at, host)
  const status = recording.status(at, host)
  const rows: { label: string; value: string }[] = []
  const add = (label: string, value: string | number | null | undefined): void => {
    if (value != null && value !== '') rows.push({ label, value: String(value) })
  }
  add('phase', view.phase)
  add('address', view.address)
  add('asNumber', view.asNumber)
  add('routerId', status === null ? null : formatIp(status.routerId))
  add('clusterId', view.rrClusterId)
  add('bird', view.bird)
  add('confd', view.confd === 'absent' ? null : view.confd)
  add('felix', view.felix === 'absent' ? null : view.felix)
  add('version', status?.version)
  add('bootedAt', status === null ? null : isoTime(startEpochMs, status.bootedAt))
  add('reconfiguredAt', status === null ? null : isoTime(startEpochMs, status.reconfiguredAt))
  add(
    'interfaces',
    recording
      .interfaces(at, host)
      .filter(({ kind }) => kind !== 'veth')
      .map(interfaceText)
      .join(', '),
  )
  add(
    'labels',
    Object.entries(record?.labels ?? {})
      .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
      .join(', '),
  )
  return rows
}

function interfaceText(iface: KernelInterface): string {
  const addresses = iface.addresses.map((item) => ` ${formatIp(item.address)}/${item.prefixLength}`)
  return `${iface.name}${addresses.join('')}${iface.up && iface.carrier ? '' : ' DOWN'}`
}

function protocolRows(reader: ViewReader, host: HostId, at: Micros): ProtocolRow[] {
  const sessions = new Map<string, string>()
  for (const pair of reader.pairings.at(at).ofHost(host)) {
    const end = pair.low.host === host ? pair.low : pair.high
    if (end !== null) sessions.set(end.name, pair.id)
  }
  return reader.recording.protocols(at, host).map(({ name, snapshot }) => ({
    name,
    kind: snapshot.kind,
    state: snapshot.state,
    since: snapshot.since,
    info: snapshot.info.trimEnd(),
    session: sessions.get(name) ?? null,
    ...upOf(snapshot, at),
  }))
}

function upOf({ bgp, stats }: ProtocolSnapshot, at: Micros): Pick<ProtocolRow, 'up'> {
  if (bgp === null || bgp.state !== 'Established') return {}
  const { holdTimer, lastHeardAt } = bgp
  const hold =
    holdTimer === null
      ? null
      : {
          remainingSeconds: remaining(holdTimer.deadline, at),
          nominalSeconds: holdTimer.nominalSeconds,
          heardSecondsAgo: (at - (lastHeardAt ?? at)) / 1_000_000,
        }
  return { up: { hold, imported: stats?.imported ?? 0, exported: stats?.exported ?? 0 } }
}

function files({ recording, history }: ViewReader, host: HostId, at: Micros): HostDetail['files'] {
  return [...recording.files(at, host)].map(([name, text]) => ({ name, text, ...history.file(host, name, at) }))
}

function podRows(recording: RecordingReader, node: string, at: Micros): PodRow[] {
  return recording
    .pods(at)
    .filter((pod) => pod.node === node)
    .map((pod) => ({
      id: `${pod.namespace}/${pod.name}`,
      phase: pod.phase,
      address: pod.address === null ? null : formatIp(pod.address),
      interface: pod.interface,
      block: pod.block === null ? null : formatPrefix(pod.block),
      borrowed: pod.borrowed,
      reason: pod.reason,
    }))
}
