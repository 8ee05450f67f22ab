// The Tigera operator (v1.38.3, what Calico v3.30.2 pins): which IPPools an Installation makes, or why it refuses.
// Follows reference 1.11 and article-lab 1-3. It acts once, when no pool exists or the Installation names its pools.
import { type Cidr, covers, parseCidr } from './cidr.ts'
import type { ApplyOptions, Datastore } from './datastore.ts'
import type { EncapMode, Installation, InstallationPool, IPPool, KindCluster } from './resources.ts'

export type OperatorResult =
  | { readonly ok: true; readonly pools: readonly IPPool[]; readonly bgp: boolean }
  | {
      readonly ok: false
      /** Condition of `ippools` in `kubectl get tigerastatus`. */
      readonly degraded: string
      /** What the other components then wait for. */
      readonly waiting: string
    }

export const WAITING_FOR_POOLS = 'waiting for enabled IP pools to be created'
const DEFAULT_CIDR = '192.168.0.0/16'

const ENCAPSULATION: ReadonlyMap<string, readonly [EncapMode, EncapMode]> = new Map([
  ['IPIP', ['Always', 'Never']],
  ['IPIPCrossSubnet', ['CrossSubnet', 'Never']],
  ['VXLAN', ['Never', 'Always']],
  ['VXLANCrossSubnet', ['Never', 'CrossSubnet']],
  ['None', ['Never', 'Never']],
])

/** kind's own default when the Cluster does not say. */
const KIND_POD_SUBNET = '10.244.0.0/16'

export function podSubnets(cluster: KindCluster | null): readonly string[] {
  if (cluster === null) return []
  return (cluster.networking?.podSubnet ?? KIND_POD_SUBNET).split(',').map((text) => text.trim())
}

function refused(degraded: string): OperatorResult {
  return { ok: false, degraded, waiting: WAITING_FOR_POOLS }
}

/** The pools the operator would create, given the kubeadm configuration that a kind Cluster stands for. */
export function poolsOf(installation: Installation, cluster: KindCluster | null): OperatorResult {
  const network = installation.spec.calicoNetwork
  const subnets = podSubnets(cluster)
  const wanted = network?.ipPools ?? [{ cidr: subnets[0] ?? DEFAULT_CIDR }]
  const outside = wanted.filter((pool) => pool.cidr !== undefined && !within(pool.cidr, subnets))
  const [first] = outside
  if (first !== undefined) {
    return refused(
      'error filling IP pool defaults: Could not resolve CalicoNetwork IPPool and kubeadm configuration: ' +
        `IPPool ${first.cidr} is not within the platform's configured pod network CIDR(s) [${subnets.join(' ')}]`,
    )
  }
  const unknown = wanted.find((pool) => pool.encapsulation !== undefined && !ENCAPSULATION.has(pool.encapsulation))
  if (unknown !== undefined) {
    return refused(
      `${unknown.encapsulation} is invalid for ipPool.encapsulation, should be one of IPIP, VXLAN, IPIPCrossSubnet, VXLANCrossSubnet, None`,
    )
  }
  const pools = wanted.map((pool) => poolOf(pool, subnets[0] ?? DEFAULT_CIDR))
  return { ok: true, pools, bgp: network?.bgp !== 'Disabled' }
}

function within(text: string, subnets: readonly string[]): boolean {
  const cidr = parseCidr(text)
  if (subnets.length === 0 || cidr === null) return true
  const sameFamily = subnets.map(parseCidr).filter((subnet): subnet is Cidr => subnet?.version === cidr.version)
  return sameFamily.length === 0 || sameFamily.some((subnet) => covers(subnet, cidr))
}

function poolOf(pool: InstallationPool, fallback: string): IPPool {
  const cidr = pool.cidr ?? fallback
  const version = parseCidr(cidr)?.version ?? 4
  const [ipipMode, vxlanMode] = ENCAPSULATION.get(pool.encapsulation ?? (version === 4 ? 'IPIP' : 'None')) ?? [
    'Never',
    'Never',
  ]
  const nat = pool.natOutgoing === undefined ? version === 4 : pool.natOutgoing === 'Enabled'
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: {
      name: pool.name ?? nameOf(version),
      labels: { 'app.kubernetes.io/managed-by': 'tigera-operator' },
    },
    spec: {
      cidr,
      blockSize: pool.blockSize ?? (version === 4 ? 26 : 122),
      ipipMode,
      vxlanMode,
      ...(nat ? { natOutgoing: true } : {}),
      ...(pool.disableBGPExport === true ? { disableBGPExport: true } : {}),
      nodeSelector: pool.nodeSelector ?? 'all()',
      allowedUses: pool.allowedUses ?? ['Workload', 'Tunnel'],
      assignmentMode: pool.assignmentMode ?? 'Automatic',
    },
  }
}

/** The operator names a pool it must name itself after the family's default. */
function nameOf(version: 4 | 6): string {
  return `default-ipv${version}-ippool`
}

/**
 * What the operator does with the store as it stands: creates its pools, leaves other people's pools alone, or refuses.
 * Creating goes through the same validation as everybody's pools, so an overlap is a refusal, too.
 */
export function reconcileOperator(store: Datastore, options: ApplyOptions = {}): OperatorResult | null {
  const [installation] = store.list('Installation')
  if (installation === undefined) return null
  const result = poolsOf(installation, store.list('Cluster')[0] ?? null)
  const pools = store.list('IPPool')
  if (!result.ok) return pools.some((pool) => pool.spec.disabled !== true) ? { ...result, waiting: '' } : result
  if (installation.spec.calicoNetwork?.ipPools === undefined && pools.length > 0) return { ...result, pools: [] }
  const missing = result.pools.filter((pool) => !pools.some((other) => other.spec.cidr === pool.spec.cidr))
  const applied = store.apply(missing, options)
  if (applied.ok) return { ...result, pools: missing }
  const reasons = applied.problems.map((problem) => problem.field?.reason ?? problem.message)
  return { ok: false, degraded: `error creating IP pools: ${reasons.join('; ')}`, waiting: WAITING_FOR_POOLS }
}
