// Random small scenarios out of a seed: a network in one of a few shapes, and a history of actions, each with enough time
// behind it to come to rest.
import { stringify } from 'yaml'
import { calicoScenario } from './calico.ts'
import { Chance } from './chance.ts'
import { history } from './history.ts'
import { routerConfig } from './router-config.ts'
import { SHAPES } from './shapes.ts'

export interface Generated {
  seed: number
  shape: string
  text: string
}

/** Calico's own configurations, with its long timers, are the smaller part. */
const CALICO_EVERY = 6

export function generate(seed: number): Generated {
  const chance = new Chance(seed)
  if (seed % CALICO_EVERY === 0) return { seed, ...calicoScenario(seed, chance) }
  const shape = chance.pick(Object.keys(SHAPES))
  const plan = SHAPES[shape]!(chance)
  const hosts = plan.routers.map((router) => ({
    name: router.name,
    interfaces: Object.entries(router.addresses).map(([network, address], index) => ({
      name: `eth${index}`,
      network,
      address: `${address}/24`,
    })),
    birdConf: routerConfig(router),
    birdArgs: router.recovery ? ['-R'] : [],
  }))
  const document = {
    apiVersion: 'calicoscope.dev/v1',
    kind: 'Scenario',
    metadata: { name: `seed-${seed}` },
    spec: {
      title: `Seed ${seed}: ${shape}`,
      seed,
      networks: plan.networks,
      hosts,
      timeline: history(plan, chance),
    },
  }
  return { seed, shape, text: stringify(document, { lineWidth: 0 }) }
}
