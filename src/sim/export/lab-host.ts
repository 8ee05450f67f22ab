// One host while a recording is read for a lab bundle: what it is like now, what the bundle has told its reader so far,
// and the verbs that lead from one to the other.
import type { InterfaceAddress, KernelInterface, KernelRoute } from '../kernel/types.ts'
import { formatIp } from '../net/address.ts'
import type { HostKind, LinkRecord } from '../recording/types.ts'
import { addArguments, deleteArguments, isAlien, labRoute } from './lab-routes.ts'
import type { LabHost, LabVerb } from './lab-types.ts'

const MAIN_FILE = 'bird.cfg'
/** Of confd's files those that the IPv4 daemon reads. */
const FILES: Readonly<Record<string, string>> = {
  'bird.conf': MAIN_FILE,
  'bird.cfg': MAIN_FILE,
  'bird_aggr.cfg': 'bird_aggr.cfg',
  'bird_ipam.cfg': 'bird_ipam.cfg',
}

export type StoreFiles = (host: string, files: ReadonlyMap<string, string>) => Record<string, string>

export class LabHostState {
  readonly name: string
  readonly kind: HostKind
  readonly lab: LabHost
  /** Described in the bundle; until then changes only shape the description. */
  declared = false
  powered = false
  running = false
  /** Has power in the run, but the bundle's reader has not been told: it waits for BIRD. */
  waiting = false
  /** An administrator's `ip` command is at work, and stands in the bundle as such. */
  silent = false
  readonly untold = new Set<string>()
  readonly #emit: (verb: LabVerb) => void
  readonly #store: StoreFiles
  readonly #files = new Map<string, string>()
  #filesChanged = false
  readonly #interfaces = new Map<string, KernelInterface>()
  readonly #cables: LinkRecord[] = []
  readonly #aliens = new Map<string, KernelRoute>()
  /** What `power-on` puts back. */
  #atStart: ReadonlyMap<string, KernelRoute> = new Map()

  constructor(
    spec: { name: string; kind: HostKind; args: readonly string[] },
    ports: { emit: (verb: LabVerb) => void; store: StoreFiles },
  ) {
    this.name = spec.name
    this.kind = spec.kind
    this.#emit = ports.emit
    this.#store = ports.store
    this.lab = { name: spec.name, interfaces: [], links: [], routes: [], args: [...spec.args] }
  }

  get hasConfig(): boolean {
    return this.#files.has(MAIN_FILE)
  }

  get cables(): readonly LinkRecord[] {
    return this.#cables
  }

  file(name: string, text: string | null): void {
    const known = FILES[name]
    if (known === undefined || (this.#files.get(known) ?? null) === text) return
    if (text === null) this.#files.delete(known)
    else this.#files.set(known, text)
    this.#filesChanged = true
  }

  interface(name: string, value: KernelInterface | null): void {
    if (this.declared && this.powered && !this.waiting) this.#compareAddresses(this.#interfaces.get(name), value)
    if (value === null) this.#interfaces.delete(name)
    else this.#interfaces.set(name, value)
    if (value === null || value.kind === 'loopback' || value.kind === 'ethernet') return
    // Also one that comes later: its routes need a device, and a bundle has no word for a new one.
    if (this.lab.links.every((link) => link.name !== name)) this.lab.links.push({ name })
  }

  #compareAddresses(before: KernelInterface | undefined, after: KernelInterface | null): void {
    const old = new Set(before?.addresses.map(addressText))
    const now = new Set(after?.addresses.map(addressText))
    for (const address of [...old, ...now]) if (!old.has(address) || !now.has(address)) this.untold.add(address)
  }

  cable(value: LinkRecord): void {
    const index = this.#cables.findIndex((cable) => cable.interface === value.interface)
    if (index < 0) this.#cables.push(value)
    else this.#cables[index] = value
  }

  route(key: string, value: KernelRoute | null): void {
    const before = this.#aliens.get(key)
    const alien = value !== null && isAlien(value) ? value : null
    if (alien === null) this.#aliens.delete(key)
    else this.#aliens.set(key, alien)
    if (!this.declared || !this.powered || this.waiting || this.silent) return
    if (alien !== null) this.#emit({ do: 'route', args: addArguments(before === undefined ? 'add' : 'replace', alien) })
    else if (before !== undefined) this.#emit({ do: 'route', args: deleteArguments(before) })
  }

  /** Writes the description as the host is now; `bird`: it runs BIRD from its start. */
  declare(bird: boolean): void {
    this.declared = true
    for (const { interface: name, network } of this.#cables) {
      const address = this.#interfaces.get(name)?.addresses[0]
      if (address === undefined) continue
      this.lab.interfaces.push({ name, network, address: addressText(address) })
    }
    for (const link of this.lab.links) {
      const address = this.#interfaces.get(link.name)?.addresses[0]
      if (address !== undefined) link.address = addressText(address)
    }
    if (bird) {
      this.lab.bird = this.#store(this.name, this.#files)
      this.#filesChanged = false
    }
    const start = new Map<string, KernelRoute>()
    for (const [key, route] of this.#aliens) {
      const written = labRoute(route)
      if (written === null) continue
      start.set(key, route)
      this.lab.routes.push(written)
    }
    this.#atStart = start
  }

  /** New files for a reader that has older ones. */
  flushFiles(): void {
    if (!this.declared || !this.#filesChanged || !this.hasConfig) return
    this.#filesChanged = false
    this.#emit({ do: 'config', bird: this.#store(this.name, this.#files) })
  }

  /** Routes that `routes` does not put into place, or that are no longer wanted. */
  flushRoutes(): void {
    for (const [key, route] of this.#atStart) {
      if (!this.#aliens.has(key)) this.#emit({ do: 'route', args: deleteArguments(route) })
    }
    for (const [key, route] of this.#aliens) {
      if (this.#atStart.get(key) !== route && !sameRoute(this.#atStart.get(key), route)) {
        this.#emit({ do: 'route', args: addArguments(this.#atStart.has(key) ? 'replace' : 'add', route) })
      }
    }
  }
}

function addressText({ address, prefixLength }: InterfaceAddress): string {
  return `${formatIp(address)}/${prefixLength}`
}

function sameRoute(a: KernelRoute | undefined, b: KernelRoute): boolean {
  return a !== undefined && addArguments('add', a).join(' ') === addArguments('add', b).join(' ')
}
