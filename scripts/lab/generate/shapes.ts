// The shapes of generated networks: a mesh, one or two reflectors, ToRs over one LAN, racks behind a ToR each, a network
// with several ways out.
import type { Chance } from './chance.ts'
import { decorate, spoil } from './decorate.ts'
import { type Plan, sessionTo } from './plan.ts'
import type { Router } from './router-config.ts'

const LAN = 'lan'
const CLUSTER_AS = 64512
const TOR_AS = 64601
const EXIT_AS = 64701

export type Shape = (chance: Chance) => Plan

export const SHAPES: Readonly<Record<string, Shape>> = { mesh, reflector, tor, racks, exits }

function router(name: string, as: number, chance: Chance, addresses: Record<string, string>): Router {
  return {
    name,
    id: Object.values(addresses)[0] ?? '',
    as,
    addresses,
    addPaths: chance.pick(['off', 'on', 'on', 'rx', 'tx']),
    graceful: chance.maybe(0.6),
    recovery: chance.maybe(0.5),
    mergePaths: chance.maybe(0.4),
    recursive: chance.maybe(0.7),
    statics: [],
    aside: null,
    sessions: [],
  }
}

function nodes(count: number, chance: Chance, network = LAN, offset = 0): Router[] {
  const subnet = network === LAN ? '10.0.0' : `10.0.${network.slice(-1)}`
  return Array.from({ length: count }, (_, index) => {
    const node = router(`n${offset + index + 1}`, CLUSTER_AS, chance, { [network]: `${subnet}.${11 + offset + index}` })
    node.statics.push(`10.244.${offset + index + 1}.0/26 blackhole`)
    if (chance.maybe(0.25)) node.statics.push(`10.244.${offset + index + 1}.64/26 blackhole`)
    return node
  })
}

function connect(a: Router, b: Router, network: string): void {
  a.sessions.push(sessionTo(a, b, network))
  b.sessions.push(sessionTo(b, a, network))
}

function connectAll(routers: readonly Router[], network: string): void {
  routers.forEach((a, index) => {
    for (const b of routers.slice(index + 1)) connect(a, b, network)
  })
}

/** eBGP, each side direct or multihop. */
function external(a: Router, b: Router, { network, chance }: { network: string; chance: Chance }): void {
  connect(a, b, network)
  for (const side of [a, b]) {
    const session = side.sessions.at(-1)
    if (session === undefined) continue
    if (chance.maybe(0.3)) session.options.push('multihop')
    else if (chance.maybe(0.1)) session.options.push('check link on')
  }
}

function finish(routers: Router[], chance: Chance, networks = [{ name: LAN, cidr: '10.0.0.0/24' }]): Plan {
  decorate(routers, chance)
  spoil(routers, chance)
  return { networks, routers }
}

function mesh(chance: Chance): Plan {
  const routers = nodes(chance.between(3, 4), chance)
  connectAll(routers, LAN)
  return finish(routers, chance)
}

function reflector(chance: Chance): Plan {
  const clients = nodes(chance.between(2, 3), chance)
  const count = chance.between(1, 2)
  const same = chance.maybe(0.5)
  const reflectors = Array.from({ length: count }, (_, index) =>
    router(`rr${index + 1}`, CLUSTER_AS, chance, { [LAN]: `10.0.0.${2 + index}` }),
  )
  connectAll(reflectors, LAN)
  reflectors.forEach((one, index) => {
    const cluster = `244.0.0.${same ? 1 : index + 1}`
    for (const client of clients) {
      connect(one, client, LAN)
      one.sessions.at(-1)?.options.push('rr client', `rr cluster id ${cluster}`)
    }
  })
  return finish([...reflectors, ...clients], chance)
}

function tor(chance: Chance): Plan {
  const members = nodes(chance.between(2, 3), chance)
  const tors = Array.from({ length: chance.between(1, 2) }, (_, index) =>
    router(`tor${index + 1}`, TOR_AS + (chance.maybe(0.5) ? index : 0), chance, { [LAN]: `10.0.0.${2 + index}` }),
  )
  if (chance.maybe(0.6)) connectAll(members, LAN)
  for (const one of tors) {
    one.statics.push('203.0.113.0/24 blackhole')
    for (const member of members) external(one, member, { network: LAN, chance })
  }
  for (const member of members) allowOwnAs(member, chance, 0.3)
  return finish([...tors, ...members], chance)
}

function racks(chance: Chance): Plan {
  const spine = 'spine'
  const routers: Router[] = []
  const tors = [1, 2].map((rack) => {
    const one = router(`tor${rack}`, TOR_AS + rack, chance, {
      [`rack${rack}`]: `10.0.${rack}.1`,
      [spine]: `10.9.0.${rack}`,
    })
    const members = nodes(chance.between(1, 2), chance, `rack${rack}`, (rack - 1) * 2)
    for (const member of members) {
      if (rack === 1 && members.length === 2 && member === members[1]) connect(member, members[0]!, 'rack1')
      external(one, member, { network: `rack${rack}`, chance })
      allowOwnAs(member, chance, 0.6)
    }
    routers.push(one, ...members)
    return one
  })
  external(tors[0]!, tors[1]!, { network: spine, chance })
  return finish(routers, chance, [
    { name: 'rack1', cidr: '10.0.1.0/24' },
    { name: 'rack2', cidr: '10.0.2.0/24' },
    { name: spine, cidr: '10.9.0.0/24' },
  ])
}

/** The same destinations over several exits: the lower steps of the choice, MED first of all. */
function exits(chance: Chance): Plan {
  const members = nodes(chance.between(2, 3), chance)
  connectAll(members, LAN)
  const outside = Array.from({ length: chance.between(2, 3) }, (_, index) =>
    router(`x${index + 1}`, EXIT_AS + (chance.maybe(0.6) ? 0 : index), chance, { [LAN]: `10.0.0.${101 + index}` }),
  )
  outside.forEach((one, index) => {
    one.statics.push('203.0.113.0/24 blackhole')
    if (chance.maybe(0.5)) one.statics.push('10.244.201.0/24 blackhole')
    const first = chance.below(members.length)
    const count = chance.between(1, Math.min(2, members.length))
    for (let step = 0; step < count; step++) {
      const member = members[(first + step) % members.length]!
      external(one, member, { network: LAN, chance })
      const [ours, theirs] = [one.sessions.at(-1), member.sessions.at(-1)]
      ours?.exportLines.push(...wayOut(one, index, chance))
      if (chance.maybe(0.4)) theirs!.options.push(chance.pick(['med metric on', 'deterministic med on']))
    }
  })
  return finish([...members, ...outside], chance)
}

function wayOut(one: Router, index: number, chance: Chance): string[] {
  const lines = ['if net = 203.0.113.0/24 then {', `  bgp_med = ${chance.pick([0, 10, 10, 20])};`]
  if (chance.maybe(0.25)) lines.push(`  bgp_origin = ${chance.pick(['ORIGIN_EGP', 'ORIGIN_INCOMPLETE'])};`)
  if (chance.maybe(0.25)) lines.push(`  bgp_path.prepend(${one.as});`)
  if (chance.maybe(0.3)) lines.push(`  bgp_community.add((${one.as},${index + 1}));`)
  return [...lines, '  accept;', '}']
}

function allowOwnAs(member: Router, chance: Chance, probability: number): void {
  if (!chance.maybe(probability)) return
  for (const session of member.sessions) session.allowLocalAs = true
}
