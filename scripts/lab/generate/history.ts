// Random histories: what is done to a network after it has come up, with rest behind every step.
import type { Chance } from './chance.ts'
import { changedConfig } from './change.ts'
import type { Plan, Step } from './plan.ts'
import type { Router } from './router-config.ts'

/** First action, and from each to the next: longer than hold, restart and error timers together. */
const FIRST_ACTION = 14
const ACTION_GAP = 22

type Doing = Omit<Step, 'at'> & { action: string }

export function history(plan: Plan, chance: Chance): Step[] {
  const world = new World(plan, chance)
  const count = chance.between(2, 3)
  const steps: Step[] = []
  for (let index = 0; index < count; index++) {
    const at = FIRST_ACTION + index * ACTION_GAP
    for (const { after, ...doing } of world.next()) steps.push({ at: at + after, ...doing })
  }
  return steps
}

type Part = Doing & { after: number }

/** Knows what state the history has brought hosts into, so that most actions mean something. */
class World {
  readonly #plan: Plan
  readonly #chance: Chance
  readonly #stopped = new Set<Router>()
  readonly #dark = new Set<Router>()
  readonly #cut: { host: Router; network: string }[] = []
  readonly #disabled: { host: Router; protocol: string }[] = []
  readonly #borrowed: { host: Router; address: string }[] = []
  readonly #reconfigured = new Set<Router>()

  constructor(plan: Plan, chance: Chance) {
    this.#plan = plan
    this.#chance = chance
  }

  next(): Part[] {
    const chance = this.#chance
    if (this.#stopped.size + this.#dark.size + this.#cut.length > 0 && chance.maybe(0.6)) return once(this.#restore())
    if (this.#disabled.length > 0 && chance.maybe(0.4)) {
      const { host, protocol } = this.#disabled.pop()!
      return once(birdc(host, `enable ${protocol}`))
    }
    if (chance.maybe(0.2)) return this.#short(this.#running())
    return once(this.#step(this.#running()))
  }

  #step(host: Router): Doing {
    const chance = this.#chance
    const target = `host/${host.name}`
    switch (chance.pick(['stop', 'kill', 'power', 'cut', 'birdc', 'birdc', 'conf', 'conf', 'conf', 'route', 'undo'])) {
      case 'stop':
        this.#stopped.add(host)
        return chance.maybe(0.8) ? { action: 'stop-bird', target } : birdc(host, 'down')
      case 'kill':
        this.#stopped.add(host)
        return { action: 'kill-bird', target }
      case 'power':
        this.#dark.add(host)
        return { action: 'power-off', target }
      case 'cut': {
        const network = chance.pick(Object.keys(host.addresses))
        this.#cut.push({ host, network })
        return { action: 'cut-link', target: `link/${host.name}/${network}` }
      }
      case 'route':
        return this.#route(host)
      case 'birdc':
        return this.#command(host)
      case 'undo': {
        const known = [...this.#reconfigured].filter((router) => !this.#stopped.has(router) && !this.#dark.has(router))
        if (known.length > 0) return birdc(chance.pick(known), chance.pick(['configure undo', 'configure soft']))
        return this.#configure(host)
      }
      default:
        return this.#configure(host)
    }
  }

  /** Over again before any timer has run out. */
  #short(host: Router): Part[] {
    const chance = this.#chance
    const target = `host/${host.name}`
    switch (chance.pick(['kill', 'stop', 'power', 'cut', 'timeout', 'soft'])) {
      case 'kill':
        return pair({ action: 'kill-bird', target }, { action: 'start-bird', target }, 2)
      case 'stop':
        return pair({ action: 'stop-bird', target }, { action: 'start-bird', target }, 2)
      case 'power':
        return pair({ action: 'power-off', target }, { action: 'power-on', target }, 3)
      case 'cut': {
        const cable = `link/${host.name}/${chance.pick(Object.keys(host.addresses))}`
        return pair({ action: 'cut-link', target: cable }, { action: 'mend-link', target: cable }, 4)
      }
      case 'timeout':
        return pair(this.#configure(host), birdc(host, 'configure undo'), 3)
      default: {
        const [change, undo] = pair(this.#configure(host), birdc(host, 'configure undo'), 3)
        return [change!, undo!, { after: 6, ...birdc(host, chance.pick(['configure soft', 'configure timeout 5'])) }]
      }
    }
  }

  #restore(): Doing {
    const [stopped] = this.#stopped
    if (stopped !== undefined) {
      this.#stopped.delete(stopped)
      return { action: 'start-bird', target: `host/${stopped.name}` }
    }
    const [dark] = this.#dark
    if (dark !== undefined) {
      this.#dark.delete(dark)
      return { action: 'power-on', target: `host/${dark.name}` }
    }
    const { host, network } = this.#cut.pop()!
    return { action: 'mend-link', target: `link/${host.name}/${network}` }
  }

  #running(): Router {
    const up = this.#plan.routers.filter((router) => !this.#stopped.has(router) && !this.#dark.has(router))
    return this.#chance.pick(up)
  }

  #configure(host: Router): Doing {
    this.#reconfigured.add(host)
    const text = changedConfig(this.#plan.routers, host, this.#chance)
    return { action: 'set-bird-conf', target: `host/${host.name}`, text }
  }

  #command(host: Router): Doing {
    const chance = this.#chance
    const sessions = host.sessions.map((session) => session.name)
    const protocol = chance.pick([...sessions, ...sessions, ...sessions, 'static1', 'kernel1', 'direct1', '"to_*"'])
    const verb = chance.pick(['disable', 'restart', 'reload', 'reload in', 'reload out'])
    if (verb === 'disable') this.#disabled.push({ host, protocol })
    return birdc(host, `${verb} ${protocol}`)
  }

  /** A pod with an address of another's block appears on a host, or goes. */
  #route(host: Router): Doing {
    const known = this.#borrowed.find((item) => item.host === host)
    const address = known?.address ?? `10.244.${this.#chance.between(1, 4)}.${this.#chance.between(1, 60)}/32`
    if (known === undefined) this.#borrowed.push({ host, address })
    else this.#borrowed.splice(this.#borrowed.indexOf(known), 1)
    const verb = known === undefined ? 'add' : 'del'
    return { action: 'exec', target: `host/${host.name}`, command: `ip route ${verb} ${address} dev eth0` }
  }
}

function birdc(host: Router, command: string): Doing {
  return { action: 'exec', target: `host/${host.name}`, command: `birdc ${command}` }
}

function once(doing: Doing): Part[] {
  return [{ after: 0, ...doing }]
}

function pair(first: Doing, second: Doing, seconds: number): Part[] {
  return [
    { after: 0, ...first },
    { after: seconds, ...second },
  ]
}
