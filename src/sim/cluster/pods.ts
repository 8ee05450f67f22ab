// Pods from the API to the wire and back: scheduler, kubelet, CNI plugin with Calico IPAM (reference 8.5, 8.6, 6.6).
// The plugin holds a lock of its host, so pods of one node are networked one after the other.
import type { Pod } from '../datastore/resources.ts'
import { keyOf } from '../datastore/store.ts'
import type { AssignResult } from '../ipam/assign.ts'
import { formatIp, type Ip } from '../net/address.ts'
import type { CalicoNode } from '../node/calico-node.ts'
import { LOCAL_PROCESSING } from '../node/ports.ts'
import type { PodRecord } from '../recording/types.ts'
import type { Cluster } from './cluster.ts'
import {
  announceStep,
  cniError,
  knownAddress,
  NO_NODENAME,
  type PodAddress,
  placed,
  podHandle,
  requestAddress,
} from './cni.ts'
import { schedulePod } from './scheduling.ts'

/** kubelet tries a pod that got no network again after this. */
const RETRY = 10_000_000
/**
 * From the address to the pod's interface and route. Simplified: making the veth pair takes 50 ms; it has to take some
 * time, for the block's own route is out before the pod's (reference 8.1.7).
 */
const VETH_SETUP = 50_000

interface PodState {
  record: PodRecord
  hostNetwork: boolean
  /** The API object is gone, or is being deleted. */
  leaving: boolean
}

export class Pods {
  readonly #cluster: Cluster
  readonly #states = new Map<string, PodState>()
  /** Pods that wait for the CNI lock of their node; the first one has it. */
  readonly #queues = new Map<string, string[]>()

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** A pod of the documents: scheduled, addressed and plugged before the run begins. */
  placeAtStart(pod: Pod): void {
    const state = this.#register(pod)
    if (state.record.node === '' && !this.#schedule(keyOf(pod))) return
    const node = this.#cluster.nodes.get(state.record.node)
    if (node === undefined || this.#placeHostNetwork(keyOf(pod), node)) return
    const known = knownAddress(this.#cluster, pod, node)
    if (known !== null) {
      this.#plug(keyOf(pod), node, known)
      return
    }
    const result = requestAddress(this.#cluster, pod, node)
    for (const step of result.steps) this.#cluster.ipam.commit(step)
    if (result.ok) this.#plug(keyOf(pod), node, placed(result))
    else this.#failed(keyOf(pod), node, cniError(result.message))
  }

  added(pod: Pod): void {
    const key = keyOf(pod)
    if (this.#states.has(key)) return
    this.#register(pod)
    this.#cluster.after(LOCAL_PROCESSING, () => this.#bind(key))
  }

  /** Deletion by name: the kubelet tears the pod down, then the object goes. */
  remove(key: string): boolean {
    const state = this.#states.get(key)
    if (state === undefined) return false
    if (!state.leaving) this.#leave(key, state)
    return true
  }

  /** The API object is gone already (manifest deleted, garbage collector). */
  removed(key: string): void {
    const state = this.#states.get(key)
    if (state !== undefined && !state.leaving) this.#leave(key, state)
  }

  /** The node's kubelet and calico-node are back: what had to wait for them goes on. */
  nodeReady(name: string): void {
    for (const [key, state] of this.#states) {
      if (state.record.node !== name) {
        if (state.record.node === '' && !state.leaving) this.#cluster.after(LOCAL_PROCESSING, () => this.#bind(key))
      } else if (state.leaving) this.#cluster.after(LOCAL_PROCESSING, () => this.#tearDown(key))
      else if (state.record.address === null) this.#enqueue(key)
    }
  }

  /** Pods bound to a node, for the garbage collector. */
  boundTo(name: string): readonly string[] {
    return [...this.#states].filter(([, state]) => state.record.node === name).map(([key]) => key)
  }

  #register(pod: Pod): PodState {
    const node = pod.spec.nodeName ?? ''
    const state: PodState = {
      hostNetwork: pod.spec.hostNetwork === true,
      leaving: false,
      record: {
        namespace: pod.metadata.namespace ?? 'default',
        name: pod.metadata.name,
        node,
        phase: node === '' ? 'Pending' : 'ContainerCreating',
        address: null,
        interface: null,
        block: null,
        borrowed: false,
        reason: null,
        labels: pod.metadata.labels ?? {},
        createdAt: this.#cluster.now,
      },
    }
    this.#states.set(keyOf(pod), state)
    this.#write(keyOf(pod), state, {})
    return state
  }

  #write(key: string, state: PodState, changes: Partial<PodRecord>): void {
    state.record = { ...state.record, ...changes }
    this.#cluster.writer.append(this.#cluster.now, { kind: 'pod', pod: key, value: state.record })
  }

  #schedule(key: string): boolean {
    const state = this.#states.get(key)
    if (state === undefined || state.leaving) return false
    if (state.record.node !== '') return true
    const load = new Map<string, number>()
    for (const { record } of this.#states.values()) load.set(record.node, (load.get(record.node) ?? 0) + 1)
    const choice = schedulePod(this.#cluster, load)
    if (!choice.ok) {
      if (state.record.reason !== choice.reason) this.#write(key, state, { reason: choice.reason })
      return false
    }
    this.#write(key, state, { node: choice.node, phase: 'ContainerCreating', reason: null })
    const pod = this.#cluster.store.get('Pod', key)
    if (pod !== null) this.#cluster.store.put({ ...pod, spec: { ...pod.spec, nodeName: choice.node } })
    return true
  }

  #bind(key: string): void {
    if (this.#schedule(key)) this.#enqueue(key)
    else if (this.#states.has(key)) this.#cluster.after(RETRY, () => this.#bind(key))
  }

  #enqueue(key: string): void {
    const name = this.#states.get(key)?.record.node ?? ''
    const queue = this.#queues.get(name) ?? []
    this.#queues.set(name, queue)
    if (queue.includes(key)) return
    queue.push(key)
    if (queue.length === 1) this.#next(name)
  }

  /** The head of the queue takes the lock. */
  #next(name: string): void {
    const key = this.#queues.get(name)?.[0]
    const node = this.#cluster.nodes.get(name)
    if (key === undefined || node === undefined) return
    node.machine.after(LOCAL_PROCESSING, () => this.#network(key, node))
  }

  #unlock(key: string, name: string): void {
    const queue = this.#queues.get(name)
    if (queue?.[0] !== key) return
    queue.shift()
    this.#next(name)
  }

  #network(key: string, node: CalicoNode): void {
    const state = this.#states.get(key)
    const pod = this.#cluster.store.get('Pod', key)
    if (state === undefined || state.leaving || pod === null || !node.machine.powered) {
      this.#unlock(key, node.name)
      return
    }
    if (this.#placeHostNetwork(key, node)) {
      this.#unlock(key, node.name)
      return
    }
    if (!node.running) {
      this.#failed(key, node, cniError(NO_NODENAME))
      return
    }
    // An attempt that a power cut ended may have left an address behind: the runtime clears it first.
    const { namespace, name } = state.record
    this.#cluster.ipam.release(podHandle(namespace, name), node.name)
    const result = requestAddress(this.#cluster, pod, node)
    this.#commit({ key, node, result }, 0)
  }

  /** Writes the plan step by step; somebody who was faster makes it start again. */
  #commit(work: { key: string; node: CalicoNode; result: AssignResult }, index: number): void {
    const { key, node, result } = work
    if (!node.machine.powered) {
      this.#unlock(key, node.name)
      return
    }
    const step = result.steps[index]
    if (step === undefined) {
      if (result.ok) this.#plug(key, node, placed(result))
      else this.#failed(key, node, cniError(result.message))
      return
    }
    if (!this.#cluster.ipam.commit(step)) {
      node.machine.after(LOCAL_PROCESSING, () => this.#network(key, node))
      return
    }
    announceStep(node, step)
    const last = index + 1 === result.steps.length
    node.machine.after(last ? VETH_SETUP : LOCAL_PROCESSING, () => this.#commit(work, index + 1))
  }

  #plug(key: string, node: CalicoNode, given: PodAddress): void {
    const state = this.#states.get(key)
    if (state === undefined) return
    const { address, block, borrowed } = given
    const { namespace, name } = state.record
    const dev = node.addPod({ namespace, name, address })
    if (block !== null) {
      node.machine.event({ code: 'address-assigned', pod: key, address, block, borrowed })
    }
    this.#running(key, state, { address, interface: dev, block, borrowed })
    this.#unlock(key, node.name)
  }

  #running(key: string, state: PodState, facts: Partial<PodRecord> & { address: Ip }): void {
    this.#write(key, state, { ...facts, phase: 'Running', reason: null })
    const pod = this.#cluster.store.get('Pod', key)
    if (pod === null) return
    const podIP = formatIp(facts.address)
    this.#cluster.store.put({ ...pod, status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] } })
  }

  /** A hostNetwork pod has its node's address and needs no CNI. */
  #placeHostNetwork(key: string, node: CalicoNode): boolean {
    const state = this.#states.get(key)
    const address = this.#cluster.config(node.machine).interfaces[0]?.address
    if (state === undefined || !state.hostNetwork || address === undefined) return false
    this.#running(key, state, { address })
    return true
  }

  #failed(key: string, node: CalicoNode, message: string): void {
    const state = this.#states.get(key)
    if (state !== undefined && state.record.reason !== message) {
      this.#write(key, state, { reason: message })
      node.machine.event({ code: 'pod-failed', pod: key, message })
    }
    this.#unlock(key, node.name)
    node.machine.after(RETRY, () => {
      const again = this.#states.get(key)
      if (again !== undefined && !again.leaving && again.record.address === null) this.#enqueue(key)
    })
  }

  #leave(key: string, state: PodState): void {
    state.leaving = true
    this.#write(key, state, { phase: 'Terminating' })
    this.#cluster.after(LOCAL_PROCESSING, () => this.#tearDown(key))
  }

  /** CNI DEL: veth away, address given back. A node that is off does it when it is back, unless it is gone for good. */
  #tearDown(key: string): void {
    const state = this.#states.get(key)
    if (state === undefined) return
    const { namespace, name, address, node: nodeName } = state.record
    const node = this.#cluster.nodes.get(nodeName)
    const gone = node === undefined || !node.machine.record.registered
    if (node !== undefined && !node.machine.powered && !gone) return
    if (node?.machine.powered) {
      node.removePod(key)
      if (address !== null && !state.hostNetwork) {
        this.#cluster.ipam.release(podHandle(namespace, name), nodeName)
        node.machine.event({ code: 'address-released', pod: key, address })
      }
    }
    this.#states.delete(key)
    this.#cluster.writer.append(this.#cluster.now, { kind: 'pod', pod: key, value: null })
    this.#cluster.store.remove('Pod', key)
  }
}
