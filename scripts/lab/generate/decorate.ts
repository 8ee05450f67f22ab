// What makes generated routers differ: more and overlapping routes, filters, communities, next hop modes, limits, secrets,
// and mistakes.
import type { Chance } from './chance.ts'
import { farEnd } from './plan.ts'
import type { Router, Session } from './router-config.ts'

const POOL = '10.244.0.0/16'

/** Everybody's block, another's address borrowed, what overlaps, what leads elsewhere. */
export function decorate(routers: readonly Router[], chance: Chance): void {
  for (const node of routers) {
    node.statics.push(...statics(node, routers, chance))
    if (chance.maybe(0.12)) node.aside = aside(chance)
    for (const session of node.sessions) dress(node, session, chance)
  }
  agreeOnSecrets(routers, chance)
  if (chance.maybe(0.15)) for (const node of routers) for (const session of node.sessions) session.passive = false
}

function statics(node: Router, routers: readonly Router[], chance: Chance): string[] {
  const found: string[] = []
  if (chance.maybe(0.2)) found.push(`10.244.${chance.between(1, routers.length)}.${chance.between(1, 60)}/32 blackhole`)
  if (chance.maybe(0.2)) found.push('10.244.200.0/24 blackhole')
  if (chance.maybe(0.15)) found.push('10.244.200.0/25 unreachable')
  if (chance.maybe(0.08)) found.push('10.244.200.128/25 prohibit')
  if (chance.maybe(0.1)) found.push(`172.20.${chance.between(0, 3)}.0/24 blackhole`)
  if (chance.maybe(0.2)) {
    const via = chance.pick(routers)
    const [shared = '', address = ''] = Object.entries(via.addresses)[0] ?? []
    if (via !== node && node.addresses[shared] !== undefined) {
      found.push(`10.244.210.0/24 ${chance.maybe(0.8) ? 'via' : 'recursive'} ${address}`)
    }
  }
  return found
}

function aside(chance: Chance): Router['aside'] {
  return {
    statics: ['10.244.230.0/24 blackhole', '198.51.100.0/24 unreachable'],
    importLines: chance.maybe(0.5) ? ['if net = 198.51.100.0/24 then reject;'] : [],
    exportLines: chance.maybe(0.5) ? [`if net !~ ${POOL} then reject;`] : [],
  }
}

function dress(node: Router, session: Session, chance: Chance): void {
  session.exportLines.push(...exportLines(node, chance))
  session.importLines.push(...importLines(chance))
  if (chance.maybe(0.15)) session.nextHop = 'self'
  else if (chance.maybe(0.1)) session.nextHop = 'keep'
  if (chance.maybe(0.05)) session.options.push('default bgp_local_pref 150')
  if (chance.maybe(0.06)) session.options.push(limit(chance))
  if (chance.maybe(0.05)) session.options.push('import keep filtered on')
  if (chance.maybe(0.03)) session.options.push('enable route refresh off')
}

/** One that the first route reaches, another that none do: in between, what comes by for a moment decides. */
export function limit(chance: Chance): string {
  const which = chance.pick(['import', 'receive', 'export'])
  return `${which} limit ${chance.pick([0, 0, 30, 30])} action ${chance.pick(['warn', 'disable'])}`
}

function exportLines(node: Router, chance: Chance): string[] {
  const ours = chance.maybe(0.8) ? `[ ${POOL}+, 203.0.113.0/24 ]` : '[ 0.0.0.0/0+ ]'
  const lines = [`if net !~ ${ours} then reject;`]
  if (chance.maybe(0.2)) lines.push(`bgp_community.add((${node.as},${chance.between(1, 3)}));`)
  if (chance.maybe(0.06)) lines.push(`bgp_community.add((65535,${chance.pick([65281, 65282, 65283])}));`)
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
  if (chance.maybe(0.05)) lines.push('preference = 120;')
  if (chance.maybe(0.05)) lines.push('bgp_community.empty;')
  return lines
}

function agreeOnSecrets(routers: readonly Router[], chance: Chance): void {
  if (!chance.maybe(0.25)) return
  for (const router of routers) {
    for (const session of router.sessions) {
      const far = farEnd(routers, router, session)
      if (router.name > session.peer || far === undefined || !chance.maybe(0.6)) continue
      session.password = far.password = 'secret'
    }
  }
}

const MISTAKES = ['wrong AS', 'wrong AS', 'wrong secret', 'secret on one side', 'nobody there', 'one-sided', 'same id']

/** One mistake in some networks. */
export function spoil(routers: readonly Router[], chance: Chance): void {
  if (!chance.maybe(0.25)) return
  const victim = chance.pick(routers)
  if (victim.sessions.length === 0) return
  const session = chance.pick(victim.sessions)
  const far = farEnd(routers, victim, session)
  switch (chance.pick(MISTAKES)) {
    case 'wrong AS':
      // A client of another AS is refused before anything runs.
      if (!session.options.includes('rr client')) session.remoteAs = 64777
      return
    case 'wrong secret':
      session.password = 'mistaken'
      if (far !== undefined) far.password = 'secret'
      return
    case 'secret on one side':
      session.password = 'mistaken'
      if (far !== undefined) far.password = null
      return
    case 'nobody there':
      session.neighbor = session.neighbor.replace(/\d+$/, '250')
      session.passive = false
      return
    case 'same id':
      victim.id = routers.find((router) => router.name === session.peer)?.id ?? victim.id
      return
    default:
      if (victim.sessions.length > 1) victim.sessions.splice(victim.sessions.indexOf(session), 1)
  }
}
