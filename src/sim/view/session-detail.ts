// The inspector of one session: both ends as birdc shows them, the way each took through the session machine, what they
// told each other, and what of it was refused.
import { transcriptLine } from '../bgp/transcript.ts'
import { remaining } from '../bird/control/clock.ts'
import { protocolDetails } from '../bird/control/show-protocols.ts'
import type { BgpSnapshot, Micros, TimerSnapshot } from '../bird/ports.ts'
import { fibOrder } from '../bird/table/fib-order.ts'
import { validRoutes } from '../bird/valid-routes.ts'
import { formatPrefix, type Prefix } from '../net/prefix.ts'
import type { HostId, MessageRecord, RecordingReader } from '../recording/types.ts'
import { wallClock } from '../shell/clock.ts'
import { messageLook } from './message-view.ts'
import type { SessionPair } from './pairing.ts'
import { type ViewReader, viewReader } from './reader.ts'
import { rejectedLine, rejectionsAt } from './rejections.ts'
import type { ProtocolEnd } from './run-index.ts'
import { sessionMessages } from './session-messages.ts'
import { sessionOrigin } from './session-origin.ts'
import type { SessionDetail } from './types.ts'

type End = SessionDetail['ends'][number]

export function sessionDetail(
  recording: RecordingReader,
  asked: { at: Micros; id: string; startEpochMs: number },
): SessionDetail | null {
  const reader = viewReader(recording)
  const pair = reader.pairings.at(asked.at).byId.get(asked.id)
  const session = pair === undefined ? null : reader.sessions.view(pair, asked.at)
  if (pair === undefined || session === null) return null
  const messages = sessionMessages(recording, pair, asked.at)
  const ends = [pair.low, pair.high].flatMap((end) => {
    if (end === null) return []
    return endDetail(reader, { end, pair, messages, at: asked.at, startEpochMs: asked.startEpochMs }) ?? []
  })
  return {
    session,
    ends: ends.sort((a, b) => Number(b.host === session.a.host) - Number(a.host === session.a.host)),
    messages: messages.map((record) => ({
      id: record.id,
      at: record.sentAt,
      look: messageLook(record.message),
      from: recording.hosts[record.from] ?? '',
      text: transcriptLine(record.message),
    })),
  }
}

interface EndQuestion {
  end: ProtocolEnd
  pair: SessionPair
  messages: readonly MessageRecord[]
  at: Micros
  startEpochMs: number
}

/** null: the protocol is not there at the time. */
function endDetail(reader: ViewReader, { end, messages, at, startEpochMs }: EndQuestion): End | null {
  const { recording, index } = reader
  const { host, name } = end
  const snapshot = recording.protocol(at, host, name)
  if (snapshot?.bgp == null) return null
  const hostName = recording.hosts[host] ?? ''
  const lines = protocolDetails({ name, snapshot }, at, wallClock(startEpochMs))
  return {
    host: hostName,
    protocol: name,
    lines: lines.slice(0, -1),
    path: index
      .states(host, name)
      .filter((state) => state.at <= at)
      .map(({ at: when, event }) => ({ at: when, from: event.from, to: event.to, reason: event.reason })),
    timers: timers(snapshot.bgp, at),
    routesIn: routesFrom(recording, { host, name, at }),
    routesOut: snapshot.bgp.state === 'Established' ? told(messages, host) : [],
    rejected: rejectionsAt(reader, host, at)
      .filter(({ event }) => event.protocol === name)
      .map(rejectedLine),
    origin: sessionOrigin(recording, { host: hostName, protocol: name }, at),
  }
}

function timers(bgp: BgpSnapshot, at: Micros): End['timers'] {
  const row = (
    name: End['timers'][number]['name'],
    timer: TimerSnapshot | null | undefined,
  ): End['timers'][number] => ({
    name,
    remainingSeconds: timer == null ? null : remaining(timer.deadline, at),
    nominalSeconds: timer?.nominalSeconds ?? null,
  })
  return [
    row('hold', bgp.holdTimer),
    row('keepalive', bgp.keepaliveTimer),
    row('connect-retry', bgp.connectRetry),
    row('connect-delay', bgp.connectDelay),
    row('error-wait', bgp.errorWait),
    row('graceful-restart', bgp.gracefulRestart?.timer),
  ]
}

function routesFrom(recording: RecordingReader, of: { host: HostId; name: string; at: Micros }): string[] {
  const table = recording.protocol(of.at, of.host, of.name)?.table ?? 'master'
  return [...recording.nets(of.at, of.host, table)]
    .filter(({ routes }) => validRoutes(routes).some((route) => route.protocol === of.name))
    .sort(fibOrder)
    .map(({ prefix }) => formatPrefix(prefix))
}

/** What a host has announced on the present connection and not withdrawn. */
function told(messages: readonly MessageRecord[], host: HostId): string[] {
  const standing = new Map<string, Prefix>()
  for (const { from, message } of messages) {
    if (from !== host) continue
    if (message.type === 'OPEN') standing.clear()
    if (message.type !== 'UPDATE') continue
    for (const { prefix, pathId } of message.withdrawn) standing.delete(`${prefix} ${pathId}`)
    for (const { prefix, pathId } of message.announced) standing.set(`${prefix} ${pathId}`, prefix)
  }
  return [...new Set(standing.values())].map(formatPrefix)
}
