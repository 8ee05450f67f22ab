// The protocols of explicit peerings in bird.cfg and bird6.cfg (bird.cfg.template, reference 3.3 and 5.1).
import type { Inputs } from '../inputs.ts'
import type { Family, PassiveReason, PeerEntry, ProtocolExplanation } from '../types.ts'
import { type Direction, filterFunction, rulesOf } from './filters.ts'
import { myAddress, myAs, type NodeView, passwordOf, peersOf } from './view.ts'

export type Section = 'global' | 'node'

/** BIRD names cannot hold dots or colons. */
export function underscored(ip: string): string {
  return ip.replace(/[.:]/g, '_')
}

export function protocolName(section: Section, entry: PeerEntry): string {
  const prefix = section === 'global' ? 'Global' : 'Node'
  return `${prefix}_${underscored(entry.ip)}${entry.port === 0 ? '' : `_port_${entry.port}`}`
}

/** A text comparison, as the template's `gt`: 10.0.0.9 is greater than 10.0.0.10. */
export function passiveReason(section: Section, entry: PeerEntry, mine: string): PassiveReason {
  if (section === 'node' || !entry.calicoNode) return 'always-connects'
  return entry.ip > mine ? 'smaller-address-waits' : 'larger-address-connects'
}

function isClient(entry: PeerEntry, view: NodeView): boolean {
  const mine = view.me.routeReflectorClusterID
  return entry.asNumber === myAs(view) && mine !== '' && entry.rrClusterId !== mine
}

function filterCalls(entry: PeerEntry, direction: Direction, inputs: Inputs): string {
  let out = ''
  for (const name of entry.filters) {
    const filter = inputs.filters.find((one) => one.metadata.name === name)
    if (filter === undefined || rulesOf(filter, direction, entry.family).length === 0) continue
    out += `    ${filterFunction(name, direction, entry.family)}();\n`
  }
  return out
}

function whoIs({ origin }: PeerEntry): string {
  const far = origin.farNode === '' ? '' : `, node ${origin.farNode}`
  return `# BGPPeer ${origin.bgpPeer}${origin.direction === 'reverse' ? ', seen from its other end' : ''}${far}\n`
}

function body(section: Section, entry: PeerEntry, view: NodeView): string {
  const internal = entry.asNumber === myAs(view)
  const lines: string[] = []
  if (entry.ttlSecurity !== 0) lines.push('ttl security on;', `multihop ${entry.ttlSecurity};`)
  else lines.push('ttl security off;', 'multihop;')
  lines.push(`neighbor ${entry.ip} ${entry.port === 0 ? '' : `port ${entry.port} `}as ${entry.asNumber};`)
  if (entry.sourceAddress === 'UseNodeIP') lines.push(`source address ${myAddress(view, entry.family)};`)
  lines.push(`import filter {\n${filterCalls(entry, 'import', view.inputs)}    accept;\n  };`)
  const toPeers = `    calico_export_to_bgp_peers(${internal});\n    reject;\n`
  lines.push(`export filter {\n${filterCalls(entry, 'export', view.inputs)}${toPeers}  };`)
  const reason = passiveReason(section, entry, myAddress(view, entry.family))
  if (reason === 'smaller-address-waits') lines.push('passive on;  # text comparison: the smaller address waits')
  if (entry.restartTime !== '') lines.push(`graceful restart time ${entry.restartTime};`)
  if (isClient(entry, view)) lines.push('rr client;', `rr cluster id ${view.me.routeReflectorClusterID};`)
  const password = passwordOf(view, entry.passwordRef)
  if (password !== null) lines.push(`password "${password}";`)
  if (entry.keepNextHop && !internal) lines.push('next hop keep;')
  if (entry.nextHopMode === 'Self') lines.push('next hop self;')
  if (entry.nextHopMode === 'Keep') lines.push('next hop keep;')
  if (entry.numAllowLocalAs !== 0) lines.push(`allow local as ${entry.numAllowLocalAs};`)
  return lines.map((line) => `  ${line}\n`).join('')
}

export function renderPeers(view: NodeView, section: Section, family: Family): string {
  const mine = myAddress(view, family)
  let out = ''
  for (const entry of peersOf(view, section, family)) {
    if (entry.ip === mine) continue
    out += `${whoIs(entry)}protocol bgp ${protocolName(section, entry)} from bgp_template {\n${body(section, entry, view)}}\n\n`
  }
  return out
}

export function explainPeers(view: NodeView, section: Section, family: Family): ProtocolExplanation[] {
  const mine = myAddress(view, family)
  return peersOf(view, section, family)
    .filter((entry) => entry.ip !== mine)
    .map((entry) => {
      const reason = passiveReason(section, entry, mine)
      return {
        protocol: protocolName(section, entry),
        section,
        family,
        ip: entry.ip,
        asNumber: entry.asNumber,
        passive: reason === 'smaller-address-waits',
        passiveReason: reason,
        origin: entry.origin,
        farNode: entry.origin.farNode,
        routeReflectorClient: isClient(entry, view),
      }
    })
}
