// calicoctl: `node status` on a node, `get` from anywhere (reference 9.1, 9.2: CTL/commands, CTL/resourcemgr).

import { protocolRow } from '../../bird/control/show-protocols.ts'
import { asNumberOf } from '../../datastore/as-number.ts'
import { bgpNode } from '../../datastore/node.ts'
import type { AnyResource, BGPConfiguration, BGPFilter, BGPPeer, IPPool, Node } from '../../datastore/resources.ts'
import { readArguments } from '../arguments.ts'
import { wallClock } from '../clock.ts'
import type { ShellHost } from '../host.ts'
import { calicoNode, kindNamed, objectNamed, objectsOf, plainObject, toYaml } from '../objects.ts'
import { boxed, CALICOCTL, tabbed } from '../table.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'
import { deleteAction } from './delete-action.ts'

export function calicoctl(context: ShellContext, host: ShellHost | null, words: readonly string[]): CommandResult {
  const args = readArguments(words)
  const [verb, ...rest] = args.words
  switch (verb) {
    case 'node':
      return rest[0] === 'status'
        ? nodeStatus(context, host)
        : output([note(`"calicoctl node ${rest[0]}" is not simulated.`)])
    case 'get':
      return get(context, rest, args.option('-o', '--output') ?? 'ps')
    case 'delete':
      if (!args.flag('-f', '--filename')) return deleteAction(context, { kind: rest[0], name: rest[1], namespace: '' })
      return noFiles()
    case 'apply':
    case 'create':
    case 'replace':
      return noFiles()
    case 'version':
      return output(['Client Version:    v3.30.2'])
    default:
      return output([`Not simulated. Try: calicoctl get ${verb === 'ipam' ? 'ippool' : 'nodes'} -o wide`])
  }
}

export function noFiles(): CommandResult {
  return output([note('there are no files here; apply and change manifests in the editor.')])
}

const PEER_TYPES: readonly (readonly [string, string])[] = [
  ['Mesh_', 'node-to-node mesh'],
  ['Node_', 'node specific'],
  ['Global_', 'global'],
]

/** Reads birdcl's table as calicoctl does: a row without info, as of a protocol disabled by hand, is dropped. */
function nodeStatus(context: ShellContext, host: ShellHost | null): CommandResult {
  if (host === null || host.record.kind !== 'node') {
    return output([note('calicoctl node status must run on the node itself; open the terminal of a node.')])
  }
  if (host.record.felix !== 'running') return output(['Calico process is not running.'])
  if (host.record.bird !== 'running') {
    return output(['Calico process is running.', '', 'The BGP backend process (BIRD) is not running.'])
  }
  const clock = wallClock(context.scenario.startEpochMs)
  const rows = context.recording.protocols(context.at, host.id).flatMap((protocol) => {
    const peer = PEER_TYPES.find(([prefix]) => protocol.name.startsWith(prefix))
    const columns = protocolRow(protocol, context.at, clock).trim().split(/\s+/)
    if (peer === undefined || columns.length < 6) return []
    const address = protocol.name.slice(peer[0].length).replaceAll('_', '.')
    return [[address, peer[1], columns[3] ?? '', columns[4] ?? '', columns.slice(5).join(' ')]]
  })
  const table = boxed(['Peer address', 'Peer type', 'State', 'Since', 'Info'], rows)
  return output([
    'Calico process is running.',
    '',
    'IPv4 BGP status',
    ...(rows.length === 0 ? ['No IPv4 peers found.'] : table),
    '',
    'IPv6 BGP status',
    'No IPv6 peers found.',
    '',
  ])
}

const GETTABLE = ['Node', 'IPPool', 'BGPPeer', 'BGPConfiguration', 'BGPFilter', 'FelixConfiguration', 'IPReservation']

function get(context: ShellContext, words: readonly string[], format: string): CommandResult {
  const [kindWord = '', name] = words
  const found = kindNamed(kindWord)
  if (found === null || !GETTABLE.includes(found.kind)) {
    return output([`Failed to get resources: resource type '${kindWord}' is not supported`])
  }
  const { kind } = found
  const one = name === undefined ? null : objectNamed(context, kind, { namespace: '', name })
  if (name !== undefined && one === null) {
    const resource = found.resource.replace('.projectcalico.org', '.crd.projectcalico.org')
    return output([`resource does not exist: ${kind}(${name}) with error: ${resource} "${name}" not found`])
  }
  const objects = one === null ? objectsOf(context, kind) : [one]
  switch (format) {
    case 'yaml':
    case 'json': {
      const shown = objects.map((object) => (object.kind === 'Node' ? calicoNode(object) : plainObject(object)))
      const version = 'projectcalico.org/v3'
      const whole = one === null ? { apiVersion: version, items: shown, kind: `${kind}List`, metadata: {} } : shown[0]
      return { type: 'output', text: format === 'yaml' ? toYaml(whole) : `${JSON.stringify(whole, null, 2)}\n` }
    }
    case 'ps':
    case 'wide':
      return output([...tabbed(table(context, { kind, objects, wide: format === 'wide' }), CALICOCTL), ''])
    default:
      return output([`unrecognized output format '${format}'`])
  }
}

function table(
  context: ShellContext,
  asked: { kind: string; objects: readonly AnyResource[]; wide: boolean },
): string[][] {
  const { kind, objects, wide } = asked
  switch (kind) {
    case 'Node':
      if (!wide) break
      return [['NAME', 'ASN', 'IPV4', 'IPV6'], ...objects.map((node) => nodeRow(context, node as Node))]
    case 'IPPool':
      return [
        wide
          ? 'NAME CIDR NAT IPIPMODE VXLANMODE DISABLED DISABLEBGPEXPORT SELECTOR ASSIGNMENTMODE'.split(' ')
          : ['NAME', 'CIDR', 'SELECTOR'],
        ...objects.map((pool) => poolRow(pool as IPPool, wide)),
      ]
    case 'BGPPeer':
      return [['NAME', 'PEERIP', 'NODE', 'ASN'], ...objects.map((peer) => peerRow(peer as BGPPeer))]
    case 'BGPConfiguration':
      return [
        ['NAME', 'LOGSEVERITY', 'MESHENABLED', 'ASNUMBER'],
        ...objects.map((object) => {
          const { metadata, spec } = object as BGPConfiguration
          return [metadata.name, ...[spec.logSeverityScreen, spec.nodeToNodeMeshEnabled, spec.asNumber].map(orDash)]
        }),
      ]
    case 'BGPFilter':
      return [
        ['NAME', 'NUMEXPORTV4', 'NUMIMPORTV4', 'NUMEXPORTV6', 'NUMIMPORTV6'],
        ...objects.map((object) => {
          const { metadata, spec } = object as BGPFilter
          const counts = [spec.exportV4, spec.importV4, spec.exportV6, spec.importV6]
          return [metadata.name, ...counts.map((rules) => String(rules?.length ?? 0))]
        }),
      ]
    default:
  }
  return [['NAME'], ...objects.map((object) => [object.metadata.name])]
}

function orDash(value: unknown): string {
  return value === undefined ? '-' : String(value)
}

function nodeRow(context: ShellContext, node: Node): string[] {
  const calico = bgpNode(node)
  const config = objectNamed(context, 'BGPConfiguration', { namespace: '', name: 'default' }) as BGPConfiguration | null
  const inherited = asNumberOf(config?.spec.asNumber ?? '') ?? 64_512
  const as = calico.asNumber === '' ? `(${inherited})` : calico.asNumber
  const v4 = calico.ipv4 === '' ? '' : `${calico.ipv4}/${calico.ipv4Length}`
  return [node.metadata.name, as, v4, calico.ipv6]
}

function poolRow({ metadata, spec }: IPPool, wide: boolean): string[] {
  if (!wide) return [metadata.name, spec.cidr, spec.nodeSelector]
  return [
    metadata.name,
    spec.cidr,
    String(spec.natOutgoing === true),
    spec.ipipMode,
    spec.vxlanMode,
    String(spec.disabled === true),
    String(spec.disableBGPExport === true),
    spec.nodeSelector,
    spec.assignmentMode,
  ]
}

function peerRow({ metadata, spec }: BGPPeer): string[] {
  const node = spec.node || spec.nodeSelector || '(global)'
  return [metadata.name, spec.peerIP ?? '', node, String(spec.peerSelector ? 0 : (asNumberOf(spec.asNumber ?? 0) ?? 0))]
}
