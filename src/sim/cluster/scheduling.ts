// Where the Kubernetes scheduler puts a pod that names no node. Simplified: of its many scores only one is kept, the
// fewest pods; ties go by name. Nodes that are off or cordoned, or whose taints no pod here tolerates, are left out.
import type { Cluster } from './cluster.ts'

export type SchedulingResult =
  | { readonly ok: true; readonly node: string }
  | { readonly ok: false; readonly reason: string }

export function schedulePod(cluster: Cluster, load: ReadonlyMap<string, number>): SchedulingResult {
  const nodes = cluster.store.list('Node')
  let best: string | null = null
  for (const node of nodes) {
    const { name } = node.metadata
    const machine = cluster.nodes.get(name)?.machine
    const tainted = node.spec.taints?.some((taint) => taint.effect === 'NoSchedule' || taint.effect === 'NoExecute')
    if (node.spec.unschedulable === true || tainted === true || machine?.powered !== true) continue
    // The store lists by name, so the first of equals is the one with the smallest name.
    if (best === null || (load.get(name) ?? 0) < (load.get(best) ?? 0)) best = name
  }
  if (best !== null) return { ok: true, node: best }
  return { ok: false, reason: `0/${nodes.length} nodes are available` }
}
