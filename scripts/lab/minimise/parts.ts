// A scenario document taken apart into what can be left out of it: actions, manifests, hosts, protocols, lines.
import { parseAllDocuments, stringify } from 'yaml'
import { keysAt, statementsOf, textWithout } from './config-tree.ts'

interface HostEntry {
  name: string
  interfaces?: { address?: string }[]
  birdConf?: string
}

interface ActionEntry {
  action: string
  target?: string
  text?: string
}

interface ScenarioDocument {
  kind: 'Scenario'
  spec?: { hosts?: HostEntry[]; timeline?: ActionEntry[] }
}

type AnyDocument = ScenarioDocument | { kind?: string }

const isScenario = (document: AnyDocument): document is ScenarioDocument => document?.kind === 'Scenario'
/** A bird.conf nests no deeper where it matters: protocol, filter, branch. */
const DEEPEST = 3

export class Parts {
  readonly #documents: readonly AnyDocument[]

  constructor(text: string) {
    this.#documents = parseAllDocuments(text).map((document) => document.toJS() as AnyDocument)
  }

  /** Coarse to fine: what is decided on an earlier level makes later ones small. */
  levels(): string[][] {
    const spec = this.#documents.find(isScenario)?.spec ?? {}
    const texts = configTexts(spec)
    return [
      (spec.timeline ?? []).map((_, index) => `action ${index}`),
      [
        ...(spec.hosts ?? []).map((host) => `host ${host.name}`),
        ...this.#documents.flatMap((document, index) => (isScenario(document) ? [] : [`document ${index}`])),
      ],
      ...Array.from({ length: DEEPEST + 1 }, (_, depth) => [
        ...new Set(
          texts.flatMap(({ host, text }) => keysAt(statementsOf(text), depth).map((key) => `conf ${host}${key}`)),
        ),
      ]),
      // Where a session to nobody is what shows the difference.
      (spec.hosts ?? []).map((host) => `machine ${host.name}`),
    ]
  }

  /** The document without these parts, and without what cannot be without them. */
  without(left: ReadonlySet<string>): string {
    const documents = this.#documents.filter((_, index) => !left.has(`document ${index}`))
    return documents
      .map((document) =>
        isScenario(document) ? { ...document, spec: scenarioWithout(document.spec ?? {}, left) } : document,
      )
      .map((document) => stringify(document, { lineWidth: 0 }))
      .join('---\n')
  }
}

type Spec = NonNullable<ScenarioDocument['spec']>

function configTexts(spec: Spec): { host: string; text: string }[] {
  const first = (spec.hosts ?? []).map(({ name, birdConf }) => ({ host: name, text: birdConf ?? '' }))
  const later = (spec.timeline ?? []).map(({ target, text }) => ({ host: hostOf(target), text: text ?? '' }))
  return [...first, ...later].filter(({ text }) => text !== '')
}

function hostOf(target: string | undefined): string {
  return target?.split('/')[1] ?? ''
}

function scenarioWithout(spec: Spec, left: ReadonlySet<string>): Spec {
  const gone = (spec.hosts ?? []).filter((host) => left.has(`host ${host.name}`))
  const neighbours = gone.flatMap((host) =>
    (host.interfaces ?? []).map((iface) => `neighbor ${iface.address?.split('/')[0]} `),
  )
  const conf = (host: string, text: string): string => {
    const statements = statementsOf(text).filter(
      ({ inner }) => !inner?.some(({ head }) => neighbours.some((neighbour) => head.includes(neighbour))),
    )
    return textWithout(statements, (key) => left.has(`conf ${host}${key}`))
  }
  const names = new Set(
    [...gone, ...(spec.hosts ?? []).filter((host) => left.has(`machine ${host.name}`))].map(({ name }) => name),
  )
  const result: Spec = { ...spec }
  if (spec.hosts !== undefined) {
    result.hosts = spec.hosts
      .filter((host) => !names.has(host.name))
      .map((host) => (host.birdConf === undefined ? host : { ...host, birdConf: conf(host.name, host.birdConf) }))
  }
  if (spec.timeline !== undefined) {
    result.timeline = spec.timeline
      .filter((action, index) => !left.has(`action ${index}`) && !names.has(hostOf(action.target)))
      .map((action) =>
        action.text === undefined ? action : { ...action, text: conf(hostOf(action.target), action.text) },
      )
  }
  return result
}
