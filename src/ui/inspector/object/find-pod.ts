// Where a pod stands in a view, and whom it could ping.
import type { ClusterView } from '../../../sim/index.ts'

export function hostOfPod({ hosts }: ClusterView, id: string): string | null {
  const here = hosts.find(
    ({ blocks, pendingPods }) =>
      blocks.some(({ pods }) => pods.some((pod) => pod.id === id)) || pendingPods?.some((pod) => pod.id === id),
  )
  return here?.name ?? null
}

export interface PingTarget {
  id: string
  address: string
}

export function pingTargets({ hosts }: ClusterView, from: string): PingTarget[] {
  const pods = hosts.flatMap(({ blocks }) => blocks.flatMap((block) => block.pods))
  return pods.flatMap(({ id, address }) => (address === null || id === from ? [] : [{ id, address }]))
}

/** As an administrator would type it. */
export function pingCommand(from: string, address: string): string {
  const [namespace, name] = from.split('/')
  return `kubectl exec -n ${namespace} ${name} -- ping -c 3 ${address}`
}
