// confd for the whole cluster: one shared cache over the datastore, six files for each node (Calico v3.30.2).
// Real confd runs once on every node; sharing what is equal keeps a mesh of 100 nodes cheap.
import type { Datastore } from '../datastore/datastore.ts'
import type { BlockAffinity } from '../datastore/resources.ts'
import { InputCache, type Inputs } from './inputs.ts'
import { byCidrKey } from './order.ts'
import { renderAggr } from './render/aggr.ts'
import { renderBird } from './render/bird.ts'
import { sha256OfAscii } from './render/filters.ts'
import { renderIpam } from './render/ipam.ts'
import { explainMesh } from './render/mesh.ts'
import { explainPeers } from './render/peers.ts'
import type { NodeView, OwnBlock } from './render/view.ts'
import { type ServiceCidrs, type ServiceRoutes, serviceCidrs, serviceRoutes } from './services.ts'
import { CONFD_FILES, type ConfdEnv, type ConfdFile, type ProtocolExplanation } from './types.ts'

export type ConfdFiles = ReadonlyMap<ConfdFile, string>
/** `ok: false`: the templates failed and whatever files the node has stay as they are. */
export type ConfdResult =
  | { readonly ok: true; readonly files: ConfdFiles }
  | { readonly ok: false; readonly message: string }

/** What a node's files were last made from, in two parts: bird.cfg does not read blocks and Services. */
interface Rendered {
  readonly inputs: Inputs
  readonly env: string
  readonly from: readonly unknown[]
  readonly result: ConfdResult
}

const NO_BLOCKS: readonly OwnBlock[] = []

export class Confd {
  readonly #store: Datastore
  readonly #cache: InputCache
  readonly #rendered = new Map<string, Rendered>()
  #affinities: readonly BlockAffinity[] | null = null
  #blocks = new Map<string, readonly OwnBlock[]>()

  constructor(store: Datastore) {
    this.#store = store
    this.#cache = new InputCache(store)
  }

  /** The six files of a node. The same object as last time when nothing it reads has changed. */
  render(nodeName: string, env: ConfdEnv = {}): ConfdResult {
    const inputs = this.#cache.current()
    const blocks = this.#blocksOf(nodeName)
    const from = [blocks, this.#store.list('Service'), this.#store.list('Endpoints')]
    const envKey = keyOfEnv(env)
    const last = this.#rendered.get(nodeName)
    const sameInputs = last?.inputs === inputs && last.env === envKey
    if (sameInputs && from.every((part, index) => part === last.from[index])) return last.result
    const view = this.#view(nodeName, inputs, env)
    const before = last?.result.ok === true ? last.result.files : null
    const result: ConfdResult =
      view === null ? missing(nodeName) : { ok: true, files: renderAll(view, sameInputs ? before : null) }
    const kept =
      result.ok && before !== null && changedFiles(before, result.files).length === 0
        ? (last as Rendered).result
        : result
    this.#rendered.set(nodeName, { inputs, env: envKey, from, result: kept })
    return kept
  }

  /** Each BGP protocol of the node's files with the reason for it; empty when the files cannot be rendered. */
  explain(nodeName: string, env: ConfdEnv = {}): readonly ProtocolExplanation[] {
    const view = this.#view(nodeName, this.#cache.current(), env)
    if (view === null) return []
    return ([4, 6] as const).flatMap((family) =>
      (family === 4 ? view.me.ipv4 : view.me.ipv6) === ''
        ? []
        : [
            ...explainMesh(view, family),
            ...explainPeers(view, 'global', family),
            ...explainPeers(view, 'node', family),
          ],
    )
  }

  /** BGPPeers that compete for one session with equal right: real confd picks either. */
  ambiguousPeers() {
    return this.#cache.current().peers.ambiguous
  }

  #view(nodeName: string, inputs: Inputs, env: ConfdEnv): NodeView | null {
    const me = inputs.byName.get(nodeName)
    if (me === undefined) return null
    const cidrs: ServiceCidrs = serviceCidrs(inputs.global, env)
    const services: ServiceRoutes = serviceRoutes(this.#store, me, cidrs)
    return {
      me,
      inputs,
      env,
      routerId: routerId(nodeName, me.ipv4, env),
      blocks: this.#blocksOf(nodeName),
      services,
      serviceCidrs: cidrs,
    }
  }

  /** Own blocks as confd caches them: no pending ones, none of `virtual` owners. */
  #blocksOf(nodeName: string): readonly OwnBlock[] {
    const affinities = this.#store.list('BlockAffinity')
    if (affinities !== this.#affinities) {
      this.#affinities = affinities
      this.#blocks = indexBlocks(affinities, this.#blocks)
    }
    return this.#blocks.get(nodeName) ?? NO_BLOCKS
  }
}

function indexBlocks(
  affinities: readonly BlockAffinity[],
  before: ReadonlyMap<string, readonly OwnBlock[]>,
): Map<string, readonly OwnBlock[]> {
  const fresh = new Map<string, OwnBlock[]>()
  for (const { spec } of affinities) {
    if (spec.state === 'pending' || spec.deleted === 'true' || spec.type === 'virtual') continue
    const blocks = fresh.get(spec.node)
    const block = { cidr: spec.cidr, state: spec.state }
    if (blocks === undefined) fresh.set(spec.node, [block])
    else blocks.push(block)
  }
  const out = new Map<string, readonly OwnBlock[]>()
  for (const [node, blocks] of fresh) {
    blocks.sort((a, b) => byCidrKey(a.cidr, b.cidr))
    const old = before.get(node)
    out.set(node, old !== undefined && sameBlocks(old, blocks) ? old : blocks)
  }
  return out
}

function sameBlocks(a: readonly OwnBlock[], b: readonly OwnBlock[]): boolean {
  return (
    a.length === b.length && a.every((block, index) => block.cidr === b[index]?.cidr && block.state === b[index]?.state)
  )
}

function routerId(name: string, ipv4: string, env: ConfdEnv): string {
  const wanted = env.CALICO_ROUTER_ID ?? ''
  if (wanted === '') return ipv4
  if (wanted !== 'hash') return wanted
  const bytes = sha256OfAscii(name)
  const first = bytes[0] ?? 0
  return `${first > 223 ? first - 32 : first}.${bytes[1]}.${bytes[2]}.${bytes[3]}`
}

function missing(nodeName: string): ConfdResult {
  return { ok: false, message: `error calling getv: key does not exist: /calico/bgp/v1/host/${nodeName}/ip_addr_v4` }
}

/** `unchanged`: earlier files whose bird.cfg and bird6.cfg still hold. */
function renderAll(view: NodeView, unchanged: ConfdFiles | null): ConfdFiles {
  return new Map<ConfdFile, string>([
    ['bird.cfg', unchanged?.get('bird.cfg') ?? renderBird(view, 4)],
    ['bird_aggr.cfg', renderAggr(view, 4)],
    ['bird_ipam.cfg', renderIpam(view, 4)],
    ['bird6.cfg', unchanged?.get('bird6.cfg') ?? renderBird(view, 6)],
    ['bird6_aggr.cfg', renderAggr(view, 6)],
    ['bird6_ipam.cfg', renderIpam(view, 6)],
  ])
}

/** The variables that confd reads. */
function keyOfEnv(env: ConfdEnv): string {
  return `${env.CALICO_ROUTER_ID ?? ''}\n${env.NAMESPACE ?? ''}\n${env.CALICO_ADVERTISE_CLUSTER_IPS ?? ''}`
}

/** Files whose text differs; each is one SIGHUP of its daemon. `before` null: all of them are new. */
export function changedFiles(before: ConfdFiles | null, after: ConfdFiles): readonly ConfdFile[] {
  return CONFD_FILES.filter((file) => before?.get(file) !== after.get(file))
}

const shared = new WeakMap<Datastore, Confd>()

/** The confd of a datastore; one for all its nodes. */
export function confdOf(store: Datastore): Confd {
  let confd = shared.get(store)
  if (confd === undefined) {
    confd = new Confd(store)
    shared.set(store, confd)
  }
  return confd
}

export function renderConfd(store: Datastore, nodeName: string, env: ConfdEnv = {}): ConfdResult {
  return confdOf(store).render(nodeName, env)
}
