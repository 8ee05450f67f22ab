// Random histories: what is done to a network after it has come up, one action at a time.
import type { Chance } from './chance.ts'
import { ACTION_GAP, FIRST_ACTION, type Plan } from './generate.ts'
import { type Router, routerConfig } from './router-config.ts'

type Step = Record<string, unknown>

export function history(plan: Plan, chance: Chance): Step[] {
  const world = new World(plan, chance)
  const count = chance.between(2, 3)
  const steps: Step[] = []
  for (let index = 0; index < count; index++) steps.push({ at: FIRST_ACTION + index * ACTION_GAP, ...world.step() })
  return steps
}

/** Knows what state the history has brought hosts into, so that most actions mean something. */
class World {
  readonly #plan: Plan
  readonly #chance: Chance
  readonly #stopped = new Set<Router>()
  readonly #dark = new Set<Router>()
  readonly #cut: { host: Router; network: string }[] = []
  readonly #disabled: { host: Router; protocol: string }[] = []
  readonly #borrowed: { host: Router; address: string }[] = []

  constructor(plan: Plan, chance: Chance) {
    this.#plan = plan
    this.#chance = chance
  }

  step(): Step {
    const chance = this.#chance
    if (this.#stopped.size + this.#dark.size + this.#cut.length > 0 && chance.maybe(0.6)) return this.#restore()
    if (this.#disabled.length > 0 && chance.maybe(0.4)) {
      const { host, protocol } = this.#disabled.pop()!
      return this.#birdc(host, `enable ${protocol}`)
    }
    const host = this.#running()
    const target = `host/${host.name}`
    switch (chance.pick(['stop', 'kill', 'power', 'cut', 'birdc', 'birdc', 'conf', 'conf', 'conf', 'route'])) {
      case 'stop':
        this.#stopped.add(host)
        return { action: 'stop-bird', target }
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
      default:
        return { action: 'set-bird-conf', target, text: this.#changed(host) }
    }
  }

  #restore(): Step {
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

  #birdc(host: Router, command: string): Step {
    return { action: 'exec', target: `host/${host.name}`, command: `birdc ${command}` }
  }

  #command(host: Router): Step {
    const protocol = this.#chance.pick(host.sessions).name
    const verb = this.#chance.pick(['disable', 'restart', 'reload', 'reload in', 'reload out'])
    if (verb === 'disable') this.#disabled.push({ host, protocol })
    return this.#birdc(host, `${verb} ${protocol}`)
  }

  /** A pod with an address of another's block appears on a host, or goes. */
  #route(host: Router): Step {
    const known = this.#borrowed.find((item) => item.host === host)
    const address = known?.address ?? `10.244.${this.#chance.between(1, 4)}.${this.#chance.between(1, 60)}/32`
    if (known === undefined) this.#borrowed.push({ host, address })
    else this.#borrowed.splice(this.#borrowed.indexOf(known), 1)
    const verb = known === undefined ? 'add' : 'del'
    return { action: 'exec', target: `host/${host.name}`, command: `ip route ${verb} ${address} dev eth0` }
  }

  /** The host's configuration with one thing changed. */
  #changed(host: Router): string {
    const chance = this.#chance
    const session = chance.pick(host.sessions)
    switch (chance.pick(['static', 'unstatic', 'export', 'import', 'option', 'remove', 'merge', 'attributes'])) {
      case 'static':
        host.statics.push(`10.244.${chance.between(220, 223)}.0/24 blackhole`)
        break
      case 'unstatic':
        if (host.statics.length > 0) host.statics.splice(chance.below(host.statics.length), 1)
        break
      case 'export':
        session.exportLines.unshift(`if net = 10.244.${chance.between(1, 3)}.0/26 then reject;`)
        break
      case 'import':
        session.importLines.unshift(
          `if net.len = ${chance.pick([24, 26])} then bgp_local_pref = ${chance.pick([70, 250])};`,
        )
        break
      case 'option':
        session.options.push(chance.pick(['next hop self', 'med metric on', 'prefer older on']))
        break
      case 'remove':
        if (host.sessions.length > 1) host.sessions.splice(host.sessions.indexOf(session), 1)
        break
      case 'merge':
        host.mergePaths = !host.mergePaths
        break
      default:
        session.exportLines.push(`bgp_med = ${chance.between(1, 9)};`, `bgp_community.add((${host.as},9));`)
    }
    host.statics = [...new Set(host.statics)]
    return routerConfig(host)
  }
}
