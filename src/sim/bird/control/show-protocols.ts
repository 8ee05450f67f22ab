// `birdc show protocols [all]` (nest/proto.c, proto_cmd_show and proto_show_stats; proto/bgp/bgp.c, bgp_show_proto_info).
import { formatIp } from '../../net/address.ts'
import type { ProtocolConfig } from '../config/tree.ts'
import { patternFits } from '../pattern.ts'
import type { BgpSnapshot, Micros, ProtocolSnapshot, RouteStats, TimerSnapshot } from '../ports.ts'
import type { LimitDirection } from '../table/announce.ts'
import { remaining, shortTime, type WallClock } from './clock.ts'
import type { ProtocolPattern } from './request.ts'

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

type Cell = number | '---'

function columns(...values: Cell[]): string {
  return values.map((value) => String(value).padStart(10)).join(' ')
}

/** What the lines say beyond the recorded state: how the protocol was configured, and which limits were hit. */
export interface ProtocolExtras {
  readonly config: ProtocolConfig | null
  readonly limitsHit: ReadonlySet<LimitDirection>
}

const NO_EXTRAS: ProtocolExtras = { config: null, limitsHit: new Set() }

function limitLines({ config, limitsHit }: ProtocolExtras): string[] {
  if (config === null) return []
  const limits = [
    ['Receive limit', 'receive', config.receiveLimit],
    ['Import limit', 'import', config.importLimit],
    ['Export limit', 'export', config.exportLimit],
  ] as const
  return limits.flatMap(([label, direction, limit]) => {
    if (limit === null) return []
    const hit = limitsHit.has(direction) ? ' [HIT]' : ''
    return [option(label, `${limit.limit}${hit}`), `    Action:       ${limit.action}`]
  })
}

function statsLines(stats: RouteStats, kind: ProtocolSnapshot['kind'], keepsFiltered: boolean): string[] {
  const { importUpdates: iu, importWithdraws: iw, exportUpdates: eu, exportWithdraws: ew } = stats
  const pipe = kind === 'Pipe'
  const filtered = keepsFiltered ? `${stats.filtered} filtered, ` : ''
  const preferred = pipe ? '' : `, ${stats.preferred} preferred`
  return [
    `  Routes:         ${stats.imported} imported, ${filtered}${stats.exported} exported${preferred}`,
    '  Route change stats:     received   rejected   filtered    ignored   accepted',
    `    Import updates:     ${columns(iu.received, iu.rejected, iu.filtered, iu.ignored, iu.accepted)}`,
    `    Import withdraws:   ${columns(iw.received, iw.rejected, '---', iw.ignored, iw.accepted)}`,
    `    Export updates:     ${columns(eu.received, eu.rejected, eu.filtered, eu.ignored ?? '---', eu.accepted)}`,
    `    Export withdraws:   ${columns(ew.received, pipe ? 0 : '---', '---', ew.ignored ?? '---', ew.accepted)}`,
  ]
}

function timer(value: TimerSnapshot, now: Micros): string {
  return `${remaining(value.deadline, now)}/${value.nominalSeconds}`
}

/** Imported and kept routes against the limit. */
function routeLimit({ stats }: ProtocolSnapshot, config: ProtocolConfig | null): string[] {
  const limit = config?.importLimit ?? null
  if (limit === null || stats === null) return []
  return [detail('Route limit', `${stats.imported + stats.filtered}/${limit.limit}`)]
}

function bgpLines(snapshot: ProtocolSnapshot, bgp: BgpSnapshot, now: Micros, config: ProtocolConfig | null): string[] {
  const { state } = snapshot
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
    lines.push(...routeLimit(snapshot, config))
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
export function protocolDetails(
  protocol: NamedProtocol,
  now: Micros,
  clock: WallClock,
  extras: ProtocolExtras = NO_EXTRAS,
): string[] {
  const { snapshot } = protocol
  const { config } = extras
  const lines = [protocolRow(protocol, now, clock)]
  if (snapshot.description !== null) lines.push(option('Description', snapshot.description))
  if (snapshot.message !== null) lines.push(option('Message', snapshot.message))
  if (config !== null && config.routerId !== null) lines.push(option('Router ID', formatIp(config.routerId)))
  lines.push(option('Preference', snapshot.preference))
  lines.push(option('Input filter', snapshot.importFilter), option('Output filter', snapshot.exportFilter))
  lines.push(...recoveryLine(snapshot.bgp), ...limitLines(extras))
  if (snapshot.stats !== null) {
    const keeps = config?.importKeepFiltered ?? snapshot.stats.filtered > 0
    lines.push(...statsLines(snapshot.stats, snapshot.kind, keeps))
  }
  if (snapshot.bgp !== null) lines.push(...bgpLines(snapshot, snapshot.bgp, now, config))
  lines.push('')
  return lines
}

export function chosenProtocols(protocols: readonly NamedProtocol[], target: ProtocolPattern): NamedProtocol[] {
  return protocols.filter(({ name }) => (target.pattern ? patternFits(target.text, name) : name === target.text))
}

/** The line when nothing is chosen. */
export function noneChosen(target: ProtocolPattern): string {
  return target.pattern ? 'No protocols match' : `${target.text} is not a protocol`
}

export interface ProtocolsListing {
  readonly all: boolean
  /** null: every protocol. */
  readonly target: ProtocolPattern | null
  readonly now: Micros
  readonly clock: WallClock
  readonly extras?: (name: string) => ProtocolExtras
}

export function showProtocols(protocols: readonly NamedProtocol[], listing: ProtocolsListing): string[] {
  const { all, target, now, clock, extras } = listing
  const chosen = target === null ? protocols : chosenProtocols(protocols, target)
  if (chosen.length === 0 && target !== null) return [noneChosen(target)]
  const rows = chosen.flatMap((each) =>
    all ? protocolDetails(each, now, clock, extras?.(each.name)) : [protocolRow(each, now, clock)],
  )
  return [PROTOCOLS_HEADER, ...rows]
}
