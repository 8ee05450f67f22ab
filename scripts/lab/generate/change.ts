// A router's configuration with one thing changed.
import type { Chance } from './chance.ts'
import { limit } from './decorate.ts'
import { farEnd } from './plan.ts'
import { type Router, routerConfig, type Session } from './router-config.ts'

const CHANGES = [
  'static',
  'unstatic',
  'export',
  'import',
  'next hop',
  'allow local as',
  'remove',
  'merge',
  'attributes',
  'AS',
  'secret',
  'limit',
  'order',
  'hold',
  'graceful',
]

/** Changes `host` and writes its configuration. A mistake is rather repaired than made. */
export function changedConfig(routers: readonly Router[], host: Router, chance: Chance): string {
  const wrong = host.sessions.find((candidate) => peerAs(routers, candidate) !== candidate.remoteAs)
  const torn = host.sessions.find((candidate) => farEnd(routers, host, candidate)?.password !== candidate.password)
  const session = wrong ?? torn ?? chance.pick(host.sessions)
  const kind = wrong !== undefined ? 'AS' : torn !== undefined ? 'secret' : chance.pick(CHANGES)
  change({ routers, host, session, chance }, kind)
  host.statics = [...new Set(host.statics)]
  return routerConfig(host)
}

interface Place {
  routers: readonly Router[]
  host: Router
  session: Session
  chance: Chance
}

function change({ routers, host, session, chance }: Place, kind: string): void {
  switch (kind) {
    case 'static':
      host.statics.push(`10.244.${chance.between(220, 223)}.0/24 blackhole`)
      return
    case 'unstatic':
      if (host.statics.length > 0) host.statics.splice(chance.below(host.statics.length), 1)
      return
    case 'export':
      session.exportLines.unshift(`if net = 10.244.${chance.between(1, 3)}.0/26 then reject;`)
      return
    case 'import':
      session.importLines.unshift(
        `if net.len = ${chance.pick([24, 26])} then bgp_local_pref = ${chance.pick([70, 250])};`,
      )
      return
    case 'next hop':
      session.nextHop = session.nextHop === null ? chance.pick(['self', 'keep']) : null
      return
    case 'allow local as':
      session.allowLocalAs = !session.allowLocalAs
      return
    case 'remove':
      if (host.sessions.length > 1) host.sessions.splice(host.sessions.indexOf(session), 1)
      return
    case 'merge':
      host.mergePaths = !host.mergePaths
      return
    case 'AS': {
      if (session.options.includes('rr client')) return
      const right = peerAs(routers, session)
      session.remoteAs = session.remoteAs === right ? 64778 : right
      return
    }
    case 'secret': {
      const theirs = farEnd(routers, host, session)?.password ?? null
      session.password = session.password === theirs ? 'changed' : theirs
      return
    }
    case 'limit':
      session.options.push(limit(chance))
      return
    case 'order':
      session.options.push(chance.pick(['med metric on', 'default bgp_med 5', 'igp metric off']))
      return
    case 'hold':
      session.options.push('hold time 12')
      return
    case 'graceful':
      host.graceful = !host.graceful
      return
    default:
      session.exportLines.push(`bgp_med = ${chance.between(1, 9)};`, `bgp_community.add((${host.as},9));`)
  }
}

function peerAs(routers: readonly Router[], session: Session): number {
  return routers.find((router) => router.name === session.peer)?.as ?? session.remoteAs
}
