// BGPConfiguration: libcalico-go's validator and the rule that some fields belong to `default` alone (reference 1.4).
import { asNumberOf } from '../as-number.ts'
import { type FieldPath, failedTag } from '../problem.ts'
import type { BGPConfiguration, BGPConfigurationSpec } from '../resources.ts'
import { type Context, checkCidr, checkDuration, checkOneOf, INTERFACE, refuse } from './rules.ts'

const LEVELS = ['Trace', 'Debug', 'Info', 'Warning', 'Error', 'Fatal']
const DEFAULT_ONLY: readonly (readonly [keyof BGPConfigurationSpec, string, string])[] = [
  ['nodeToNodeMeshEnabled', 'NodeToNodeMeshEnabled', 'nodeToNodeMeshEnabled'],
  ['asNumber', 'ASNumber', 'ASNumber'],
  ['serviceLoadBalancerIPs', 'ServiceLoadBalancerIPs', 'ServiceLoadBalancerIPs'],
  ['serviceExternalIPs', 'ServiceExternalIPs', 'ServiceExternalIPs'],
  ['serviceClusterIPs', 'ServiceClusterIPs', 'ServiceClusterIPs'],
  ['nodeMeshPassword', 'NodeMeshPassword', 'nodeMeshPassword'],
  ['nodeMeshMaxRestartTime', 'NodeMeshMaxRestartTime', 'nodeMeshMaxRestartTime'],
]

export function validateBGPConfiguration(configuration: BGPConfiguration, context: Context): void {
  const spec = configuration.spec
  if (configuration.metadata.name !== 'default') {
    for (const [field, go, word] of DEFAULT_ONLY) {
      if (spec[field] === undefined) continue
      const subject = { path: ['spec', field], name: `BGPConfiguration.Spec.${go}`, value: spec[field] }
      refuse(context, subject, `Cannot set ${word} on a non default BGP Configuration.`)
    }
  }
  checkValues(spec, context)
  checkMesh(spec, context)
  checkCommunities(spec, context)
}

function checkValues(spec: BGPConfigurationSpec, context: Context): void {
  const level = { path: ['spec', 'logSeverityScreen'], name: 'LogSeverityScreen', value: spec.logSeverityScreen }
  checkOneOf(context, level, { values: LEVELS, tag: 'bgpLogLevel' })
  const bind = { path: ['spec', 'bindMode'], name: 'BindMode', value: spec.bindMode }
  checkOneOf(context, bind, { values: ['None', 'NodeIP'], tag: 'bindMode' })
  checkAsNumber(spec.asNumber, context)
  const port = spec.listenPort
  if (port !== undefined && (port < 1 || port > 65535)) {
    context.findings.push(
      failedTag(['spec', 'listenPort'], { name: 'ListenPort', value: port, tag: port < 1 ? 'gt' : 'lte' }),
    )
  }
  spec.ignoredInterfaces?.forEach((value, index) => {
    if (INTERFACE.test(value)) return
    context.findings.push(
      failedTag(['spec', 'ignoredInterfaces', index], { name: 'IgnoredInterfaces', value, tag: 'ignoredInterface' }),
    )
  })
  checkDuration(context, {
    path: ['spec', 'nodeMeshMaxRestartTime'],
    name: 'NodeMeshMaxRestartTime',
    value: spec.nodeMeshMaxRestartTime,
  })
  for (const field of ['serviceClusterIPs', 'serviceExternalIPs', 'serviceLoadBalancerIPs'] as const) {
    spec[field]?.forEach((item, index) => {
      checkCidr(context, { path: ['spec', field, index, 'cidr'], name: 'CIDR', value: item.cidr }, null)
    })
  }
}

export function checkAsNumber(
  value: number | string | undefined,
  context: Context,
  path: FieldPath = ['spec', 'asNumber'],
): void {
  if (value === undefined || asNumberOf(value) !== null) return
  const reason = 'invalid AS Number format'
  context.findings.push({ path, code: 'wrong-type', message: `${reason} (${value})` })
}

function checkMesh(spec: BGPConfigurationSpec, context: Context): void {
  if (spec.nodeToNodeMeshEnabled !== false) return
  for (const [field, go] of [
    ['nodeMeshPassword', 'NodeMeshPassword'],
    ['nodeMeshMaxRestartTime', 'NodeMeshMaxRestartTime'],
  ] as const) {
    if (spec[field] === undefined) continue
    const subject = { path: ['spec', field], name: `BGPConfiguration.Spec.${go}`, value: '' }
    refuse(context, subject, `spec.${go} cannot be set if spec.NodeToNodeMesh is disabled`)
  }
}

/** `aa:nn` with 16-bit parts or `aa:nn:mm` with 32-bit parts. */
export function isCommunity(value: string): boolean {
  const parts = value.split(':')
  const limit = parts.length === 2 ? 0xffff : parts.length === 3 ? 0xffffffff : -1
  return parts.every((part) => /^\d{1,10}$/.test(part) && Number(part) <= limit)
}

function checkCommunities(spec: BGPConfigurationSpec, context: Context): void {
  const communities = spec.communities ?? []
  const names = new Set(communities.map((community) => community.name))
  if (communities.length > 0 && (spec.prefixAdvertisements ?? []).length === 0) {
    const subject = { path: ['spec', 'communities'], name: 'Spec.Communities[]', value: communities }
    refuse(context, subject, 'communities are defined but not used in Spec.PrefixAdvertisement[].')
  }
  communities.forEach(({ value }, index) => {
    if (isCommunity(value.trim())) return
    const subject = { path: ['spec', 'communities', index, 'value'], name: 'Spec.Communities[].Value', value }
    refuse(context, subject, 'invalid community value or format used.')
  })
  spec.prefixAdvertisements?.forEach((advertisement, index) => {
    const path = ['spec', 'prefixAdvertisements', index]
    checkCidr(context, { path: [...path, 'cidr'], name: 'CIDR', value: advertisement.cidr }, null)
    advertisement.communities?.forEach((value, position) => {
      if (isCommunity(value.trim()) || names.has(value)) return
      const subject = {
        path: [...path, 'communities', position],
        name: 'Spec.PrefixAdvertisement[].Communities[]',
        value,
      }
      refuse(context, subject, 'community used is invalid or not defined.')
    })
  })
}
