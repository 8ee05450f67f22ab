// Random small scenarios out of a seed: routers with hand-written configurations in one of a few shapes, and a history of
// actions, each with enough time behind it to come to rest.
import { stringify } from 'yaml'
import { Chance } from './chance.ts'
import { history } from './generate-history.ts'
import { SHAPES } from './generate-shapes.ts'
import { type Router, routerConfig, type Session } from './router-config.ts'

export interface Generated {
  seed: number
  shape: string
  text: string
}

export interface Plan {
  networks: { name: string; cidr: string }[]
  routers: Router[]
}

/** First action, and from each to the next: longer than hold, restart and error timers together. */
export const FIRST_ACTION = 14
export const ACTION_GAP = 22

export function generate(seed: number): Generated {
  const chance = new Chance(seed)
  const shape = chance.pick(Object.keys(SHAPES))
  const plan = SHAPES[shape]!(chance)
  const start = plan.routers.map((router) => ({ ...router, conf: routerConfig(router) }))
  const timeline = history(plan, chance)
  const document = {
    apiVersion: 'calicoscope.dev/v1',
    kind: 'Scenario',
    metadata: { name: `seed-${seed}` },
    spec: {
      title: `Seed ${seed}: ${shape}`,
      seed,
      networks: plan.networks,
      hosts: start.map((router) => ({
        name: router.name,
        interfaces: Object.entries(router.addresses).map(([network, address], index) => ({
          name: `eth${index}`,
          network,
          address: `${address}/24`,
        })),
        birdConf: router.conf,
        birdArgs: router.recovery ? ['-R'] : [],
      })),
      timeline,
    },
  }
  return { seed, shape, text: stringify(document, { lineWidth: 0 }) }
}

/** Session towards `peer`, as both sides name them alike. */
export function sessionTo(router: Router, peer: Router, network: string, extra: Partial<Session> = {}): Session {
  const source = router.addresses[network]
  const neighbor = peer.addresses[network]
  if (source === undefined || neighbor === undefined)
    throw new Error(`${router.name} and ${peer.name} share no network`)
  return {
    name: `to_${peer.name}`,
    peer: peer.name,
    neighbor,
    remoteAs: peer.as,
    source,
    passive: source < neighbor,
    options: [],
    importLines: [],
    exportLines: [],
    ...extra,
  }
}
