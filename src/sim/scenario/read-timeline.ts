// spec.timeline: every action of docs/scenario-format.md with its fields; verbs and targets are checked against closed lists.
import { parseIp } from '../net/address.ts'
import { checkAddedHost, checkHostNames, type ReadAction, readBirdConf } from './added-hosts.ts'
import { readNetworkName, readRoutes } from './read-topology.ts'
import type { Place, Reader } from './reader.ts'
import { didYouMean } from './suggest.ts'
import type { Action, ActionBody, ActionName, NetworkSpec, Target } from './types.ts'

type TargetKind = Target['kind']

/** Names that targets and pods may use. */
export interface NameContext {
  nodes: ReadonlySet<string>
  hosts: ReadonlySet<string>
  networks: readonly NetworkSpec[]
  /** Hosts that are there from the start. */
  declared: ReadonlySet<string>
}

interface ActionShape {
  required: readonly string[]
  optional?: readonly string[]
  targets?: readonly TargetKind[]
}

const MACHINE: ActionShape = { required: ['target'], targets: ['node', 'host'] }
const LINK: ActionShape = { required: ['target'], targets: ['link'] }
const SHAPES: Readonly<Record<ActionName, ActionShape>> = {
  'add-node': { required: ['name'], optional: ['network', 'address', 'labels'] },
  'add-host': { required: ['name'], optional: ['network', 'address', 'routes', 'birdConf', 'birdArgs'] },
  'remove-host': { required: ['target'], targets: ['host'] },
  'power-off': MACHINE,
  'power-on': MACHINE,
  'stop-bird': MACHINE,
  'kill-bird': MACHINE,
  'start-bird': MACHINE,
  'restart-calico-node': { required: ['target'], optional: ['down'], targets: ['node'] },
  'cut-link': LINK,
  'mend-link': LINK,
  apply: { required: ['manifest'] },
  delete: { required: ['manifest'] },
  'create-pod': { required: ['pod'], optional: ['node', 'labels'] },
  'delete-pod': { required: ['pod'] },
  exec: { required: ['target', 'command'], targets: ['node', 'host'] },
  'set-bird-conf': { required: ['target', 'text'], targets: ['host'] },
  'set-address': { required: ['target', 'interface', 'address'], targets: ['node', 'host'] },
}
const ACTION_NAMES = Object.keys(SHAPES) as ActionName[]

/** `node/N`, `host/N`, `link/HOST/NETWORK` without looking whether they exist; null when malformed. */
function parseTarget(text: string): Target | null {
  const machine = /^(node|host)\/([^/\s]+)$/.exec(text)
  if (machine) return { kind: machine[1] as 'node' | 'host', name: machine[2] ?? '' }
  const link = /^link\/([^/\s]+)\/(\S+)$/.exec(text)
  return link ? { kind: 'link', host: link[1] ?? '', network: link[2] ?? '' } : null
}

export function formatTarget(target: Target): string {
  return target.kind === 'link' ? `link/${target.host}/${target.network}` : `${target.kind}/${target.name}`
}

const FORM: Readonly<Record<TargetKind, string>> = { node: 'node/NAME', host: 'host/NAME', link: 'link/HOST/NETWORK' }

function readTarget(
  reader: Reader,
  place: Place,
  context: NameContext & { kinds: readonly TargetKind[] },
): Target | null {
  const text = reader.string(place)
  if (text === null) return null
  const target = parseTarget(text)
  if (target === null || !context.kinds.includes(target.kind)) {
    const forms = context.kinds.map((kind) => FORM[kind]).join(' or ')
    const all = [...context.nodes]
      .map((name) => `node/${name}`)
      .concat([...context.hosts].map((name) => `host/${name}`))
    return reader.problem(place, `must be ${forms}, not '${text}'${target === null ? didYouMean(text, all) : ''}`)
  }
  if (target.kind === 'link') return checkLink(reader, place, { ...context, target })
  const names = target.kind === 'node' ? context.nodes : context.hosts
  if (names.has(target.name)) return target
  const elsewhere = target.kind === 'node' ? context.hosts : context.nodes
  const other = target.kind === 'node' ? 'host' : 'node'
  if (elsewhere.has(target.name))
    return reader.problem(place, `no ${text}: ${target.name} is a ${other}, write ${other}/${target.name}`)
  return reader.problem(place, `no ${target.kind} '${target.name}'${didYouMean(target.name, names)}`)
}

function checkLink(
  reader: Reader,
  place: Place,
  context: NameContext & { target: Extract<Target, { kind: 'link' }> },
): Target | null {
  const { host, network } = context.target
  if (!context.nodes.has(host) && !context.hosts.has(host)) {
    return reader.problem(place, `no node or host '${host}'${didYouMean(host, [...context.nodes, ...context.hosts])}`)
  }
  const names = context.networks.map((candidate) => candidate.name)
  if (!names.includes(network)) return reader.problem(place, `no network '${network}'${didYouMean(network, names)}`)
  return context.target
}

function readPod(reader: Reader, place: Place): string | null {
  const text = reader.string(place)
  if (text === null) return null
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(text)) return text
  return reader.problem(place, `must be NAMESPACE/NAME, such as default/web, not '${text}'`)
}

function readField(reader: Reader, place: Place, context: NameContext & { key: string; shape: ActionShape }): unknown {
  switch (context.key) {
    case 'target':
      return readTarget(reader, place, { ...context, kinds: context.shape.targets ?? [] })
    case 'down':
      return reader.duration(place)
    case 'labels':
      return reader.stringMap(place)
    case 'routes':
      return readRoutes(reader, place)
    case 'birdArgs':
      return reader.list(place).flatMap((arg) => reader.string(arg) ?? [])
    case 'birdConf':
      return readBirdConf(reader, place)
    case 'pod':
      return readPod(reader, place)
    case 'network':
      return readNetworkName(reader, place, context.networks)?.name ?? null
    case 'node': {
      const node = reader.string(place)
      if (node === null || context.nodes.has(node)) return node
      return reader.problem(place, `no node '${node}'${didYouMean(node, context.nodes)}`)
    }
    case 'address': {
      const text = reader.string(place)
      if (text === null) return null
      const [host = '', length = '32'] = text.split('/')
      if (parseIp(host) !== null && /^\d{1,2}$/.test(length) && Number(length) <= 32) return text
      return reader.problem(place, `must be an IPv4 address, with or without its length, not '${text}'`)
    }
    default:
      return reader.string(place)
  }
}

function readAction(reader: Reader, entry: Place, context: NameContext): ReadAction | null {
  const verbPlace = peek(reader, entry, 'action')
  if (verbPlace === null) return null
  const verb = reader.oneOf(verbPlace, ACTION_NAMES)
  if (verb === null) return null
  const shape = SHAPES[verb]
  const fields = reader.fields(entry, { required: ['at', 'action', ...shape.required], optional: shape.optional ?? [] })
  if (fields === null) return null
  const before = reader.problems.length
  const atPlace = fields.get('at')
  const at = atPlace ? reader.duration(atPlace) : null
  const body: Record<string, unknown> = { action: verb }
  if (verb === 'restart-calico-node') body.down = 1_000_000
  for (const [key, place] of fields) {
    if (key === 'at' || key === 'action') continue
    body[key] = readField(reader, place, { ...context, key, shape })
  }
  if (verb === 'add-host') {
    checkAddedHost(reader, fields, { address: body.address, network: body.network, networks: context.networks })
  }
  const complete = shape.required.every((key) => body[key] !== undefined)
  if (at === null || !complete || reader.problems.length > before) return null
  return { action: { at, ...(body as unknown as ActionBody) }, name: fields.get('name') }
}

/** One field of a mapping ahead of the strict reading, since the others depend on it. */
function peek(reader: Reader, entry: Place, key: string): Place | null {
  const loose = reader.mapping(entry)
  if (loose === null) return null
  return loose.get(key) ?? reader.problem(entry, `'${key}' is missing; one of ${ACTION_NAMES.join(', ')}`)
}

/** The actions in order of time; equal times keep the document's order. */
export function readTimeline(reader: Reader, place: Place | undefined, context: NameContext): Action[] {
  const read = reader.list(place).flatMap((entry) => readAction(reader, entry, context) ?? [])
  read.sort((a, b) => a.action.at - b.action.at)
  checkHostNames(reader, read, context)
  return read.map(({ action }) => action)
}

/** Names that actions of the timeline bring: nodes and hosts added, or applied as manifests. */
export function namesAdded(
  reader: Reader,
  place: Place | undefined,
): { nodes: string[]; hosts: string[]; manifests: { place: Place; text: string }[] } {
  const nodes: string[] = []
  const hosts: string[] = []
  const manifests: { place: Place; text: string }[] = []
  for (const entry of reader.quietList(place)) {
    const fields = reader.quietMapping(entry)
    const verb = text(reader, fields?.get('action'))
    if (verb === 'add-node') nodes.push(text(reader, fields?.get('name')) ?? '')
    if (verb === 'add-host') hosts.push(text(reader, fields?.get('name')) ?? '')
    const manifest = fields?.get('manifest')
    const body = text(reader, manifest)
    if (manifest && body !== null && (verb === 'apply' || verb === 'delete'))
      manifests.push({ place: manifest, text: body })
  }
  const named = (names: string[]) => names.filter((name) => name !== '')
  return { nodes: named(nodes), hosts: named(hosts), manifests }
}

function text(reader: Reader, place: Place | undefined): string | null {
  const value = place ? reader.scalar(place) : null
  return typeof value === 'string' ? value : null
}
