// A run as a lab bundle: every host as it is at the start, and what then happened to it as verbs that a runner of real
// daemons can repeat. All of it is read from the recording, so that confd's files, Felix's routes and boots are those of
// the run, at the times of the run.
import { formatIp } from '../net/address.ts'
import { formatPrefix, prefixLength } from '../net/prefix.ts'
import type { ClusterEvent, Entry, HostRecord, NetworkRecord, RecordingReader } from '../recording/types.ts'
import type { Action, Scenario } from '../scenario/types.ts'
import { onOwnLines } from './bird-files.ts'
import { LabHostState } from './lab-host.ts'
import type { LabBundle, LabHost, LabStep, LabVerb } from './lab-types.ts'

const MICROS_PER_SECOND = 1_000_000

/** Of the recording up to `until`. */
export function labBundle(recording: RecordingReader, scenario: Scenario, until: number): LabBundle {
  return new Writer(recording, scenario).write(until)
}

class Writer {
  readonly #recording: RecordingReader
  readonly #scenario: Scenario
  readonly #files = new Map<string, string>()
  readonly #timeline: LabStep[] = []
  readonly #hosts = new Map<number, LabHostState>()
  #now = 0
  #begun = false

  constructor(recording: RecordingReader, scenario: Scenario) {
    this.#recording = recording
    this.#scenario = scenario
  }

  write(until: number): LabBundle {
    const recording = this.#recording
    const end = recording.indexAfter(until)
    for (let index = 0; index < end; index++) {
      const { at, entry } = recording.entryAt(index)
      if (at !== this.#now) this.#advance(at)
      this.#take(entry)
    }
    this.#advance(until)
    const lab = {
      version: 1 as const,
      networks: recording.networks(until).map(({ name, cidr }) => ({ name, cidr: formatPrefix(cidr) })),
      hosts: withGateway(
        [...this.#hosts.values()].filter((host) => host.declared).map((host) => host.lab),
        recording.networks(until),
      ),
      timeline: this.#timeline,
    }
    const untold = [...this.#hosts.values()].flatMap(({ name, untold: addresses }) =>
      [...addresses].map((address) => ({ host: name, address })),
    )
    return { lab, untold, files: new Map([['lab.json', `${JSON.stringify(lab, null, 2)}\n`], ...this.#files]) }
  }

  /** The instant is over: what it left behind is told. */
  #advance(at: number): void {
    if (!this.#begun) this.#begin()
    for (const host of this.#hosts.values()) {
      if (host.waiting && host.kind === 'router' && !host.hasConfig) this.#powerOn(host)
      if (!host.waiting && host.powered) host.flushFiles()
    }
    this.#now = at
  }

  /** Everything of t=0 has happened: the hosts are described as they stand. */
  #begin(): void {
    this.#begun = true
    for (const host of this.#hosts.values()) {
      if (!host.powered) continue
      host.waiting = false
      host.declare(host.running)
      host.flushRoutes()
      for (const { network, up } of host.cables) if (!up) this.#emit(host.name, { do: 'link-down', network })
    }
  }

  #emit(host: string, verb: LabVerb): void {
    this.#timeline.push({ at: this.#now / MICROS_PER_SECOND, host, ...verb })
  }

  #take(entry: Entry): void {
    switch (entry.kind) {
      case 'host':
        if (entry.value !== null) this.#host(entry.host, entry.value)
        return
      case 'file':
        this.#hosts.get(entry.host)?.file(entry.name, entry.value)
        return
      case 'interface':
        this.#hosts.get(entry.host)?.interface(entry.name, entry.value)
        return
      case 'link':
        if (entry.value !== null) this.#hosts.get(entry.host)?.cable(entry.value)
        return
      case 'fib':
        this.#hosts.get(entry.host)?.route(`${entry.prefix} ${entry.metric}`, entry.value)
        return
      case 'event': {
        const host = this.#hosts.get(entry.host ?? -1)
        if (host !== undefined) this.#event(host, entry.event)
        return
      }
      case 'action':
        this.#action(this.#scenario.timeline[entry.index])
        return
      case 'command': {
        const host = this.#hosts.get(entry.host)
        if (host !== undefined) host.silent = false
        return
      }
      default:
    }
  }

  #host(id: number, record: HostRecord): void {
    const host = this.#hosts.get(id) ?? this.#add(id, record)
    // Power before the run begins is no event of it; without power, routes vanish by themselves.
    if (!this.#begun || !record.powered) host.powered = record.powered
  }

  #add(id: number, { name, kind }: HostRecord): LabHostState {
    const args = kind === 'node' ? ['-R'] : this.#routerArgs(name)
    const host = new LabHostState(
      { name, kind, args },
      { emit: (verb) => this.#emit(name, verb), store: (owner, files) => this.#store(owner, files) },
    )
    this.#hosts.set(id, host)
    return host
  }

  /** Of the host of the document, or of the first that was plugged in under this name. */
  #routerArgs(name: string): readonly string[] {
    const { hosts, timeline } = this.#scenario
    const added = timeline.find((action) => action.action === 'add-host' && action.name === name)
    const host = hosts.find((candidate) => candidate.name === name) ?? added
    return host !== undefined && 'birdArgs' in host ? (host.birdArgs ?? []) : []
  }

  #event(host: LabHostState, event: ClusterEvent): void {
    switch (event.code) {
      case 'powered':
        if (event.on) host.waiting = true
        else if (this.#begun && host.declared && !host.waiting) this.#emit(host.name, { do: 'power-off' })
        if (!event.on) host.waiting = false
        if (!event.on) host.running = false
        host.powered = event.on
        return
      case 'bird-started':
        // runit tries before confd has written anything.
        if (host.hasConfig) this.#started(host)
        return
      case 'bird-stopped':
        if (event.how === 'killed') this.#emit(host.name, { do: 'kill' })
        host.running = false
        return
      case 'link':
        if (this.#begun && host.declared) {
          this.#emit(host.name, { do: event.up ? 'link-up' : 'link-down', network: event.network })
        }
        return
      default:
    }
  }

  #started(host: LabHostState): void {
    host.running = true
    if (!this.#begun) return
    if (host.waiting) this.#powerOn(host)
    else {
      host.flushFiles()
      this.#emit(host.name, { do: 'start' })
    }
  }

  #powerOn(host: LabHostState): void {
    host.waiting = false
    if (!host.declared) {
      host.declare(host.running)
      this.#timeline.unshift({ at: 0, host: host.name, do: 'power-off' })
    } else host.flushFiles()
    this.#emit(host.name, { do: 'power-on' })
    host.flushRoutes()
  }

  #action(action: Action | undefined): void {
    if (action === undefined || (action.action !== 'stop-bird' && action.action !== 'exec')) return
    if (action.target.kind === 'link') return
    const id = this.#recording.hostId(action.target.name)
    const host = id === null ? undefined : this.#hosts.get(id)
    if (host === undefined || !host.powered || !host.declared) return
    if (action.action !== 'exec') {
      if (host.running) this.#emit(host.name, { do: 'stop' })
      return
    }
    const [tool, ...words] = splitWords(action.command)
    if ((tool === 'birdc' || tool === 'birdcl') && host.running) {
      this.#emit(host.name, { do: 'birdc', args: birdcWords(action.command) })
    }
    if (tool === 'ip' && routeWord(words[0]) && !isReading(words[1])) {
      host.silent = true
      this.#emit(host.name, { do: 'route', args: words.slice(1) })
    }
  }

  /** Puts files into the bundle; a host's later versions stand in numbered folders. */
  #store(host: string, files: ReadonlyMap<string, string>): Record<string, string> {
    const paths: Record<string, string> = {}
    for (let version = 1; ; version++) {
      const folder = version === 1 ? `hosts/${host}` : `hosts/${host}/${version}`
      if (this.#files.has(`${folder}/bird.cfg`)) continue
      for (const [name, text] of files) {
        paths[name] = `${folder}/${name}`
        this.#files.set(`${folder}/${name}`, onOwnLines(text))
      }
      return paths
    }
  }
}

/**
 * Between networks that name gateways the run has a router that forwards and knows no other route. A bundle needs it as
 * a host, where no host of the scenario bears those addresses.
 */
function withGateway(hosts: LabHost[], networks: readonly NetworkRecord[]): LabHost[] {
  const borne = new Set(hosts.flatMap((host) => host.interfaces.map((iface) => iface.address.split('/')[0])))
  const free = networks.filter(({ gateway }) => gateway !== null && !borne.has(formatIp(gateway)))
  if (free.length < 2) return hosts
  let name = 'gateway'
  while (hosts.some((host) => host.name === name)) name += '-'
  const interfaces = free.map((network, index) => ({
    name: `eth${index}`,
    network: network.name,
    address: `${formatIp(network.gateway ?? 0)}/${prefixLength(network.cidr)}`,
  }))
  return [...hosts, { name, interfaces, links: [], routes: [{ dst: 'default', type: 'blackhole' }], args: [] }]
}

function splitWords(command: string): string[] {
  const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g
  return [...command.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** What birdc would send, word by word: BIRD's own double quotes stay, for it knows a pattern by them. */
function birdcWords(command: string): string[] {
  const words = [...command.matchAll(/"[^"]*"|'([^']*)'|\S+/g)].map(([word, plain]) => plain ?? word)
  let at = 1
  while (words[at]?.startsWith('-') === true) at += words[at] === '-s' ? 2 : 1
  const [first = '', ...rest] = words.slice(at)
  // A whole command in one quoted word is a command line of its own.
  const line = /^"?(.*? .*?)"?$/.exec(first)?.[1]
  return line === undefined ? [first, ...rest] : [...(line.match(/"[^"]*"|\S+/g) ?? []), ...rest]
}

function routeWord(word: string | undefined): boolean {
  return word !== undefined && word.length > 0 && 'route'.startsWith(word)
}

function isReading(word: string | undefined): boolean {
  return word === undefined || ['show', 'list', 'lst', 'sh', 'ls', 'get'].includes(word)
}
