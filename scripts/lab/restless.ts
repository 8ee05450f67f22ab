// Routes that never rest: where policies contradict each other, routers chase one another for ever, real ones and
// simulated ones alike. Which moment of the round a look finds is chance; what they pass through is not.
import type { Capture, HostState } from './capture.ts'
import { kernelOf, routesOf } from './texts.ts'

/** Prefixes that change on both sides while nothing happens; `host`: whose values they are. */
export interface Restless {
  readonly prefixes: ReadonlySet<string>
  /** Whether the simulated host passes through this value ('(none)': no such route). */
  passes(host: string, key: { what: 'route' | 'kernel'; name: string }, value: string): boolean
}

export function restless(real: Capture, simulated: Capture): Restless {
  const rounds = new Map<string, Round>()
  for (const [host, state] of Object.entries(simulated.hosts)) {
    if (state?.passing !== undefined) rounds.set(host, new Round(state))
  }
  const simulatedMoves = new Set([...rounds.values()].flatMap((round) => round.moving()))
  const realMoves = new Set(
    rounds.size === 0 ? [] : Object.values(real.hosts).flatMap((state) => (state === null ? [] : changed(state))),
  )
  const prefixes = new Set([...simulatedMoves].filter((prefix) => realMoves.has(prefix)))
  return {
    prefixes,
    passes: (host, { what, name }, value) =>
      prefixes.has(what === 'route' ? name : prefixOf(name)) && (rounds.get(host)?.passes(what, name, value) ?? false),
  }
}

/** What one simulated host passes through, each moment as maps by prefix and by kernel key. */
class Round {
  readonly #moments: readonly { route: ReadonlyMap<string, string>; kernel: ReadonlyMap<string, string> }[]

  constructor({ passing = [] }: HostState) {
    this.#moments = passing.map(({ routes, kernel }) => ({ route: routesOf(routes), kernel: kernelOf(kernel) }))
  }

  moving(): string[] {
    const names = new Set(this.#moments.flatMap(({ route }) => [...route.keys()]))
    return [...names].filter((name) => new Set(this.#moments.map(({ route }) => route.get(name))).size > 1)
  }

  passes(what: 'route' | 'kernel', name: string, value: string): boolean {
    return this.#moments.some((moment) => (moment[what].get(name) ?? '(none)') === value)
  }
}

/** Prefixes whose routes came anew between two looks seconds apart: their times tell, even where the content does not. */
function changed({ routes, routesBefore }: HostState): string[] {
  if (routesBefore === undefined) return []
  const [now, before] = [routesOf(routes, true), routesOf(routesBefore, true)]
  return [...new Set([...now.keys(), ...before.keys()])].filter((name) => now.get(name) !== before.get(name))
}

/** `10.0.0.1 metric 0` of a kernel's key as BIRD writes it: `10.0.0.1/32`. */
function prefixOf(name: string): string {
  const [dst = ''] = name.split(' ')
  if (dst === 'default') return '0.0.0.0/0'
  return dst.includes('/') ? dst : `${dst}/32`
}
