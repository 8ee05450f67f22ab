// The document of our own kind: its head, then spec in the order in which later parts depend on earlier ones.
import { type Document, isMap, parseAllDocuments } from 'yaml'
import { checkBirdConf } from './check-bird-conf.ts'
import { embeddedPosition } from './embedded.ts'
import type { LocatedManifest } from './manifests.ts'
import { deriveNetworks, type NodePlacement } from './placement.ts'
import { readExpectations } from './read-expect.ts'
import { readNarration, readText } from './read-text.ts'
import { type NameContext, namesAdded, readTimeline } from './read-timeline.ts'
import { nodeAddressKeys, readHosts, readNetworks, readNodes } from './read-topology.ts'
import type { Place, Reader } from './reader.ts'
import { didYouMean } from './suggest.ts'
import { isoTime, parseUtc } from './time.ts'
import type { Scenario } from './types.ts'

const API_VERSION = 'calicoscope.dev/v1'
/** 2025-08-12T00:00:00Z. */
const DEFAULT_START_MS = 1_754_956_800_000
const SPEC_KEYS = [
  'title',
  'description',
  'seed',
  'start',
  'networks',
  'hosts',
  'nodes',
  'timeline',
  'expect',
  'narration',
]

/** Whether a document is ours; a misspelt one says so instead of passing as a manifest. */
export function isScenarioDocument(reader: Reader, document: Document): boolean {
  if (!isMap(document.contents)) return false
  const kind = document.contents.get('kind')
  const version = document.contents.get('apiVersion')
  const ours = typeof version === 'string' && version.startsWith('calicoscope.dev')
  if (kind !== 'Scenario' && !ours) return false
  const at = document.contents.range?.[0] ?? 0
  if (kind !== 'Scenario')
    reader.problemAt(at, 'kind', `unknown kind '${String(kind)}'${didYouMean(String(kind), ['Scenario'])}`)
  if (version !== API_VERSION) {
    reader.problemAt(at, 'apiVersion', `a Scenario is ${API_VERSION} in this version, not '${String(version)}'`)
  }
  return true
}

export function readScenarioDocument(
  reader: Reader,
  document: Document | null,
  given: { manifests: readonly LocatedManifest[]; placements: readonly NodePlacement[] },
): Scenario | null {
  reader.document = document
  const root = reader.place(document?.contents ?? null, '', 0)
  const top =
    document === null ? null : reader.fields(root, { required: ['apiVersion', 'kind'], optional: ['metadata', 'spec'] })
  const metaPlace = top?.get('metadata')
  const meta = metaPlace?.node ? reader.fields(metaPlace, { optional: ['name', 'labels', 'annotations'] }) : null
  const specPlace = top?.get('spec')
  const spec = (specPlace?.node ? reader.fields(specPlace, { optional: SPEC_KEYS }) : null) ?? new Map<string, Place>()
  const namePlace = meta?.get('name')
  const name = (namePlace ? reader.string(namePlace) : null) ?? clusterName(given.manifests) ?? 'scenario'
  const topology = readTopology(reader, spec, given.placements)
  const { names } = topology
  return {
    text: reader.text,
    name,
    title: readText(reader, spec.get('title')) ?? { en: name },
    description: readText(reader, spec.get('description')),
    seed: readSeed(reader, spec.get('seed')),
    startEpochMs: readStart(reader, spec.get('start')),
    networks: names.networks,
    hosts: topology.hosts,
    nodes: topology.nodes,
    timeline: readTimeline(reader, spec.get('timeline'), names),
    expect: readExpectations(reader, spec.get('expect'), names),
    narration: readNarration(reader, spec.get('narration')),
    manifests: given.manifests.map(({ line, object }) => ({ line, object })),
  }
}

function clusterName(manifests: readonly LocatedManifest[]): string | null {
  const name = manifests.find(({ object }) => object.kind === 'Cluster')?.object.name
  return typeof name === 'string' ? name : null
}

function readTopology(reader: Reader, spec: ReadonlyMap<string, Place>, placements: readonly NodePlacement[]) {
  const added = namesAdded(reader, spec.get('timeline'))
  const nodes = new Set([...placements.map((placement) => placement.name), ...added.nodes])
  for (const manifest of added.manifests) for (const name of nodesApplied(reader, manifest)) nodes.add(name)
  const given = readNetworks(reader, spec.get('networks'))
  const networks = given.length > 0 ? given : deriveNetworks(placements)
  const addresses = nodeAddressKeys(placements, networks)
  const taken = new Map(placements.map(({ name }) => [name, `the manifest of node ${name}`]))
  const { hosts, confs } = readHosts(reader, spec.get('hosts'), { networks, addresses, taken })
  for (const conf of confs) checkBirdConf(reader, conf)
  const declared = new Set(hosts.map((host) => host.name))
  const names: NameContext = { nodes, hosts: new Set([...declared, ...added.hosts]), networks, declared }
  const nodeSpecs = readNodes(reader, spec.get('nodes'), { networks, addresses: new Map(), nodes })
  return { names, hosts, nodes: nodeSpecs }
}

/** Checks the YAML of a manifest in the timeline and gives the Kubernetes Nodes it brings. */
function nodesApplied(reader: Reader, manifest: { place: Place; text: string }): string[] {
  const stream = parseAllDocuments(manifest.text, { prettyErrors: true })
  const documents = Array.isArray(stream) ? (stream as Document[]) : []
  return documents.flatMap((document) => {
    for (const error of document.errors) {
      const inner = { line: error.linePos?.[0].line ?? 1, column: error.linePos?.[0].col ?? 1 }
      const message = `YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.code}`
      const place = embeddedPosition(reader.text, manifest.place, inner)
      reader.problems.push({ ...place, field: manifest.place.path, message, severity: 'error' })
    }
    if (document.errors.length > 0 || !isMap(document.contents) || document.get('kind') !== 'Node') return []
    const name = document.getIn(['metadata', 'name'])
    return typeof name === 'string' ? [name] : []
  })
}

function readSeed(reader: Reader, place: Place | undefined): number {
  return (place?.node ? reader.integer(place) : null) ?? 1
}

function readStart(reader: Reader, place: Place | undefined): number {
  if (!place?.node) return DEFAULT_START_MS
  const text = reader.string(place)
  const start = text === null ? null : parseUtc(text)
  if (text !== null && start === null) {
    reader.problem(place, `must be a UTC time such as ${isoTime(DEFAULT_START_MS, 0)}, not '${text}'`)
  }
  return start ?? DEFAULT_START_MS
}
