// Explicit peerings in three passes, as confd's updatePeersV1 makes them (Calico v3.30.2, reference 3.2):
// global BGPPeers, node-specific ones, and the reverse of both so that a peering between nodes exists at both ends.
import { asNumberOf } from '../datastore/as-number.ts'
import { formatAddress, parseAddress } from '../datastore/cidr.ts'
import type { BgpNode } from '../datastore/node.ts'
import type { BGPPeer } from '../datastore/resources.ts'
import { selectorMatches } from '../datastore/selector/selector.ts'
import { parsePeerAddress } from '../datastore/validate/bgppeer.ts'
import { durationSeconds } from '../datastore/validate/rules.ts'
import type { GlobalSettings, NodeSettings } from './settings.ts'
import type { Family, PeerEntry } from './types.ts'

/** Entries by `IP` or `IP-PORT`. */
type Entries = Map<string, PeerEntry>

export interface PeerTable {
  readonly global: ReadonlyMap<string, PeerEntry>
  readonly byNode: ReadonlyMap<string, ReadonlyMap<string, PeerEntry>>
  /** Two BGPPeers of one pass gave the same key: real confd picks either, here the first in name order wins. */
  readonly ambiguous: readonly {
    readonly key: string
    readonly node: string
    readonly winner: string
    readonly loser: string
  }[]
}

interface Source {
  readonly nodes: readonly BgpNode[]
  readonly global: GlobalSettings
  readonly perNode: ReadonlyMap<string, NodeSettings>
  readonly peers: readonly BGPPeer[]
}

function keyOf(entry: PeerEntry): string {
  return entry.port === 0 ? entry.ip : `${entry.ip}-${entry.port}`
}

export function computePeers(source: Source): PeerTable {
  return new PeerComputation(source).run()
}

class PeerComputation {
  readonly #source: Source
  readonly #byIp = new Map<string, BgpNode[]>()
  readonly #global: Entries = new Map()
  readonly #byNode = new Map<string, Entries>()
  readonly #ambiguous: PeerTable['ambiguous'][number][] = []
  #pass = ''
  readonly #passOf = new Map<PeerEntry, string>()

  constructor(source: Source) {
    this.#source = source
    for (const node of source.nodes) {
      for (const ip of [node.ipv4, node.ipv6]) if (ip !== '') this.#byIp.set(ip, [...(this.#byIp.get(ip) ?? []), node])
    }
  }

  run(): PeerTable {
    const { peers } = this.#source
    const isGlobal = (peer: BGPPeer) => (peer.spec.node ?? '') === '' && (peer.spec.nodeSelector ?? '') === ''
    this.#pass = 'global'
    for (const peer of peers) if (isGlobal(peer)) for (const entry of this.#forward(peer)) this.#emitGlobal(entry)
    this.#pass = 'node'
    for (const peer of peers) if (!isGlobal(peer)) this.#nodeSpecific(peer)
    this.#pass = 'reverse'
    for (const peer of peers) this.#reverse(peer)
    return { global: this.#global, byNode: this.#byNode, ambiguous: this.#ambiguous }
  }

  #nodeSpecific(peer: BGPPeer): void {
    const { node = '', nodeSelector = '' } = peer.spec
    const locals = nodeSelector === '' ? [node] : this.#selected(nodeSelector).map((local) => local.name)
    for (const entry of this.#forward(peer)) for (const local of locals) this.#emitNode(local, entry)
  }

  #selected(selector: string): readonly BgpNode[] {
    return this.#source.nodes.filter((node) => selectorMatches(selector, node.labels))
  }

  /** Pods that speak BGP are not simulated, so localWorkloadSelector yields nothing. */
  #forward(peer: BGPPeer): readonly PeerEntry[] {
    const { peerSelector = '', localWorkloadSelector = '' } = peer.spec
    if (localWorkloadSelector !== '') return []
    if (peerSelector === '') return this.#fromAddress(peer)
    return this.#selected(peerSelector).flatMap((node) =>
      this.#asPeers(node, { peer, families: [4, 6], direction: 'forward' }),
    )
  }

  #fromAddress(peer: BGPPeer): readonly PeerEntry[] {
    const { spec } = peer
    const address = parsePeerAddress(spec.peerIP ?? '')
    if (address === null) return []
    const gateway = spec.reachableBy === undefined || spec.reachableBy === '' ? null : parseAddress(spec.reachableBy)
    if (spec.reachableBy !== undefined && spec.reachableBy !== '' && gateway?.version !== address.version) return []
    const ip = canonical(address.ip)
    const as = asNumberOf(spec.asNumber ?? 0) ?? 0
    const known = this.#nodesAt({ ip, as, port: 0 })[0]
    const port = address.port !== 0 || known === undefined ? address.port : this.#listenPort(known.name)
    return [
      {
        ...common(peer),
        ip,
        family: address.version,
        port,
        asNumber: String(as),
        rrClusterId: '',
        calicoNode: this.#byIp.has(ip),
        numAllowLocalAs: spec.numAllowedLocalASNumbers ?? 0,
        origin: { bgpPeer: peer.metadata.name, direction: 'forward', farNode: this.#byIp.get(ip)?.[0]?.name ?? '' },
      },
    ]
  }

  /** One node as somebody's peer: what it is comes from the node, how to treat it from the BGPPeer. */
  #asPeers(
    node: BgpNode,
    how: { peer: BGPPeer; families: readonly Family[]; direction: 'forward' | 'reverse' },
  ): readonly PeerEntry[] {
    const base = common(how.peer)
    return how.families.flatMap((family) => {
      const ip = family === 4 ? node.ipv4 : node.ipv6
      if (ip === '') return []
      return [
        {
          ...base,
          ip,
          family,
          port: this.#listenPort(node.name),
          asNumber: node.asNumber === '' ? this.#source.global.asNumber : node.asNumber,
          rrClusterId: node.routeReflectorClusterID,
          calicoNode: false,
          numAllowLocalAs: 0,
          origin: { bgpPeer: how.peer.metadata.name, direction: how.direction, farNode: node.name },
        },
      ]
    })
  }

  #reverse(peer: BGPPeer): void {
    const { spec } = peer
    if ((spec.localWorkloadSelector ?? '') !== '') return
    const { locals, families } = this.#reverseLocals(peer)
    if (locals.length === 0) return
    const far = this.#reversePeers(peer).flatMap((node) =>
      this.#asPeers(node, { peer, families, direction: 'reverse' }),
    )
    for (const local of locals) for (const entry of far) this.#emitNode(local.name, entry)
  }

  #reverseLocals(peer: BGPPeer): { locals: readonly BgpNode[]; families: readonly Family[] } {
    const { peerSelector = '', peerIP = '', asNumber = 0 } = peer.spec
    if (peerSelector !== '') return { locals: this.#selected(peerSelector), families: [4, 6] }
    const address = parsePeerAddress(peerIP)
    if (address === null) return { locals: [], families: [] }
    const as = asNumberOf(asNumber) ?? 0
    return { locals: this.#nodesAt({ ip: canonical(address.ip), as, port: address.port }), families: [address.version] }
  }

  #reversePeers(peer: BGPPeer): readonly BgpNode[] {
    const { node = '', nodeSelector = '' } = peer.spec
    if (nodeSelector !== '') return this.#selected(nodeSelector)
    return node === '' ? this.#source.nodes : this.#source.nodes.filter((other) => other.name === node)
  }

  /** Nodes with this address and AS and, if a port is given, none that listens elsewhere (own or global setting). */
  #nodesAt(wanted: { ip: string; as: number; port: number }): readonly BgpNode[] {
    const { global, perNode } = this.#source
    const as = wanted.as === 0 ? global.asNumber : String(wanted.as)
    const elsewhere = (port: number) => port !== 0 && port !== wanted.port
    return (this.#byIp.get(wanted.ip) ?? []).filter((node) => {
      if ((node.asNumber === '' ? global.asNumber : node.asNumber) !== as) return false
      if (wanted.port === 0) return true
      return !elsewhere(perNode.get(node.name)?.listenPort ?? 0) && !elsewhere(global.listenPort)
    })
  }

  #listenPort(node: string): number {
    return this.#source.perNode.get(node)?.listenPort || this.#source.global.listenPort
  }

  #emitGlobal(entry: PeerEntry): void {
    this.#keepFirst(this.#global, entry, '')
  }

  #emitNode(node: string, entry: PeerEntry): void {
    if (this.#global.has(keyOf(entry))) return
    let entries = this.#byNode.get(node)
    if (entries === undefined) {
      entries = new Map()
      this.#byNode.set(node, entries)
    }
    this.#keepFirst(entries, entry, node)
  }

  #keepFirst(entries: Entries, entry: PeerEntry, node: string): void {
    const key = keyOf(entry)
    const first = entries.get(key)
    if (first === undefined) {
      entries.set(key, entry)
      this.#passOf.set(entry, this.#pass)
    } else if (first.origin.bgpPeer !== entry.origin.bgpPeer && this.#passOf.get(first) === this.#pass) {
      this.#ambiguous.push({ key, node, winner: first.origin.bgpPeer, loser: entry.origin.bgpPeer })
    }
  }
}

function canonical(ip: string): string {
  const address = parseAddress(ip)
  return address === null ? ip : formatAddress(address)
}

function common({ spec }: BGPPeer) {
  const seconds = durationSeconds(spec.maxRestartTime)
  return {
    passwordRef: spec.password?.secretKeyRef ?? null,
    sourceAddress: spec.sourceAddress ?? 'UseNodeIP',
    restartTime: seconds === null ? '' : String(seconds),
    keepNextHop: spec.keepOriginalNextHop === true,
    nextHopMode: spec.nextHopMode ?? '',
    ttlSecurity: spec.ttlSecurity ?? 0,
    reachableBy: spec.reachableBy ?? '',
    filters: spec.filters ?? [],
  }
}
