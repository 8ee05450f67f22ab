// Each predicate of `expect` at one time: whether it holds, and in a few words what is there.
import { routeDetails } from '../bird/control/format-route.ts'
import type { RouteSnapshot } from '../bird/ports.ts'
import { validRoutes } from '../bird/valid-routes.ts'
import { formatRoute, linkDownOf } from '../kernel/format-route.ts'
import { formatIp } from '../net/address.ts'
import { parsePrefix } from '../net/prefix.ts'
import type { MessageRecord, RecordingReader } from '../recording/types.ts'
import type { Predicate } from '../scenario/types.ts'
import { reach } from './reachability.ts'
import { worldAt } from './world-state.ts'

export interface Finding {
  holds: boolean
  detail: string
}
type Of<K extends Predicate['kind']> = Extract<Predicate, { kind: K }>

export function evaluate(recording: RecordingReader, predicate: Predicate, at: number): Finding {
  switch (predicate.kind) {
    case 'reachable':
      return reachable(recording, predicate, at)
    case 'session':
      return session(recording, predicate, at)
    case 'route':
      return route(recording, predicate, at)
    case 'kernel':
      return kernel(recording, predicate, at)
    case 'log':
      return log(recording, predicate, at)
    case 'message':
      return message(recording, predicate, at)
  }
}

function noHost(name: string): Finding {
  return { holds: false, detail: `there is no host ${name}` }
}

function reachable(recording: RecordingReader, predicate: Of<'reachable'>, at: number): Finding {
  const result = reach(worldAt(recording, at), predicate)
  if (result.ok) return { holds: true, detail: 'it is reached' }
  const where = result.host === null ? '' : ` at ${result.host}`
  const way = result.back === null ? '' : ' on the way back'
  return { holds: false, detail: `${result.reason}${where}${way}${result.line === null ? '' : ` (${result.line})`}` }
}

function session(recording: RecordingReader, predicate: Of<'session'>, at: number): Finding {
  const host = recording.hostId(predicate.host)
  if (host === null) return noHost(predicate.host)
  const snapshot = recording.protocol(at, host, predicate.protocol)
  if (snapshot === null) {
    const names = recording.protocols(at, host).map((row) => row.name)
    return { holds: false, detail: `no such protocol; there is ${names.length === 0 ? 'none' : names.join(', ')}` }
  }
  const words: readonly (string | undefined)[] = [snapshot.state, snapshot.bgp?.state]
  const info = predicate.info === undefined || new RegExp(predicate.info).test(snapshot.info)
  const state = words.filter((word) => word !== undefined).join(' ')
  return { holds: words.includes(predicate.state) && info, detail: `it is ${state}, info '${snapshot.info}'` }
}

function route(recording: RecordingReader, predicate: Of<'route'>, at: number): Finding {
  const host = recording.hostId(predicate.host)
  if (host === null) return noHost(predicate.host)
  const prefix = predicate.prefix === 'default' ? 0 : parsePrefix(predicate.prefix)
  const net = recording.nets(at, host, 'master').find((row) => row.prefix === prefix)
  if (net === undefined || net.routes.length === 0) return { holds: false, detail: 'the table has no such net' }
  const routes = validRoutes(net.routes)
  if (routes.length === 0) return { holds: false, detail: 'the table has filtered routes only' }
  const holds = routes.some((candidate, index) => matches(candidate, { best: index === 0, predicate }))
  return { holds, detail: `the table has ${routes.map(shown).join('; ')}` }
}

function shown(candidate: RouteSnapshot, index: number): string {
  const via = candidate.gateway === null ? candidate.dest : `via ${formatIp(candidate.gateway)}`
  return `${via} [${candidate.protocol}]${index === 0 ? ' *' : ''}`
}

function matches(candidate: RouteSnapshot, asked: { best: boolean; predicate: Of<'route'> }): boolean {
  const { predicate } = asked
  if (predicate.protocol !== undefined && candidate.protocol !== predicate.protocol) return false
  if (predicate.best !== undefined && asked.best !== predicate.best) return false
  if (predicate.via !== undefined) {
    const gateways = [candidate.gateway, ...(candidate.nexthops ?? []).map((hop) => hop.gateway)]
    if (!gateways.some((gateway) => gateway !== null && formatIp(gateway) === predicate.via)) return false
  }
  const lines = routeDetails(candidate).map((line) => line.trim())
  return Object.entries(predicate.attributes ?? {}).every(([name, value]) => lines.includes(`${name}: ${value}`.trim()))
}

function kernel(recording: RecordingReader, predicate: Of<'kernel'>, at: number): Finding {
  const host = recording.hostId(predicate.host)
  if (host === null) return noHost(predicate.host)
  const down = linkDownOf(recording.interfaces(at, host))
  const lines = recording.fib(at, host).map((item) => formatRoute(item, down))
  const pattern = new RegExp(predicate.line)
  const holds = lines.some((line) => pattern.test(line) || pattern.test(line.trimEnd()))
  return {
    holds,
    detail: `ip route has ${lines.length === 0 ? 'nothing' : lines.map((line) => line.trimEnd()).join(' | ')}`,
  }
}

function log(recording: RecordingReader, predicate: Of<'log'>, at: number): Finding {
  const host = recording.hostId(predicate.host)
  if (host === null) return noHost(predicate.host)
  const pattern = new RegExp(predicate.match)
  const lines = recording.log(at, host)
  return { holds: lines.some(({ line }) => pattern.test(line)), detail: `none of ${lines.length} lines matches` }
}

function message(recording: RecordingReader, predicate: Of<'message'>, at: number): Finding {
  const from = recording.hostId(predicate.from)
  const to = recording.hostId(predicate.to)
  if (from === null) return noHost(predicate.from)
  if (to === null) return noHost(predicate.to)
  const { first, end } = recording.messagesSent(-1, at)
  let count = 0
  for (let id = first; id < end; id++) {
    const record = recording.message(id)
    if (record === null || record.from !== from || record.to !== to) continue
    if (record.sentAt >= (predicate.after ?? 0) && isType(record, predicate)) count += 1
  }
  const holds = predicate.count === undefined ? count > 0 : count === predicate.count
  return { holds, detail: `${count} such message${count === 1 ? '' : 's'}` }
}

function isType(record: MessageRecord, predicate: Of<'message'>): boolean {
  const sent = record.message
  const prefix =
    predicate.prefix === undefined ? null : predicate.prefix === 'default' ? 0 : parsePrefix(predicate.prefix)
  if (sent.type !== 'UPDATE') return predicate.type === sent.type && prefix === null
  const has = (list: readonly { prefix: number }[]): boolean =>
    prefix === null ? list.length > 0 : list.some((item) => item.prefix === prefix)
  switch (predicate.type) {
    case 'UPDATE':
      return prefix === null || has(sent.announced) || has(sent.withdrawn)
    case 'ANNOUNCE':
      return has(sent.announced)
    case 'WITHDRAW':
      return has(sent.withdrawn)
    case 'END-OF-RIB':
      return sent.announced.length === 0 && sent.withdrawn.length === 0
    default:
      return false
  }
}
