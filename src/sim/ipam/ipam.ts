// Calico IPAM over the datastore: the door for CNI, calico-node and kube-controllers (v3.30.2, reference 6).
// `plan...` functions return steps for callers who spread the writes over time; the methods here write at once.
import type { Datastore } from '../datastore/datastore.ts'
import type { BlockAffinity, IPPool } from '../datastore/resources.ts'
import { type AssignRequest, type AssignResult, planAssign, planAssignAddress } from './assign.ts'
import { type NodeRelease, planRelease, planReleaseAffinity, planReleaseNode, planReleasePool } from './release.ts'
import { commitAll, commitStep, type IpamStep } from './steps.ts'
import { planTunnel, TUNNEL_KINDS, type TunnelPlan } from './tunnel.ts'

export class Ipam {
  readonly #store: Datastore

  constructor(store: Datastore) {
    this.#store = store
  }

  /** Finds an address; `steps` are not written yet. A failure may carry steps that tidy up. */
  assign(request: AssignRequest): AssignResult {
    return planAssign(this.#store, request)
  }

  assignAddress(request: AssignRequest, address: string): AssignResult {
    return planAssignAddress(this.#store, request, address)
  }

  /** Writes one step; false when somebody was faster: then nothing was written, and the caller assigns anew. */
  commit(step: IpamStep): boolean {
    return commitStep(this.#store, step)
  }

  assignNow(request: AssignRequest): AssignResult {
    const result = this.assign(request)
    commitAll(this.#store, result.steps)
    return result
  }

  release(handle: string, node: string): readonly IpamStep[] {
    return this.#write(planRelease(this.#store, handle, node))
  }

  releaseAffinity(affinity: BlockAffinity): readonly IpamStep[] {
    return this.#write(planReleaseAffinity(this.#store, affinity))
  }

  releaseNode(node: string): NodeRelease {
    const result = planReleaseNode(this.#store, node)
    if (result.ok) this.#write(result.steps)
    return result
  }

  releasePool(pool: IPPool): readonly IpamStep[] {
    return this.#write(planReleasePool(this.#store, pool))
  }

  /** Gives the node every tunnel address it needs and takes back those it does not. */
  ensureTunnels(node: string): readonly TunnelPlan[] {
    return TUNNEL_KINDS.flatMap((kind) => {
      const plans: TunnelPlan[] = []
      do {
        const plan = planTunnel(this.#store, kind, node)
        this.#write(plan.steps)
        plans.push(plan)
      } while (plans.at(-1)?.more === true)
      return plans
    })
  }

  #write(steps: readonly IpamStep[]): readonly IpamStep[] {
    commitAll(this.#store, steps)
    return steps
  }
}

/** The text CNI reports for a pod that gets no address; kubelet shows it in FailedCreatePodSandBox. */
export function cniFailure(message: string): string {
  return `failed to request IPv4 addresses: ${message}`
}
