// The scenario document as values (docs/scenario-format.md). Parsing and validation produce these; nothing else makes them.
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'

/** Text in one or both languages; `en` is always there. */
export type LocalizedText = { en: string; 'zh-CN'?: string }

export interface NetworkSpec {
  name: string
  cidr: Prefix
  gateway: Ip | null
  /** One way, in microseconds. */
  latency: number
  /** 0 to 1. */
  loss: number
}

export interface InterfaceSpec {
  name: string
  network: string
  address: Ip
  prefixLength: number
}

export interface StaticRouteSpec {
  /** `default` is 0.0.0.0/0. */
  dst: Prefix
  via: Ip
}

/** Everything that is not a Kubernetes node: outside routers, VMs, ToR switches. */
export interface HostSpec {
  name: string
  interfaces: readonly InterfaceSpec[]
  routes: readonly StaticRouteSpec[]
  /** null: the host runs no BIRD. */
  birdConf: string | null
  birdArgs: readonly string[]
}

/** Networking of a Kubernetes node that cannot be derived from its address. */
export interface NodeSpec {
  name: string
  interfaces: readonly InterfaceSpec[]
  routes: readonly StaticRouteSpec[]
}

/** `node/NAME`, `host/NAME` or `link/HOST/NETWORK`. */
export type Target =
  | { kind: 'node'; name: string }
  | { kind: 'host'; name: string }
  | { kind: 'link'; host: string; network: string }

/** Durations and times are in microseconds. */
export type Action = { at: number } & ActionBody
export type ActionBody =
  | { action: 'add-node'; name: string; network?: string; address?: string; labels?: Readonly<Record<string, string>> }
  | {
      action: 'add-host'
      name: string
      network?: string
      address?: string
      /** Without any: the network's gateway as default route. */
      routes?: readonly StaticRouteSpec[]
      /** Without one: a short file without sessions. Empty: no BIRD. */
      birdConf?: string
      birdArgs?: readonly string[]
    }
  | { action: 'remove-host'; target: { kind: 'host'; name: string } }
  | { action: 'power-off' | 'power-on' | 'stop-bird' | 'kill-bird' | 'start-bird'; target: Target }
  | { action: 'restart-calico-node'; target: Target; down: number }
  | { action: 'cut-link' | 'mend-link'; target: Target }
  | { action: 'apply' | 'delete'; manifest: string }
  | { action: 'create-pod'; pod: string; node?: string; labels?: Readonly<Record<string, string>> }
  | { action: 'delete-pod'; pod: string }
  | { action: 'exec'; target: Target; command: string }
  | { action: 'set-bird-conf'; target: Target; text: string }
  | { action: 'set-address'; target: Target; interface: string; address: string }
export type ActionName = ActionBody['action']

export type Predicate =
  | { kind: 'reachable'; from: string; to: string; bothWays: boolean }
  | { kind: 'session'; host: string; protocol: string; state: string; info?: string }
  | {
      kind: 'route'
      host: string
      prefix: string
      via?: string
      protocol?: string
      best?: boolean
      attributes?: Readonly<Record<string, string>>
    }
  | { kind: 'kernel'; host: string; line: string }
  | { kind: 'log'; host: string; match: string }
  | { kind: 'message'; type: string; from: string; to: string; prefix?: string; count?: number; after?: number }

export interface Expectation {
  /** Exactly one of the two is set, in microseconds. */
  at?: number
  by?: number
  not: boolean
  predicate: Predicate
  /** Line of the document, for the failure message. */
  line: number
}

/** A sentence for the reader at a moment of the run (the narrator card). */
export interface Beat {
  at: number
  title: LocalizedText
  text: LocalizedText
}

/** An ordinary manifest of the document: any Kubernetes or Calico object, as parsed from YAML. */
export interface ManifestDocument {
  /** First line of the document in its file, 1-based. */
  line: number
  object: Readonly<Record<string, unknown>>
}

export interface Scenario {
  /** The document byte for byte, comments kept. */
  text: string
  name: string
  title: LocalizedText
  description: LocalizedText | null
  seed: number
  /** UTC time of t=0, in milliseconds since the epoch. */
  startEpochMs: number
  networks: readonly NetworkSpec[]
  hosts: readonly HostSpec[]
  nodes: readonly NodeSpec[]
  timeline: readonly Action[]
  expect: readonly Expectation[]
  narration: readonly Beat[]
  manifests: readonly ManifestDocument[]
}

/** A problem in a document a person wrote. Lines and columns are 1-based; field is a dotted path such as spec.seed. */
export interface Problem {
  line: number
  column: number
  field: string
  message: string
  severity: 'error' | 'warning'
}

export type ParsedScenario =
  | { ok: true; scenario: Scenario; warnings: readonly Problem[] }
  | { ok: false; problems: readonly Problem[] }
