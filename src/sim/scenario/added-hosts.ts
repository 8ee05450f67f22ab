// What an `add-host` of the timeline is held to: the checks of spec.hosts, at its own time.
import { parseIp } from '../net/address.ts'
import { formatPrefix, prefixHas } from '../net/prefix.ts'
import { checkBirdConf } from './check-bird-conf.ts'
import { networkOf } from './placement.ts'
import { readName } from './read-topology.ts'
import type { Place, Reader } from './reader.ts'
import type { Action, NetworkSpec } from './types.ts'

/** An action, and where its name stands when it has one. */
export interface ReadAction {
  action: Action
  name: Place | undefined
}

export function readBirdConf(reader: Reader, place: Place): string | null {
  const text = reader.string(place)
  if (text !== null && text !== '') checkBirdConf(reader, { host: '', place, text })
  return text
}

/** The name is one, and the address lies in the network that is named, or in any. */
export function checkAddedHost(
  reader: Reader,
  fields: ReadonlyMap<string, Place>,
  given: { address: unknown; network: unknown; networks: readonly NetworkSpec[] },
): void {
  readName(reader, fields.get('name'), new Map())
  const place = fields.get('address')
  const address = typeof given.address === 'string' ? parseIp(given.address.split('/')[0] ?? '') : null
  if (place === undefined || address === null) return
  const { networks } = given
  const network = networks.find(({ name }) => name === given.network)
  if (network !== undefined && !prefixHas(network.cidr, address)) {
    reader.problem(place, `${given.address} is not inside ${network.name}, which is ${formatPrefix(network.cidr)}`)
  }
  if (fields.get('network') === undefined && networkOf(networks, address) === null) {
    const all = networks.map(({ name, cidr }) => `${name} (${formatPrefix(cidr)})`).join(', ')
    reader.problem(place, `${given.address} is in no network; there is ${all}`)
  }
}

/** In order of time: nobody else may have the name at that time. */
export function checkHostNames(
  reader: Reader,
  actions: readonly ReadAction[],
  names: { nodes: ReadonlySet<string>; declared: ReadonlySet<string> },
): void {
  const present = new Set(names.declared)
  for (const { action, name } of actions) {
    if (action.action === 'remove-host') present.delete(action.target.name)
    if (action.action !== 'add-host' || name === undefined) continue
    if (names.nodes.has(action.name)) reader.problem(name, `the name ${action.name} is taken: a node has it`)
    else if (present.has(action.name)) reader.problem(name, `the name ${action.name} is taken: a host has it`)
    present.add(action.name)
  }
}
