// spec.networks, spec.hosts and spec.nodes: cables, addresses and the outside routers' own files.
import { formatIp, parseIp } from '../net/address.ts'
import { formatPrefix, prefixHas, prefixLength } from '../net/prefix.ts'
import { networkOf } from './placement.ts'
import type { Place, Reader } from './reader.ts'
import { didYouMean } from './suggest.ts'
import type { HostSpec, InterfaceSpec, NetworkSpec, NodeSpec, StaticRouteSpec } from './types.ts'

const DNS_LABEL = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

/** A name that no earlier place has; null and a problem otherwise. */
export function readName(reader: Reader, place: Place | undefined, taken: Map<string, string>): string | null {
  if (place === undefined) return null
  const name = reader.string(place)
  if (name === null) return null
  const other = taken.get(name)
  if (other !== undefined) return reader.problem(place, `the name ${name} is taken: ${other} has it`)
  if (!DNS_LABEL.test(name) || name.length > 253) {
    return reader.problem(
      place,
      `'${name}' is not a name: lower-case letters, digits, '-' and '.', as Kubernetes has it`,
    )
  }
  taken.set(name, place.path)
  return name
}

export function readNetworks(reader: Reader, place: Place | undefined): NetworkSpec[] {
  const taken = new Map<string, string>()
  return reader.list(place).flatMap((entry) => {
    const fields = reader.fields(entry, { required: ['name', 'cidr'], optional: ['gateway', 'latency', 'loss'] })
    if (fields === null) return []
    const name = readName(reader, fields.get('name'), taken)
    const cidrPlace = fields.get('cidr')
    const cidr = cidrPlace ? reader.prefix(cidrPlace) : null
    const gatewayPlace = fields.get('gateway')
    const gateway = gatewayPlace?.node ? reader.address(gatewayPlace) : null
    if (gatewayPlace && gateway !== null && cidr !== null && !prefixHas(cidr, gateway)) {
      reader.problem(gatewayPlace, `${formatIp(gateway)} is not inside ${formatPrefix(cidr)}`)
    }
    const latencyPlace = fields.get('latency')
    const latency = latencyPlace?.node ? reader.duration(latencyPlace) : 1_000
    const loss = readLoss(reader, fields.get('loss'))
    return name === null || cidr === null ? [] : [{ name, cidr, gateway, latency: latency ?? 1_000, loss }]
  })
}

function readLoss(reader: Reader, place: Place | undefined): number {
  if (!place?.node) return 0
  const value = reader.scalar(place)
  if (typeof value === 'number' && value >= 0 && value <= 1) return value
  reader.problem(place, 'must be a share between 0 and 1')
  return 0
}

/** What interfaces and routes of one host are checked against. */
export interface TopologyContext {
  networks: readonly NetworkSpec[]
  /** `NETWORK ADDRESS` to the path that has it. */
  addresses: Map<string, string>
}

function readInterface(
  reader: Reader,
  entry: Place,
  context: TopologyContext & { taken: Map<string, string>; index: number },
): InterfaceSpec[] {
  const fields = reader.fields(entry, { required: ['network', 'address'], optional: ['name'] })
  if (fields === null) return []
  const namePlace = fields.get('name')
  const name = namePlace?.node ? reader.string(namePlace) : `eth${context.index}`
  if (name !== null && context.taken.has(name))
    reader.problem(namePlace ?? entry, `a second interface ${name} on one host`)
  if (name !== null && !/^[^\s/]{1,15}$/.test(name))
    reader.problem(namePlace ?? entry, `'${name}' is not an interface name`)
  if (name !== null) context.taken.set(name, entry.path)
  const network = readNetworkName(reader, fields.get('network'), context.networks)
  const address = readInterfaceAddress(reader, fields.get('address'), network)
  if (name === null || network === null || address === null) return []
  const key = `${network.name} ${address.address}`
  const other = context.addresses.get(key)
  if (other !== undefined) {
    reader.problem(fields.get('address') ?? entry, `${formatIp(address.address)} is taken: ${other} has it`)
  }
  context.addresses.set(key, entry.path)
  return [{ name, network: network.name, ...address }]
}

export function readNetworkName(
  reader: Reader,
  place: Place | undefined,
  networks: readonly NetworkSpec[],
): NetworkSpec | null {
  if (place === undefined) return null
  const name = reader.string(place)
  if (name === null) return null
  const network = networks.find((candidate) => candidate.name === name)
  const names = networks.map((candidate) => candidate.name)
  return (
    network ?? reader.problem(place, `no network '${name}'${didYouMean(name, names)}; there is ${names.join(', ')}`)
  )
}

function readInterfaceAddress(reader: Reader, place: Place | undefined, network: NetworkSpec | null) {
  if (place === undefined) return null
  const text = reader.string(place)
  if (text === null) return null
  const [host = '', length] = text.split('/')
  const address = parseIp(host)
  const bits = length === undefined ? (network ? prefixLength(network.cidr) : 32) : Number(length)
  if (address === null || !Number.isInteger(bits) || bits < 0 || bits > 32 || length === '') {
    return reader.problem(place, `must be an address with its length, such as 192.168.64.6/24, not '${text}'`)
  }
  if (network !== null && !prefixHas(network.cidr, address)) {
    return reader.problem(place, `${host} is not inside ${network.name}, which is ${formatPrefix(network.cidr)}`)
  }
  return { address, prefixLength: bits }
}

function readInterfaces(reader: Reader, place: Place | undefined, context: TopologyContext): InterfaceSpec[] {
  const taken = new Map<string, string>()
  return reader.list(place).flatMap((entry, index) => readInterface(reader, entry, { ...context, taken, index }))
}

export function readRoutes(reader: Reader, place: Place | undefined): StaticRouteSpec[] {
  return reader.list(place).flatMap((entry) => {
    const fields = reader.fields(entry, { required: ['dst', 'via'] })
    const dstPlace = fields?.get('dst')
    const viaPlace = fields?.get('via')
    const dst = dstPlace ? reader.prefix(dstPlace, true) : null
    const via = viaPlace ? reader.address(viaPlace) : null
    return dst === null || via === null ? [] : [{ dst, via }]
  })
}

/** Hosts, and where each has its bird.conf (for the problems of that text). */
export function readHosts(
  reader: Reader,
  place: Place | undefined,
  context: TopologyContext & { taken: Map<string, string> },
): { hosts: HostSpec[]; confs: { host: string; place: Place; text: string }[] } {
  const confs: { host: string; place: Place; text: string }[] = []
  const hosts = reader.list(place).flatMap((entry) => {
    const optional = ['routes', 'birdConf', 'birdArgs']
    const fields = reader.fields(entry, { required: ['name', 'interfaces'], optional })
    if (fields === null) return []
    const name = readName(reader, fields.get('name'), context.taken)
    const interfaces = readInterfaces(reader, fields.get('interfaces'), context)
    const routes = readRoutes(reader, fields.get('routes'))
    const confPlace = fields.get('birdConf')
    const birdConf = confPlace?.node ? reader.string(confPlace) : null
    const birdArgs = reader.list(fields.get('birdArgs')).flatMap((arg) => reader.string(arg) ?? [])
    if (name === null) return []
    if (confPlace && birdConf !== null) confs.push({ host: name, place: confPlace, text: birdConf })
    return [{ name, interfaces, routes, birdConf, birdArgs }]
  })
  return { hosts, confs }
}

export function readNodes(
  reader: Reader,
  place: Place | undefined,
  context: TopologyContext & { nodes: ReadonlySet<string> },
): NodeSpec[] {
  const taken = new Map<string, string>()
  return reader.list(place).flatMap((entry) => {
    const fields = reader.fields(entry, { required: ['name'], optional: ['interfaces', 'routes'] })
    if (fields === null) return []
    const namePlace = fields.get('name')
    const name = readName(reader, namePlace, taken)
    if (namePlace && name !== null && !context.nodes.has(name)) {
      reader.problem(namePlace, `no Node '${name}' in the manifests or the timeline${didYouMean(name, context.nodes)}`)
    }
    const interfaces = readInterfaces(reader, fields.get('interfaces'), context)
    const routes = readRoutes(reader, fields.get('routes'))
    return name === null ? [] : [{ name, interfaces, routes }]
  })
}

/** Addresses that manifests give to nodes, so that a host cannot take one of them twice. */
export function nodeAddressKeys(
  placements: readonly { name: string; address: number | null }[],
  networks: readonly NetworkSpec[],
): Map<string, string> {
  const keys = new Map<string, string>()
  for (const { name, address } of placements) {
    const network = address === null ? null : networkOf(networks, address)
    if (network !== null) keys.set(`${network.name} ${address}`, `node ${name}`)
  }
  return keys
}
