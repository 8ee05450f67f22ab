// Why a session is not up, or not well, as sentences: first what is wrong with the hosts and cables, then what each end says.
import type { HostView, SessionEnd, SessionView } from '../../../sim/index.ts'
import type { session as catalog } from '../../i18n/en/inspector-session.ts'
import { hostAt } from './peer-name.ts'

type Catalog = (typeof catalog)['why']

/** Without the state word in front: `Socket: Connection refused`. */
export function errorOf({ info, bgpState }: SessionEnd): string {
  const text = info.trim()
  return text.startsWith(bgpState) ? text.slice(bgpState.length).trim() : text
}

type Said = (host: string, words: Catalog) => string
const ERRORS: readonly [RegExp, Said][] = [
  [/^Socket: Connection refused/, (host, words) => words.refused(host)],
  [/^Socket: (No route to host|Network is unreachable)/, (host, words) => words['no-route'](host)],
  [/^Socket: Connection timed out/, (host, words) => words['timed-out'](host)],
  [/^Socket: Connection (closed|reset by peer)/, (host, words) => words.closed(host)],
  [/^BGP Error: Bad peer AS/, (host, words) => words['bad-as-sent'](host)],
  [/^Received: Bad peer AS/, (host, words) => words['bad-as-received'](host)],
  [/^BGP Error: Hold timer expired/, (host, words) => words['hold-expired'](host)],
  [/^Received: Hold timer expired/, (host, words) => words['hold-expired-received'](host)],
]

function saidBy(end: SessionEnd, words: Catalog): string | null {
  const error = errorOf(end)
  if (error === '') return null
  const known = ERRORS.find(([pattern]) => pattern.test(error))
  if (known) return known[1](end.host, words)
  const [, prefix, text] = /^(Received|BGP Error): (.*)$/.exec(error) ?? []
  if (prefix === 'Received') return words.received(end.host, text ?? '')
  return prefix ? words.sent(end.host, text ?? '') : words.other(end.host, error)
}

function waitsFor(end: SessionEnd, words: Catalog): string | null {
  switch (end.bgpState) {
    case 'Passive':
      return words.passive(end.host)
    case 'Idle':
      return errorOf(end) === '' ? null : words.waiting(end.host)
    case 'Active':
    case 'Connect':
      return words.connecting(end.host)
    default:
      return null
  }
}

function broken(host: HostView | undefined, words: Catalog): string[] {
  if (!host) return []
  if (!host.powered) return [words.off(host.name)]
  const cuts = host.links.filter(({ up }) => !up).map(({ network }) => words.cut(host.name, network))
  return host.bird === 'running' ? cuts : [...cuts, words['bird-stopped'](host.name)]
}

function missingEnd(session: SessionView, peer: HostView | undefined, words: Catalog): string[] {
  if (session.b !== null) return []
  if (!peer) return [words['no-host'](session.remoteAddress)]
  if (!peer.powered || peer.bird !== 'running') return []
  return [words['no-protocol'](session.a.host, session.a.protocol)]
}

export function whyDown(session: SessionView, hosts: readonly HostView[], words: Catalog): string[] {
  const ends = session.b === null ? [session.a] : [session.a, session.b]
  const named = (host: string) => hosts.find(({ name }) => name === host)
  const peer = session.b === null ? hostAt(hosts, session.remoteAddress) : named(session.b.host)
  const physical = [...broken(named(session.a.host), words), ...broken(peer, words)]
  if (session.look === 'established') return physical
  if (session.look === 'silent') return [...physical, words.silent((session.hold?.heardSecondsAgo ?? 0).toFixed(1))]
  const off = new Set(hosts.filter(({ powered }) => !powered).map(({ name }) => name))
  const said = ends
    .filter(({ host }) => !off.has(host))
    .flatMap((end) => [saidBy(end, words), waitsFor(end, words)])
    .filter((sentence) => sentence !== null)
  const disabled =
    session.look === 'admin-down'
      ? ends.filter(({ bgpState }) => bgpState === 'Down').map(({ host, protocol }) => words.disabled(host, protocol))
      : []
  const opening = session.look === 'opening' && said.length === 0 ? [words.opening] : []
  return [...new Set([...physical, ...missingEnd(session, peer, words), ...disabled, ...said, ...opening])]
}
