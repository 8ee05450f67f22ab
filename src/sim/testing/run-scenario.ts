// Runs a scenario text for tests and reads its recording at the time it stands at.
import type { BgpMessage } from '../bgp/message.ts'
import { World } from '../cluster/world.ts'
import { formatRoutes, linkDownOf } from '../kernel/format-route.ts'
import { Recording } from '../recording/recording.ts'
import type { ClusterEvent, MessageRecord, PodRecord } from '../recording/types.ts'
import { parseScenario } from '../scenario/parse.ts'

const SECOND = 1_000_000

/** Manifests of `count` kind nodes named NAME-control-plane, NAME-worker, ... with a pool of this encapsulation. */
export function kindCluster(
  count: number,
  spec: { name?: string; encapsulation?: string; podSubnet?: string } = {},
): string {
  const { name = 'c', encapsulation = 'IPIP', podSubnet = '192.167.0.0/16' } = spec
  const nodes = Array.from({ length: count }, (_, i) => `- role: ${i === 0 ? 'control-plane' : 'worker'}`)
  return `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: ${name}
nodes:
${nodes.join('\n')}
networking: { disableDefaultCNI: true, podSubnet: ${podSubnet} }
---
apiVersion: operator.tigera.io/v1
kind: Installation
metadata: { name: default }
spec: { calicoNetwork: { ipPools: [ { cidr: ${podSubnet}, encapsulation: ${encapsulation} } ] } }
`
}

export class Run {
  readonly recording = new Recording()
  readonly world: World

  constructor(text: string) {
    const parsed = parseScenario(text)
    if (!parsed.ok) throw new Error(parsed.problems.map((problem) => `${problem.line}: ${problem.message}`).join('\n'))
    this.world = new World(parsed.scenario, this.recording.writer)
  }

  /** A document with these manifests and this `spec` of the Scenario, as YAML in flow or block style. */
  static of(manifests: string, spec = '{}'): Run {
    const indented = spec.startsWith('{') ? ` ${spec}` : `\n${spec.replaceAll(/^/gm, '  ')}`
    return new Run(`apiVersion: calicoscope.dev/v1\nkind: Scenario\nspec:${indented}\n---\n${manifests}`)
  }

  to(seconds: number): this {
    this.world.runTo(Math.round(seconds * SECOND))
    this.recording.extendTo(this.world.now)
    return this
  }

  get now(): number {
    return this.world.now
  }

  host(name: string): number {
    const id = this.recording.hostId(name)
    if (id === null) throw new Error(`no host ${name}`)
    return id
  }

  /** `ip route`, without the blank at the end of each line. */
  routes(host: string, at = this.now): string[] {
    const id = this.host(host)
    const down = linkDownOf(this.recording.interfaces(at, id))
    const text = formatRoutes(this.recording.fib(at, id), down)
    return text === '' ? [] : text.split('\n').map((line) => line.trimEnd())
  }

  /** Protocol names with state and info, blanks squeezed. */
  protocols(host: string, at = this.now): Record<string, string> {
    const rows = this.recording.protocols(at, this.host(host))
    return Object.fromEntries(
      rows.map(({ name, snapshot }) => [name, `${snapshot.state} ${snapshot.info.replaceAll(/\s+/g, ' ')}`.trim()]),
    )
  }

  events(code?: ClusterEvent['code']): (ClusterEvent & { at: number; host: string | null })[] {
    const found: (ClusterEvent & { at: number; host: string | null })[] = []
    for (let i = 0; i < this.recording.length; i++) {
      const { at, entry } = this.recording.entryAt(i)
      if (entry.kind !== 'event' || (code !== undefined && entry.event.code !== code)) continue
      const host = entry.host === null ? null : (this.recording.hosts[entry.host] ?? null)
      found.push({ ...entry.event, at, host })
    }
    return found
  }

  messages(type?: BgpMessage['type']): MessageRecord[] {
    const found: MessageRecord[] = []
    for (let id = 0; id < this.recording.messageCount; id++) {
      const record = this.recording.message(id)
      if (record !== null && (type === undefined || record.message.type === type)) found.push(record)
    }
    return found
  }

  replies(): string[] {
    const found: string[] = []
    for (let i = 0; i < this.recording.length; i++) {
      const { entry } = this.recording.entryAt(i)
      if (entry.kind === 'command') found.push(entry.record.reply)
    }
    return found
  }

  pod(name: string, at = this.now): PodRecord | null {
    return this.recording.pods(at).find((pod) => `${pod.namespace}/${pod.name}` === name) ?? null
  }

  log(host: string): string[] {
    return this.recording.log(this.now, this.host(host)).map((entry) => entry.line)
  }

  /** Times in seconds at which a route line of a host's kernel for this prefix came (true) or went (false). */
  fibChanges(host: string, prefix: number): { at: number; present: boolean }[] {
    const id = this.host(host)
    const found: { at: number; present: boolean }[] = []
    for (let i = 0; i < this.recording.length; i++) {
      const { at, entry } = this.recording.entryAt(i)
      if (entry.kind !== 'fib' || entry.host !== id || entry.prefix !== prefix) continue
      found.push({ at: at / SECOND, present: entry.value !== null })
    }
    return found
  }
}
