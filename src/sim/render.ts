// The six files of one node, from a document's manifests alone: no IPAM, no tunnel allocation, no controller runs.
import { renderConfd } from './confd/confd.ts'
import { Datastore } from './datastore/datastore.ts'
import { kindNodes } from './datastore/kind-cluster.ts'
import { poolsOf } from './datastore/operator.ts'
import type { Scenario } from './scenario/types.ts'

export type RenderResult = { ok: true; files: ReadonlyMap<string, string> } | { ok: false; message: string }

export function renderNode(
  scenario: Scenario,
  what: { node: string; env?: Readonly<Record<string, string>> },
): RenderResult {
  const store = new Datastore()
  const applied = store.apply(scenario.manifests.map((manifest) => manifest.object))
  if (!applied.ok) return { ok: false, message: applied.problems.map((problem) => problem.message).join('; ') }
  for (const cluster of store.list('Cluster')) {
    for (const node of kindNodes(cluster)) if (store.get('Node', node.metadata.name) === null) store.put(node)
  }
  for (const installation of store.list('Installation')) {
    const made = poolsOf(installation, store.list('Cluster')[0] ?? null)
    for (const pool of made.ok ? made.pools : []) if (store.get('IPPool', pool.metadata.name) === null) store.put(pool)
  }
  if (store.get('Node', what.node) === null) {
    const names = store.list('Node').map((node) => node.metadata.name)
    return { ok: false, message: `no node '${what.node}'; there is ${names.length === 0 ? 'none' : names.join(', ')}` }
  }
  const result = renderConfd(store, what.node, what.env ?? {})
  return result.ok ? { ok: true, files: result.files } : { ok: false, message: result.message }
}
