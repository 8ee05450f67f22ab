// The same scenario in the simulation, with the build of the daemon that Debian packages, and its captures.
import { captureHosts } from '../../src/sim/capture.ts'
import { World } from '../../src/sim/cluster/world.ts'
import { onOwnLines, withoutTunnelLines } from '../../src/sim/export/bird-files.ts'
import { labBundle } from '../../src/sim/export/lab-bundle.ts'
import type { LabBundle } from '../../src/sim/export/lab-types.ts'
import type { BirdBuild } from '../../src/sim/node/ports.ts'
import { Recording } from '../../src/sim/recording/recording.ts'
import { parseScenario } from '../../src/sim/scenario/parse.ts'
import type { Action, Scenario } from '../../src/sim/scenario/types.ts'
import { execute } from '../../src/sim/shell/execute.ts'
import type { Build } from './bird-binary.ts'
import type { Capture, HostState } from './capture.ts'
import { WINDOW_SECONDS } from './capture.ts'
import { Chance } from './generate/chance.ts'

const MICROS = 1_000_000
const SAMPLE_STEP = MICROS / 4
/** What changes so shortly before a capture at rest changes for ever; and how many moments of it are kept. */
const PASSING = 2 * MICROS
const MOST_MOMENTS = 400

export interface Simulated {
  scenario: Scenario
  bundle: LabBundle
  captures: readonly Capture[]
}

export type Moments = (scenario: Scenario) => readonly number[]

export function simulate(text: string, moments: Moments, build: Build): Simulated {
  const scenario = scenarioOf(text)
  const at = moments(scenario)
  const until = (at.at(-1) ?? 0) * MICROS
  const { recording, tunnels } = runBuild(scenario, until, build)
  // A bundle is what Calico's build does, which differs in what it makes of tunnels.
  const own = tunnels && build === 'debian' ? run(scenario, until) : recording
  return {
    scenario,
    bundle: labBundle(own, scenario, until),
    captures: at.map((moment) => capture({ recording, scenario }, moment)),
  }
}

/** The same scenario with what happens at one instant in another order. */
export interface Variant {
  captures: readonly Capture[]
  /** Its protocols show what no order explains. */
  tablesOnly: boolean
}

export function simulateVariants(text: string, moments: Moments, build: Build): Variant[] {
  const scenario = scenarioOf(text)
  const at = moments(scenario)
  return reorderings(scenario).map(({ scenario: variant, tablesOnly }) => {
    const { recording } = runBuild(variant, (at.at(-1) ?? 0) * MICROS, build)
    return { captures: at.map((moment) => capture({ recording, scenario: variant }, moment)), tablesOnly }
  })
}

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text)
  if (parsed.ok) return parsed.scenario
  throw new Error(parsed.problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n'))
}

/** Of each kind: another order of hosts; starts and actions spread over a second; segments that take their time. */
const VARIANTS = [2, 4, 12] as const
const SLOW_SEGMENTS = [0.1, 0.3] as const

/**
 * Daemons that start in one second race, and routes that tie in everything stay in the order in which they came. The
 * simulation decides such races by the order of hosts, by starting all at one instant and by a delay that is the same
 * everywhere; real daemons by which socket a loop looks at first, on wires without delay. These are other outcomes that
 * the simulation allows. Segments that come late come so by being lost once, so that only tables are taken from those.
 */
function reorderings(scenario: Scenario): { scenario: Scenario; tablesOnly: boolean }[] {
  const kinds = VARIANTS.flatMap((count, kind) => Array.from({ length: count }, () => kind))
  return kinds.map((kind, index) => {
    const chance = new Chance(scenario.seed * kinds.length + index)
    const hosts = index === 0 ? [...scenario.hosts].reverse() : shuffled(scenario.hosts, chance)
    const other = { ...scenario, hosts, seed: scenario.seed + 7919 * (index + 1) }
    if (kind === 0) return { scenario: other, tablesOnly: false }
    const timeline = spread(other, chance)
    if (kind === 1) return { scenario: { ...other, timeline }, tablesOnly: false }
    const networks = scenario.networks.map((network) => ({ ...network, loss: SLOW_SEGMENTS[index % 2]! }))
    return { scenario: { ...other, timeline, networks }, tablesOnly: true }
  })
}

function spread({ hosts, timeline }: Scenario, chance: Chance): Action[] {
  const starts = hosts
    .filter((host) => host.birdConf !== undefined)
    .flatMap(({ name }): Action[] => {
      const target = { kind: 'host' as const, name }
      return [
        { at: 1000, action: 'kill-bird', target },
        { at: 2000 + chance.below(MICROS), action: 'start-bird', target },
      ]
    })
  const later = timeline.map((action) => ({ ...action, at: action.at + chance.below(MICROS / 2) }))
  return [...starts, ...later].sort((a, b) => a.at - b.at)
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const rest = [...list]
  return list.map(() => rest.splice(chance.below(rest.length), 1)[0]!)
}

function run(scenario: Scenario, until: number, birdBuild?: BirdBuild): Recording {
  const recording = new Recording()
  new World(scenario, recording.writer, birdBuild === undefined ? {} : { birdBuild }).runTo(until)
  recording.extendTo(until)
  return recording
}

/** `tunnels`: Debian's build was given files that Calico's reads otherwise. */
function runBuild(scenario: Scenario, until: number, build: Build): { recording: Recording; tunnels: boolean } {
  if (build === 'calico') return { recording: run(scenario, until), tunnels: false }
  let tunnels = false
  const adapt = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
    tunnels ||= [...files.values()].some((text) => text.includes('krt_tunnel'))
    return new Map([...files].map(([name, text]) => [name, withoutTunnelLines(onOwnLines(text))]))
  }
  const recording = run(scenario, until, { version: '1.6.8', adapt })
  return { recording, tunnels }
}

function capture(run: { recording: Recording; scenario: Scenario }, at: number): Capture {
  const context = { ...run, at: Math.round(at * MICROS) }
  const hosts: Record<string, HostState | null> = {}
  for (const [name, host] of Object.entries(captureHosts(context))) {
    if (host === null) {
      hosts[name] = null
      continue
    }
    const samples: string[] = []
    for (let time = context.at - WINDOW_SECONDS * MICROS; time < context.at; time += SAMPLE_STEP) {
      if (time < 0) continue
      const result = execute({ ...context, at: time }, name, 'birdcl show protocols')
      if (result.type === 'output') samples.push(body(result.text))
    }
    hosts[name] = {
      samples: [...samples, body(host['show protocols'])],
      routes: body(host['show route all']),
      kernel: host.kernel,
    }
  }
  const passing = passingOf(context)
  for (const [name, moments] of passing) {
    const host = hosts[name]
    if (host !== null && host !== undefined) hosts[name] = { ...host, passing: moments }
  }
  return { at, hosts }
}

/** By host: its tables at each moment at which one of them changed, where they still did. */
function passingOf(context: {
  recording: Recording
  scenario: Scenario
  at: number
}): Map<string, NonNullable<HostState['passing']>> {
  const { recording, at } = context
  const times = new Set<number>()
  const restless = new Set<string>()
  for (let index = recording.indexAfter(at) - 1; index >= 0 && times.size < MOST_MOMENTS; index--) {
    const item = recording.entryAt(index)
    if (item.at < at - PASSING) break
    if (item.entry.kind !== 'net' && item.entry.kind !== 'fib') continue
    times.add(item.at)
    restless.add(recording.hosts[item.entry.host]!)
  }
  const found = new Map([...restless].map((name) => [name, [] as { routes: string; kernel: readonly unknown[] }[]]))
  for (const time of times) {
    for (const [name, host] of Object.entries(captureHosts({ ...context, at: time }))) {
      if (host !== null) found.get(name)?.push({ routes: body(host['show route all']), kernel: host.kernel })
    }
  }
  return found
}

/** Without the greeting. */
function body(text: string): string {
  return text.replace(/^BIRD [^\n]* ready\.\n/, '').trimEnd()
}
