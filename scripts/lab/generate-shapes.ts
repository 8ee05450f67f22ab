// The shapes of generated networks: a mesh, one or two reflectors, racks behind a ToR.
import type { Chance } from './chance.ts'
import { type Plan, sessionTo } from './generate.ts'
import type { Router } from './router-config.ts'

const POOL = '10.244.0.0/16'
const LAN = 'lan'
const CLUSTER_AS = 64512
const TOR_AS = 64601

export const SHAPES: Readonly<Record<string, (chance: Chance) => Plan>> = { mesh, reflector, tor, racks }

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

/** Everybody's block, another's address borrowed, what overlaps, what leads elsewhere. */
function decorate(routers: readonly Router[], chance: Chance): void {
  for (const node of routers) {
    if (chance.maybe(0.2))
      node.statics.push(`10.244.${chance.between(1, routers.length)}.${chance.between(1, 60)}/32 blackhole`)
    if (chance.maybe(0.2)) node.statics.push('10.244.200.0/24 blackhole')
    if (chance.maybe(0.15)) node.statics.push('10.244.200.0/25 unreachable')
    if (chance.maybe(0.1)) node.statics.push(`172.20.${chance.between(0, 3)}.0/24 blackhole`)
    if (chance.maybe(0.15)) {
      const via = chance.pick(routers)
      const address = Object.values(via.addresses)[0]
      const shared = Object.keys(via.addresses)[0] ?? ''
      if (via !== node && node.addresses[shared] !== undefined) node.statics.push(`10.244.210.0/24 via ${address}`)
    }
    for (const session of node.sessions) {
      session.exportLines.push(...exportLines(node, chance))
      session.importLines.push(...importLines(chance))
      if (chance.maybe(0.12)) session.options.push('next hop self')
      else if (chance.maybe(0.08)) session.options.push('next hop keep')
      if (chance.maybe(0.05)) session.options.push('default bgp_local_pref 150')
    }
  }
}

function exportLines(node: Router, chance: Chance): string[] {
  const lines = [`if net !~ ${chance.maybe(0.8) ? POOL : '0.0.0.0/0'} then reject;`]
  if (chance.maybe(0.2)) lines.push(`bgp_community.add((${node.as},${chance.between(1, 3)}));`)
  if (chance.maybe(0.1)) lines.push('bgp_community.add((65535,65281));')
  if (chance.maybe(0.1)) lines.push(`bgp_large_community.add((${node.as}, 7, ${chance.between(1, 9)}));`)
  if (chance.maybe(0.15)) lines.push(`bgp_med = ${chance.between(0, 3) * 10};`)
  if (chance.maybe(0.1)) lines.push('bgp_path.prepend(64999);')
  if (chance.maybe(0.08)) lines.push(`bgp_origin = ${chance.pick(['ORIGIN_EGP', 'ORIGIN_INCOMPLETE'])};`)
  return lines
}

function importLines(chance: Chance): string[] {
  const lines: string[] = []
  if (chance.maybe(0.15)) lines.push(`bgp_local_pref = ${chance.pick([50, 100, 200])};`)
  if (chance.maybe(0.1)) lines.push(`if net.len = ${chance.pick([32, 25])} then reject;`)
  if (chance.maybe(0.1)) lines.push('if bgp_community ~ [(64512,1)] then bgp_local_pref = 300;')
  if (chance.maybe(0.05)) lines.push('preference = 210;')
  if (chance.maybe(0.05)) lines.push('bgp_community.empty;')
  return lines
}

function connect(a: Router, b: Router, network: string): void {
  a.sessions.push(sessionTo(a, b, network))
  b.sessions.push(sessionTo(b, a, network))
}

function spoil(routers: readonly Router[], chance: Chance): void {
  if (!chance.maybe(0.2)) return
  const victim = chance.pick(routers)
  if (victim.sessions.length > 0) chance.pick(victim.sessions).remoteAs = 64777
}

function mesh(chance: Chance): Plan {
  const routers = nodes(chance.between(3, 4), chance)
  routers.forEach((a, index) => {
    for (const b of routers.slice(index + 1)) connect(a, b, LAN)
  })
  decorate(routers, chance)
  spoil(routers, chance)
  return { networks: [{ name: LAN, cidr: '10.0.0.0/24' }], routers }
}

function reflector(chance: Chance): Plan {
  const clients = nodes(chance.between(2, 3), chance)
  const count = chance.between(1, 2)
  const same = chance.maybe(0.5)
  const reflectors = Array.from({ length: count }, (_, index) =>
    router(`rr${index + 1}`, CLUSTER_AS, chance, { [LAN]: `10.0.0.${2 + index}` }),
  )
  reflectors.forEach((one, index) => {
    const cluster = `244.0.0.${same ? 1 : index + 1}`
    for (const other of reflectors.slice(index + 1)) connect(one, other, LAN)
    for (const client of clients) {
      connect(one, client, LAN)
      one.sessions.at(-1)?.options.push('rr client', `rr cluster id ${cluster}`)
    }
  })
  const routers = [...reflectors, ...clients]
  decorate(routers, chance)
  spoil(routers, chance)
  return { networks: [{ name: LAN, cidr: '10.0.0.0/24' }], routers }
}

function tor(chance: Chance): Plan {
  const members = nodes(chance.between(2, 3), chance)
  const tors = Array.from({ length: chance.between(1, 2) }, (_, index) =>
    router(`tor${index + 1}`, TOR_AS + (chance.maybe(0.5) ? index : 0), chance, { [LAN]: `10.0.0.${2 + index}` }),
  )
  if (chance.maybe(0.6)) {
    members.forEach((a, index) => {
      for (const b of members.slice(index + 1)) connect(a, b, LAN)
    })
  }
  for (const one of tors) {
    one.statics.push('203.0.113.0/24 blackhole')
    for (const member of members) external(one, member, { network: LAN, chance })
  }
  const routers = [...tors, ...members]
  decorate(routers, chance)
  spoil(routers, chance)
  return { networks: [{ name: LAN, cidr: '10.0.0.0/24' }], routers }
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
      if (chance.maybe(0.6)) for (const session of member.sessions) session.options.push('allow local as 1')
    }
    routers.push(one, ...members)
    return one
  })
  external(tors[0]!, tors[1]!, { network: spine, chance })
  decorate(routers, chance)
  spoil(routers, chance)
  const networks = [
    { name: 'rack1', cidr: '10.0.1.0/24' },
    { name: 'rack2', cidr: '10.0.2.0/24' },
    { name: spine, cidr: '10.9.0.0/24' },
  ]
  return { networks, routers }
}

/** eBGP, each side direct or multihop. */
function external(a: Router, b: Router, { network, chance }: { network: string; chance: Chance }): void {
  connect(a, b, network)
  for (const side of [a, b]) {
    const session = side.sessions.at(-1)
    if (session !== undefined && chance.maybe(0.3)) session.options.push('multihop')
  }
}
