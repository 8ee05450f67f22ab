// Two manifests describe one Node: the Kubernetes one and the Calico one. Each owns the keys it wrote and takes back
// only those, so that applying one never wipes what the other, or the cluster itself, has set.
// Simplified: a real `calicoctl apply` of a Node clears every BGP field its document leaves out, detected address included.
import type { AppliedKeys, Node } from './resources.ts'

export interface NodeSource {
  readonly kind: 'kubernetes' | 'calico'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

function overlay(
  before: Readonly<Record<string, string>> | undefined,
  retired: readonly string[],
  fresh: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(before ?? {}).filter(([key]) => !retired.includes(key))
  return { ...Object.fromEntries(kept), ...fresh }
}

/** The Node after `document`, whose keys come from `source`, was applied over `old`. */
export function mergeNode(old: Node | null, document: Node, source: NodeSource): Node {
  const previous: AppliedKeys = old?.applied?.[source.kind] ?? { labels: [], annotations: [] }
  const metadata = {
    ...old?.metadata,
    ...document.metadata,
    labels: overlay(old?.metadata.labels, previous.labels, source.labels),
    annotations: overlay(old?.metadata.annotations, previous.annotations, source.annotations),
  }
  const keys: AppliedKeys = { labels: Object.keys(source.labels), annotations: Object.keys(source.annotations) }
  const base = source.kind === 'calico' && old !== null ? old : { ...old, ...document }
  return { ...base, metadata, applied: { ...old?.applied, [source.kind]: keys } }
}
