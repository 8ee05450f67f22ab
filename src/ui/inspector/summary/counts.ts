// How much there is in a view.
import type { ClusterView } from '../../../sim/index.ts'

export function counts({ hosts, networks, sessions }: ClusterView) {
  const blocks = hosts.flatMap((host) => host.blocks)
  const pods = blocks.reduce((sum, block) => sum + block.pods.length, 0)
  const pending = hosts.reduce((sum, host) => sum + (host.pendingPods?.length ?? 0), 0)
  const up = sessions.filter(({ look }) => look === 'established' || look === 'silent').length
  return {
    nodes: hosts.filter(({ kind }) => kind === 'node').length,
    routers: hosts.filter(({ kind }) => kind === 'router').length,
    networks: networks.length,
    sessions: { up, total: sessions.length },
    blocks: blocks.length,
    pods: pods + pending,
  }
}
