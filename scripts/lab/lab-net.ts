// The network of one bundle: a namespace with a bridge for every network, and a namespace for every host. Addresses exist
// inside these namespaces alone, and names carry this process's id.
import { spawn, spawnSync } from 'node:child_process'
import type { Lab, LabHost, LabRoute } from '../../src/sim/export/lab-types.ts'

let runs = 0
const alive = new Set<string>()

process.on('exit', () => {
  for (const name of alive) spawnSync('ip', ['netns', 'del', name])
})

export class LabNet {
  readonly #lab: Lab
  readonly #prefix = `cl${process.pid}r${++runs}`

  constructor(lab: Lab) {
    this.#lab = lab
  }

  async create(hosts: readonly string[]): Promise<void> {
    const wire = this.#name('w')
    const lines = [`ip netns add ${wire}`, ...quiet(wire)]
    this.#lab.networks.forEach((_, index) => {
      lines.push(`ip -n ${wire} link add n${index} type bridge`, `ip -n ${wire} link set n${index} up`)
    })
    alive.add(wire)
    await shell(lines.join('\n'))
    for (const name of hosts) await this.powerOn(name)
  }

  /** The namespace of a host, fresh: cables, addresses, other links, routes. */
  async powerOn(host: string): Promise<void> {
    const index = this.#index(host)
    const spec = this.#host(host)
    const ns = this.namespace(host)
    const lines = [`ip netns add ${ns}`, ...quiet(ns), `ip -n ${ns} link set lo up`]
    spec.interfaces.forEach((iface, place) => {
      const port = this.#port(index, place)
      const network = this.#lab.networks.findIndex((candidate) => candidate.name === iface.network)
      const mac = `02:00:00:00:${hex(index)}:${hex(place)}`
      lines.push(
        `ip -n ${this.#name('w')} link add ${port} type veth peer name ${iface.name} address ${mac} netns ${ns}`,
        `ip -n ${this.#name('w')} link set ${port} master n${network} up`,
        `ip -n ${ns} addr add ${iface.address} dev ${iface.name}`,
        `ip -n ${ns} link set ${iface.name} up`,
      )
    })
    for (const link of spec.links) {
      lines.push(`ip -n ${ns} link add ${link.name} type bridge`)
      if (link.address !== undefined) lines.push(`ip -n ${ns} addr add ${link.address} dev ${link.name}`)
      lines.push(`ip -n ${ns} link set ${link.name} up`)
    }
    for (const route of spec.routes) lines.push(`ip -n ${ns} route add ${routeWords(route).join(' ')}`)
    alive.add(ns)
    await shell(lines.join('\n'))
  }

  /** Cables first, so that nothing is sent; the namespace goes with everything its kernel remembers. */
  async unplug(host: string): Promise<void> {
    const index = this.#index(host)
    const ports = this.#host(host).interfaces.map((_, place) => this.#port(index, place))
    await shell(ports.map((port) => `ip -n ${this.#name('w')} link set ${port} down`).join('\n'))
  }

  async forget(host: string): Promise<void> {
    await shell(`ip netns del ${this.namespace(host)}`)
    alive.delete(this.namespace(host))
    // The veth pair dies with its namespace, but not at once.
    const index = this.#index(host)
    const ports = this.#host(host).interfaces.map((_, place) => this.#port(index, place))
    await shell(ports.map((port) => `ip -n ${this.#name('w')} link del ${port} 2>/dev/null || true`).join('\n'))
  }

  async setLink(host: string, network: string, up: boolean): Promise<void> {
    const index = this.#index(host)
    const place = this.#host(host).interfaces.findIndex((iface) => iface.network === network)
    if (place < 0) throw new Error(`${host} has no interface in ${network}`)
    await shell(`ip -n ${this.#name('w')} link set ${this.#port(index, place)} ${up ? 'up' : 'down'}`)
  }

  /** Whether `ip route` took it; what it printed otherwise. */
  route(host: string, args: readonly string[]): string | null {
    const { status, stderr } = spawnSync('ip', ['-n', this.namespace(host), 'route', ...args], { encoding: 'utf8' })
    return status === 0 ? null : stderr.trim()
  }

  async kernelRoutes(host: string): Promise<unknown[]> {
    return JSON.parse((await shell(`ip -n ${this.namespace(host)} -j route`)) || '[]') as unknown[]
  }

  async destroy(): Promise<void> {
    const names = [...alive].filter((name) => name.startsWith(`${this.#prefix}-`))
    await shell(names.map((name) => `ip netns del ${name} || true`).join('\n'))
    for (const name of names) alive.delete(name)
  }

  namespace(host: string): string {
    return this.#name(String(this.#index(host)))
  }

  #name(part: string): string {
    return `${this.#prefix}-${part}`
  }

  #index(host: string): number {
    const index = this.#lab.hosts.findIndex((candidate) => candidate.name === host)
    if (index < 0) throw new Error(`the bundle has no host ${host}`)
    return index
  }

  #host(host: string): LabHost {
    return this.#lab.hosts[this.#index(host)]!
  }

  #port(host: number, place: number): string {
    return `p${host}-${place}`
  }
}

function quiet(namespace: string): string[] {
  const set = (path: string, value: number) => `echo ${value} > /proc/sys/net/${path}`
  const settings = [
    set('ipv4/ip_forward', 1),
    set('ipv4/conf/all/rp_filter', 0),
    set('ipv4/conf/default/rp_filter', 0),
    set('ipv6/conf/all/disable_ipv6', 1),
    set('ipv6/conf/default/disable_ipv6', 1),
  ]
  return [`ip netns exec ${namespace} sh -c '${settings.join('; ')}'`]
}

function routeWords(route: LabRoute): string[] {
  const words = route.type === undefined ? [route.dst] : [route.type, route.dst]
  for (const key of ['via', 'dev', 'proto', 'scope', 'metric'] as const) {
    if (route[key] !== undefined) words.push(key, String(route[key]))
  }
  return words
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0')
}

function shell(script: string): Promise<string> {
  return new Promise((done, fail) => {
    if (script === '') {
      done('')
      return
    }
    const child = spawn('sh', ['-e'], { stdio: ['pipe', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (data: Buffer) => {
      out += data
    })
    child.stderr.on('data', (data: Buffer) => {
      err += data
    })
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? done(out) : fail(new Error(`sh: ${err.trim()}\n${script}`))))
    child.stdin.end(script)
  })
}
