// Node-to-node mesh protocols (bird.cfg.template, reference 3.3). A mesh of 100 nodes has 9,900 of them, so what is
// the same for everybody is put together once for each state of the inputs.
import type { BgpNode } from '../../datastore/node.ts'
import type { Inputs } from '../inputs.ts'
import type { Family, ProtocolExplanation } from '../types.ts'
import { underscored } from './peers.ts'
import { myAddress, type NodeView, passwordOf } from './view.ts'

interface MeshPeer {
  readonly node: BgpNode
  readonly ip: string
  readonly as: string
  readonly protocol: string
  /** Text up to and with the neighbor statement. */
  readonly head: string
}

const known = new WeakMap<Inputs, Map<Family, readonly MeshPeer[]>>()

/** Everybody who takes part: nodes with an address that are no route reflectors, in name order. */
function meshPeers(inputs: Inputs, family: Family): readonly MeshPeer[] {
  let byFamily = known.get(inputs)
  if (byFamily === undefined) {
    byFamily = new Map()
    known.set(inputs, byFamily)
  }
  let peers = byFamily.get(family)
  if (peers === undefined) {
    peers = inputs.nodes.flatMap((node) => meshPeer(inputs, node, family) ?? [])
    byFamily.set(family, peers)
  }
  return peers
}

function meshPeer(inputs: Inputs, node: BgpNode, family: Family): MeshPeer | null {
  const ip = family === 4 ? node.ipv4 : node.ipv6
  if (ip === '' || node.routeReflectorClusterID !== '') return null
  const as = node.asNumber === '' ? inputs.global.asNumber : node.asNumber
  const port = inputs.perNode.get(node.name)?.listenPort || inputs.global.listenPort
  const protocol = `Mesh_${underscored(ip)}`
  const neighbor = `neighbor ${ip} ${port === 0 ? '' : `port ${port} `}as ${as};`
  return {
    node,
    ip,
    as,
    protocol,
    head: `# node ${node.name}\nprotocol bgp ${protocol} from bgp_template {\n  ${neighbor}\n`,
  }
}

function takesPart(view: NodeView): boolean {
  return view.inputs.global.meshEnabled && view.me.routeReflectorClusterID === ''
}

export function renderMesh(view: NodeView, family: Family): string {
  if (!view.inputs.global.meshEnabled)
    return '# The node-to-node mesh is off (BGPConfiguration default, nodeToNodeMeshEnabled).\n\n'
  if (!takesPart(view)) return '# This node is a route reflector, so it has no part in the node-to-node mesh.\n\n'
  const mine = myAddress(view, family)
  const middle =
    `  source address ${mine};\n  import all;\n  export filter {\n` +
    '    calico_export_to_bgp_peers(true);\n    reject;\n  };\n'
  const tail = meshTail(view)
  let out =
    '# Node-to-node mesh: every other node that has an address and is no route reflector.\n' +
    '# Of two nodes, the one whose address is smaller as text waits (passive), the other connects.\n\n'
  for (const peer of meshPeers(view.inputs, family)) {
    if (peer.node.name === view.me.name) continue
    out += peer.ip > mine ? `${peer.head}${middle}  passive on;\n${tail}` : `${peer.head}${middle}${tail}`
  }
  return out
}

function meshTail(view: NodeView): string {
  const { spec } = view.inputs.global
  const seconds = view.inputs.meshRestartSeconds
  const password = passwordOf(view, spec.nodeMeshPassword?.secretKeyRef)
  return `${seconds === null ? '' : `  graceful restart time ${seconds};\n`}${password === null ? '' : `  password "${password}";\n`}}\n\n`
}

export function explainMesh(view: NodeView, family: Family): ProtocolExplanation[] {
  if (!takesPart(view)) return []
  const mine = myAddress(view, family)
  return meshPeers(view.inputs, family)
    .filter((peer) => peer.node.name !== view.me.name)
    .map((peer) => ({
      protocol: peer.protocol,
      section: 'mesh' as const,
      family,
      ip: peer.ip,
      asNumber: peer.as,
      passive: peer.ip > mine,
      passiveReason: peer.ip > mine ? ('smaller-address-waits' as const) : ('larger-address-connects' as const),
      origin: null,
      farNode: peer.node.name,
      routeReflectorClient: false,
    }))
}
