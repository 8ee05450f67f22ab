// Where a session comes from: the node-to-node mesh, a BGPPeer, or a hand-written file. confd knows; here it is read back
// from the protocol's name and the BGPPeers of the time (calico-v3.30.2.md 3.2), forward ones before reversed ones.

import type { Micros } from '../bird/ports.ts'
import { bgpNode } from '../datastore/node.ts'
import type { BGPPeer, Node } from '../datastore/resources.ts'
import { selectorMatches } from '../datastore/selector/selector.ts'
import type { RecordingReader } from '../recording/types.ts'

type CalicoNode = ReturnType<typeof bgpNode>

export function sessionOrigin(recording: RecordingReader, end: { host: string; protocol: string }, at: Micros): string {
  const [, kind, text] = /^(Mesh|Global|Node)_(.+)$/.exec(end.protocol) ?? []
  const nodes = (recording.resources(at, 'Node') as readonly Node[]).map(bgpNode)
  const local = nodes.find((node) => node.name === end.host)
  if (kind === undefined || text === undefined || local === undefined) return 'bird.conf'
  if (kind === 'Mesh') return 'node-to-node mesh'
  const address = (text.split('_port_')[0] ?? '').replaceAll('_', '.')
  const far = nodes.find((node) => node.ipv4 === address)
  const peers = recording.resources(at, 'BGPPeer') as readonly BGPPeer[]
  const wanted = peers.filter((peer) => isGlobal(peer) === (kind === 'Global'))
  const forward = wanted.find((peer) => isLocal(peer, local) && isRemote(peer, address, far))
  if (forward !== undefined) return forward.metadata.name
  const reverse = far && peers.find((peer) => isLocal(peer, far) && isRemote(peer, local.ipv4, local))
  return reverse?.metadata.name ?? 'bird.conf'
}

function isGlobal({ spec }: BGPPeer): boolean {
  return (spec.node ?? '') === '' && (spec.nodeSelector ?? '') === ''
}

function isLocal(peer: BGPPeer, node: CalicoNode): boolean {
  if (isGlobal(peer)) return true
  const { nodeSelector = '' } = peer.spec
  return nodeSelector === '' ? peer.spec.node === node.name : selectorMatches(nodeSelector, node.labels)
}

function isRemote({ spec }: BGPPeer, address: string, node: CalicoNode | undefined): boolean {
  if ((spec.peerSelector ?? '') !== '')
    return node !== undefined && selectorMatches(spec.peerSelector ?? '', node.labels)
  return (spec.peerIP ?? '').split(':')[0] === address
}
