// `birdc show protocols [all]` (nest/proto.c, proto_cmd_show and proto_show_stats; proto/bgp/bgp.c, bgp_show_proto_info).
import { formatIp } from '../../net/address.ts'
import type { BgpSnapshot, Micros, ProtocolSnapshot, RouteStats, TimerSnapshot } from '../ports.ts'
import { remaining, shortTime, type WallClock } from './clock.ts'

export interface NamedProtocol {
  name: string
  snapshot: ProtocolSnapshot
}

const PROTOCOLS_HEADER = 'name     proto    table    state  since       info'

/** One row of the table. The trailing blanks are birdc's own. */
export function protocolRow({ name, snapshot }: NamedProtocol, now: Micros, clock: WallClock): string {
  const since = shortTime(clock, snapshot.since, now)
  const columns = [name.padEnd(8), snapshot.kind.padEnd(8), snapshot.table.padEnd(8), snapshot.state.padEnd(5)]
  return `${columns.join(' ')}  ${since.padEnd(10)}  ${snapshot.info}`
}

function option(label: string, value: string | number): string {
  return `  ${`${label}:`.padEnd(16)}${value}`
}

function detail(label: string, value: string | number): string {
  return `    ${`${label}:`.padEnd(18)}${value}`
}

function columns(...values: (number | '---')[]): string {
  return values.map((value) => String(value).padStart(10)).join(' ')
}

function statsLines(stats: RouteStats, keepsFiltered: boolean): string[] {
  const { importUpdates: iu, importWithdraws: iw, exportUpdates: eu, exportWithdraws: ew } = stats
  const filtered = keepsFiltered ? `${stats.filtered} filtered, ` : ''
  return [
    `  Routes:         ${stats.imported} imported, ${filtered}${stats.exported} exported, ${stats.preferred} preferred`,
    '  Route change stats:     received   rejected   filtered    ignored   accepted',
    `    Import updates:     ${columns(iu.received, iu.rejected, iu.filtered, iu.ignored, iu.accepted)}`,
    `    Import withdraws:   ${columns(iw.received, iw.rejected, '---', iw.ignored, iw.accepted)}`,
    `    Export updates:     ${columns(eu.received, eu.rejected, eu.filtered, '---', eu.accepted)}`,
    `    Export withdraws:   ${columns(ew.received, '---', '---', '---', ew.accepted)}`,
  ]
}

function timer(value: TimerSnapshot, now: Micros): string {
  return `${remaining(value.deadline, now)}/${value.nominalSeconds}`
}

function bgpLines(bgp: BgpSnapshot, state: ProtocolSnapshot['state'], now: Micros): string[] {
  const lines = [
    `  BGP state:          ${bgp.state}`,
    detail('Neighbor address', formatIp(bgp.neighborAddress)),
    detail('Neighbor AS', bgp.neighborAs),
  ]
  if (bgp.gracefulRestart !== null) {
    lines.push('    Neighbor graceful restart active')
    const restart = bgp.gracefulRestart.timer
    if (state === 'start' && restart !== null)
      lines.push(detail('Restart timer', `${remaining(restart.deadline, now)}/-`))
  }
  if (state === 'start') {
    if (bgp.errorWait !== null) lines.push(detail('Error wait', timer(bgp.errorWait, now)))
    if (bgp.connectDelay !== null) lines.push(detail('Connect delay', timer(bgp.connectDelay, now)))
  } else if (bgp.neighborId !== null && bgp.state === 'Established') {
    lines.push(detail('Neighbor ID', formatIp(bgp.neighborId)))
    lines.push(detail('Neighbor caps', (bgp.neighborCaps ?? []).join(' ')))
    lines.push(detail('Session', (bgp.session ?? []).join(' ')))
    if (bgp.sourceAddress !== null) lines.push(detail('Source address', formatIp(bgp.sourceAddress)))
    if (bgp.holdTimer !== null) lines.push(detail('Hold timer', timer(bgp.holdTimer, now)))
    if (bgp.keepaliveTimer !== null) lines.push(detail('Keepalive timer', timer(bgp.keepaliveTimer, now)))
  }
  if (bgp.lastError !== '') lines.push(detail('Last error', bgp.lastError))
  return lines
}

function recoveryLine(bgp: BgpSnapshot | null): string[] {
  if (bgp?.recovery == null) return []
  const { pending, waiting } = bgp.recovery
  return [`  GR recovery:   ${pending ? ' pending' : ''}${waiting ? ' waiting' : ''}`]
}

/** The row, its details, and the empty line that ends them. */
export function protocolDetails(protocol: NamedProtocol, now: Micros, clock: WallClock): string[] {
  const { snapshot } = protocol
  const lines = [protocolRow(protocol, now, clock)]
  if (snapshot.description !== null) lines.push(option('Description', snapshot.description))
  if (snapshot.message !== null) lines.push(option('Message', snapshot.message))
  lines.push(option('Preference', snapshot.preference))
  lines.push(option('Input filter', snapshot.importFilter), option('Output filter', snapshot.exportFilter))
  lines.push(...recoveryLine(snapshot.bgp))
  if (snapshot.stats !== null) lines.push(...statsLines(snapshot.stats, snapshot.stats.filtered > 0))
  if (snapshot.bgp !== null) lines.push(...bgpLines(snapshot.bgp, snapshot.state, now))
  lines.push('')
  return lines
}

/** birdc's glob for protocol names: `*` and `?`. */
export function globMatches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(name)
}

/** `target`: a name, a `"pattern"` in quotes, or null for all. */
export function showProtocols(
  protocols: readonly NamedProtocol[],
  options: { all: boolean; target: string | null; now: Micros; clock: WallClock },
): string[] {
  const { all, target, now, clock } = options
  const quoted = target?.startsWith('"') === true
  const pattern = quoted ? target.slice(1, target.endsWith('"') && target.length > 1 ? -1 : undefined) : target
  const chosen = protocols.filter(({ name }) =>
    pattern === null ? true : quoted ? globMatches(pattern, name) : name === pattern,
  )
  if (chosen.length === 0 && pattern !== null) {
    return [quoted ? 'No protocols match' : `${pattern} is not a protocol`]
  }
  const rows = chosen.flatMap((each) => (all ? protocolDetails(each, now, clock) : [protocolRow(each, now, clock)]))
  return [PROTOCOLS_HEADER, ...rows]
}
