// The same scenario in the simulation, with the build of the daemon that Debian packages, and its captures.
import { captureHosts } from '../../src/sim/capture.ts'
import { World } from '../../src/sim/cluster/world.ts'
import { onOwnLines, withoutTunnelLines } from '../../src/sim/export/bird-files.ts'
import { labBundle } from '../../src/sim/export/lab-bundle.ts'
import type { LabBundle } from '../../src/sim/export/lab-types.ts'
import { Recording } from '../../src/sim/recording/recording.ts'
import { parseScenario } from '../../src/sim/scenario/parse.ts'
import type { Scenario } from '../../src/sim/scenario/types.ts'
import { execute } from '../../src/sim/shell/execute.ts'
import type { Capture, HostState } from './capture.ts'
import { WINDOW_SECONDS } from './capture.ts'

const MICROS = 1_000_000
const SAMPLE_STEP = MICROS / 4

export interface Simulated {
  scenario: Scenario
  bundle: LabBundle
  captures: readonly Capture[]
  /** Captures of the same scenario with what happens at one instant in another order. */
  variants: readonly (readonly Capture[])[]
}

export type Moments = (scenario: Scenario) => readonly number[]

export function simulate(text: string, moments: Moments): Simulated {
  const parsed = parseScenario(text)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n'))
  const { scenario } = parsed
  const at = moments(scenario)
  const until = (at.at(-1) ?? 0) * MICROS
  const own = run(scenario, until, false)
  const captured = (variant: Scenario): Capture[] => {
    const recording = run(variant, until, true)
    return at.map((moment) => capture({ recording, scenario: variant }, moment))
  }
  return {
    scenario,
    bundle: labBundle(own, scenario, until),
    captures: captured(scenario),
    variants: reorderings(scenario).map(captured),
  }
}

/**
 * Daemons that start in one second race, and routes that tie in everything stay in the order in which they came. The
 * simulation decides such races by the order of hosts; these are other outcomes that it allows.
 */
function reorderings(scenario: Scenario): Scenario[] {
  const { hosts, seed } = scenario
  const reversed = [...hosts].reverse()
  const turned =
    hosts.length < 3
      ? []
      : [
          [...hosts.slice(2), ...hosts.slice(0, 2)],
          [...reversed.slice(1), reversed[0]!],
        ]
  return [reversed, ...turned].map((order, index) => ({ ...scenario, hosts: order, seed: seed + 7919 * (index + 1) }))
}

function run(scenario: Scenario, until: number, debian: boolean): Recording {
  const recording = new Recording()
  const birdBuild = { version: '1.6.8' as const, adapt: withoutTunnel }
  new World(scenario, recording.writer, debian ? { birdBuild } : {}).runTo(until)
  recording.extendTo(until)
  return recording
}

function withoutTunnel(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].map(([name, text]) => [name, withoutTunnelLines(onOwnLines(text))]))
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
  return { at, hosts }
}

/** Without the greeting. */
function body(text: string): string {
  return text.replace(/^BIRD [^\n]* ready\.\n/, '').trimEnd()
}
