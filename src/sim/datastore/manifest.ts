// From a decoded YAML document to a resource of the store: finds its kind, decodes it strictly, fills defaults, validates.
// Follows what kubectl and calicoctl do before anything is written (reference 1.1-1.10).
import { type CalicoNodeDocument, calicoNodeAnnotations } from './node.ts'
import { mergeNode } from './node-merge.ts'
import { type Finding, formatPath } from './problem.ts'
import type { AnyResource, BGPConfiguration, IPAMBlock, IPAMConfig, IPAMConfigSpec, IPPool, Node } from './resources.ts'
import { FIELD_LIMITS, INERT_KINDS, REFUSED_KINDS, unknownFieldHint } from './schema/limits.ts'
import { decode } from './schema/schema.ts'
import { calicoNodeSchema, type KindShape, shapeOf } from './schema/shapes.ts'
import type { ResourceStore } from './store.ts'
import { validateBGPConfiguration } from './validate/bgpconfiguration.ts'
import { validateBGPFilter } from './validate/bgpfilter.ts'
import { validateBGPPeer } from './validate/bgppeer.ts'
import { validateBlockAffinity, validateIPAMConfig, validateIPReservation } from './validate/ipam.ts'
import { defaultIPPool, validateIPPool } from './validate/ippool.ts'
import { validateCalicoNode } from './validate/node.ts'
import type { Context } from './validate/rules.ts'

export interface Admission {
  /** What to store; null when there is nothing to store (inert kinds) or when findings forbid it. */
  readonly resource: AnyResource | null
  readonly findings: readonly Finding[]
  /** Accepted, but without effect here. */
  readonly notices: readonly { readonly path: Finding['path']; readonly message: string }[]
}

type Head = { readonly apiVersion: string; readonly kind: string; readonly name: string }

/** What the document says it is, as far as it can be read. */
export function headOf(document: unknown): Head {
  const record = (typeof document === 'object' && document !== null ? document : {}) as Record<string, unknown>
  const metadata = (typeof record.metadata === 'object' && record.metadata !== null ? record.metadata : {}) as Record<
    string,
    unknown
  >
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return {
    apiVersion: text(record.apiVersion),
    kind: text(record.kind),
    name: text(metadata.name) || text(record.name),
  }
}

function nothing(finding: Finding): Admission {
  return { resource: null, findings: [finding], notices: [] }
}

/** Checks one document against the store as it stands. Stores nothing. */
export function admit(document: unknown, store: ResourceStore): Admission {
  const head = headOf(document)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return nothing({ path: [], code: 'wrong-type', message: 'a manifest must be a mapping with apiVersion and kind' })
  }
  if (head.kind === '') return nothing({ path: [], code: 'invalid', message: "Object 'Kind' is missing" })
  const shape = shapeOf(head.kind)
  if (shape === null) return admitForeign(head)
  if (head.kind === 'Node' && head.apiVersion.startsWith('projectcalico.org/')) return admitCalicoNode(document, store)
  if (!shape.apiVersions.includes(head.apiVersion)) return nothing(noMatch(head))
  return admitKnown(document, shape, store)
}

function noMatch(head: Head): Finding {
  return {
    path: ['apiVersion'],
    code: 'unsupported',
    message: `no matches for kind "${head.kind}" in version "${head.apiVersion}"`,
  }
}

function admitForeign(head: Head): Admission {
  if (INERT_KINDS.has(head.kind)) return { resource: null, findings: [], notices: inertNotice(head.kind) }
  const why = Object.hasOwn(REFUSED_KINDS, head.kind) ? REFUSED_KINDS[head.kind] : undefined
  if (why === undefined) return nothing(noMatch(head))
  return nothing({ path: ['kind'], code: 'unsupported', message: `${head.kind} is not simulated: ${why}` })
}

function hinted(kind: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => {
    const hint = finding.code === 'unknown-field' ? unknownFieldHint(kind, finding.path) : null
    return hint === null ? finding : { ...finding, hint }
  })
}

function inertNotice(kind: string): Admission['notices'] {
  return INERT_KINDS.has(kind) ? [{ path: ['kind'], message: `${kind} is accepted and not simulated` }] : []
}

function noticesFor(kind: string, document: unknown): Admission['notices'] {
  const fields = FIELD_LIMITS.filter((limit) => limit.kind === kind).flatMap((limit) => {
    const path = limit.path.split('.')
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null | undefined)?.[key], document)
    return value === undefined || value === null ? [] : [{ path, message: `${formatPath(path)}: ${limit.message}` }]
  })
  return [...inertNotice(kind), ...fields]
}

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

function checkName(name: string, findings: Finding[]): void {
  if (name === '') {
    findings.push({ path: ['metadata'], code: 'invalid', message: 'resource name may not be empty' })
  } else if (!NAME.test(name) || name.length > 253) {
    const message =
      `error with field Metadata.Name = '${name}' (Reason: a lowercase RFC 1123 subdomain must consist of lower case ` +
      "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character)"
    findings.push({ path: ['metadata', 'name'], code: 'invalid', message })
  }
}

function admitCalicoNode(document: unknown, store: ResourceStore): Admission {
  const findings: Finding[] = []
  const node = decode(document, calicoNodeSchema, findings) as CalicoNodeDocument
  checkName(headOf(document).name, findings)
  if (findings.length > 0) return { resource: null, findings: hinted('Node', findings), notices: [] }
  validateCalicoNode(node, { store, findings })
  const notices = noticesFor('Node', document)
  if (findings.length > 0) return { resource: null, findings, notices }
  const source = { kind: 'calico', labels: {}, annotations: calicoNodeAnnotations(node) } as const
  const name = node.metadata.name
  const base: Node = { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: {} }
  return { resource: mergeNode(store.get('Node', name), base, source), findings, notices }
}

function admitKnown(document: object, shape: KindShape, store: ResourceStore): Admission {
  const findings: Finding[] = []
  const decoded = decode(document, shape.schema, findings) as Record<string, unknown>
  const head = headOf(document)
  const name = shape.kind === 'Cluster' ? head.name || 'kind' : head.name
  checkName(name, findings)
  if (findings.length > 0) return { resource: null, findings: hinted(shape.kind, findings), notices: [] }
  const given = decoded.metadata as { namespace?: string } | undefined
  const { namespace, ...metadata } = given ?? {}
  const placed = shape.namespaced ? { ...metadata, name, namespace: namespace || 'default' } : { ...metadata, name }
  const candidate = {
    ...decoded,
    kind: shape.kind,
    metadata: placed,
    spec: decoded.spec ?? {},
  } as unknown as AnyResource
  const resource = complete(candidate, store)
  validate(resource, { store, findings })
  const notices = noticesFor(shape.kind, document)
  return { resource: findings.length > 0 ? null : resource, findings, notices }
}

const IPAM_DEFAULTS: IPAMConfigSpec = { strictAffinity: false, autoAllocateBlocks: true, maxBlocksPerHost: 0 }

/** Defaults, and what an update keeps of the object it replaces. */
function complete(resource: AnyResource, store: ResourceStore): AnyResource {
  switch (resource.kind) {
    case 'Node': {
      const { labels = {}, annotations = {} } = resource.metadata
      return mergeNode(store.get('Node', resource.metadata.name), resource, { kind: 'kubernetes', labels, annotations })
    }
    case 'Pod': {
      const old = store.get('Pod', `${resource.metadata.namespace}/${resource.metadata.name}`)
      if (old === null) return resource
      const annotations = { ...old.metadata.annotations, ...resource.metadata.annotations }
      return {
        ...(old.status === undefined ? {} : { status: old.status }),
        ...resource,
        metadata: { ...resource.metadata, annotations },
      }
    }
    case 'IPPool':
      return defaultIPPool(resource as IPPool)
    case 'IPAMConfig':
      return { ...resource, spec: { ...IPAM_DEFAULTS, ...resource.spec } } as IPAMConfig
    case 'IPAMBlock': {
      const empty = { affinity: null, allocations: [], unallocated: [], attributes: [] }
      return { ...resource, spec: { ...empty, ...resource.spec } } as IPAMBlock
    }
    case 'BlockAffinity': {
      const { state = '', node = '', cidr = '', deleted = '' } = resource.spec as Partial<typeof resource.spec>
      return { ...resource, spec: { ...resource.spec, state, node, cidr, deleted } }
    }
    default:
      return resource
  }
}

function validate(resource: AnyResource, context: Context): void {
  switch (resource.kind) {
    case 'IPPool':
      validateIPPool(resource, context)
      break
    case 'BGPConfiguration':
      validateBGPConfiguration(resource as BGPConfiguration, context)
      break
    case 'BGPPeer':
      validateBGPPeer(resource, context)
      break
    case 'BGPFilter':
      validateBGPFilter(resource, context)
      break
    case 'IPAMConfig':
      validateIPAMConfig(resource, context)
      break
    case 'IPReservation':
      validateIPReservation(resource, context)
      break
    case 'BlockAffinity':
      validateBlockAffinity(resource, context)
      break
  }
}
