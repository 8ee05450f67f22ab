// What happens in the cluster when the datastore changes: every watcher is told, the operator makes pools or refuses,
// kube-controllers clean up after deleted nodes (reference 6.7, 8.4, 8.13; article-lab 1-3).

import { reconcileOperator } from '../datastore/operator.ts'
import type { Node } from '../datastore/resources.ts'
import type { Change } from '../datastore/store.ts'
import type { IpamStep } from '../ipam/steps.ts'
import { parsePrefix } from '../net/prefix.ts'
import { LOCAL_PROCESSING } from '../node/ports.ts'
import type { Cluster } from './cluster.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Pods } from './pods.ts'
import { DatastoreRecords } from './records.ts'

/** kube-controllers waits this long for more deletions before it cleans up. */
const NODE_DELETION_BATCH = 1_000_000
/** The pod garbage collector leaves pods of a vanished node alone for this long. */
const POD_GC_QUARANTINE = 40_000_000

export class ControlPlane {
  readonly #cluster: Cluster
  readonly #pods: Pods
  readonly #lifecycle: Lifecycle
  readonly #records: DatastoreRecords
  /** A Node object of a new name: somebody has to build its machine. */
  readonly #nodeAppeared: (node: Node) => void
  #operatorRefusal: string | null = null

  constructor(cluster: Cluster, parts: { pods: Pods; lifecycle: Lifecycle; nodeAppeared: (node: Node) => void }) {
    this.#cluster = cluster
    this.#pods = parts.pods
    this.#lifecycle = parts.lifecycle
    this.#nodeAppeared = parts.nodeAppeared
    this.#records = new DatastoreRecords(cluster)
  }

  /** From here on every change is recorded and acted on. */
  watch(): void {
    this.#records.all()
    this.#cluster.store.watch((change) => this.#changed(change))
  }

  #changed(change: Change): void {
    this.#records.resource(change.kind, change.key, change.after)
    this.#act(change)
    for (const node of this.#cluster.nodes.values()) node.datastoreChanged(change)
  }

  #act(change: Change): void {
    switch (change.kind) {
      case 'Node':
        this.#nodeChanged(change as Change<'Node'>)
        return
      case 'BGPConfiguration':
        for (const node of this.#cluster.nodes.values()) node.refreshRecord()
        return
      case 'IPPool':
        this.#poolChanged(change as Change<'IPPool'>)
        return
      case 'IPAMBlock':
      case 'BlockAffinity': {
        const spec = (change.after ?? change.before)?.spec as { cidr?: string } | undefined
        if (spec?.cidr !== undefined) this.#records.block(spec.cidr)
        return
      }
      case 'Pod':
        this.#podChanged(change as Change<'Pod'>)
        return
      case 'Installation':
        this.#cluster.after(LOCAL_PROCESSING, () => this.runOperator())
        return
      default:
    }
  }

  #nodeChanged(change: Change<'Node'>): void {
    const node = this.#cluster.nodes.get(change.key)
    node?.refreshRecord()
    if (change.type === 'added' && change.after !== null) this.#nodeAppeared(change.after)
    if (change.type === 'deleted') {
      this.#cluster.after(NODE_DELETION_BATCH, () => this.#collect(change.key))
      this.#cluster.after(POD_GC_QUARANTINE, () => this.#collectPods(change.key))
    }
  }

  #podChanged(change: Change<'Pod'>): void {
    if (change.type === 'added' && change.after !== null) this.#pods.added(change.after)
    if (change.type === 'deleted') this.#pods.removed(change.key)
  }

  #poolChanged(change: Change<'IPPool'>): void {
    // A pool that goes takes the affinity from its blocks (clientv3/ippool.go Delete).
    if (change.type === 'deleted' && change.before !== null)
      this.#announce(this.#cluster.ipam.releasePool(change.before))
    for (const node of this.#cluster.nodes.values()) {
      node.machine.after(LOCAL_PROCESSING, () => {
        if (node.running && node.machine.powered) this.#lifecycle.ensureTunnels(node)
      })
    }
    if (this.#cluster.store.list('Installation').length > 0)
      this.#cluster.after(LOCAL_PROCESSING, () => this.runOperator())
  }

  /** Gives back what a deleted node held, once none of its pods is left in the API. */
  #collect(name: string): void {
    if (this.#cluster.store.get('Node', name) !== null) return
    const result = this.#cluster.ipam.releaseNode(name)
    if (result.ok) this.#announce(result.steps)
  }

  #collectPods(name: string): void {
    if (this.#cluster.store.get('Node', name) !== null) return
    for (const key of this.#pods.boundTo(name)) this.#pods.remove(key)
    this.#cluster.after(NODE_DELETION_BATCH, () => this.#collect(name))
  }

  #announce(steps: readonly IpamStep[]): void {
    for (const step of steps) {
      const block = step.step === 'block-released' ? parsePrefix(step.subject) : null
      if (block !== null) this.#cluster.event({ code: 'block-released', block })
    }
  }

  /** The operator looks at the Installation: makes its pools, or says why it cannot; calico-node waits for pools. */
  runOperator(): void {
    const result = reconcileOperator(this.#cluster.store, { now: this.#cluster.timestamp })
    if (result === null) {
      this.#lifecycle.setInstalled(true)
      return
    }
    if (result.ok) {
      this.#operatorRefusal = null
      this.#lifecycle.setInstalled(result.bgp)
      return
    }
    if (result.degraded !== this.#operatorRefusal) {
      this.#operatorRefusal = result.degraded
      this.#cluster.event({ code: 'refused', by: 'operator', message: result.degraded })
      if (result.waiting !== '') this.#cluster.event({ code: 'refused', by: 'operator', message: result.waiting })
    }
    this.#lifecycle.setInstalled(result.waiting === '')
  }
}
