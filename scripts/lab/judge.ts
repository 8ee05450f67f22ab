// One scenario on both sides, and what is different, as text.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Capture } from './capture.ts'
import { compareCaptures, type Difference } from './compare.ts'
import { restless } from './restless.ts'
import { type Daemon, runBundle } from './run-bundle.ts'
import { simulateApart, simulateVariantsApart } from './simulate-apart.ts'

export interface Judged {
  name: string
  outcome: 'equal' | 'different' | 'failed'
  differences: readonly Difference[]
  /** Values that equal another order of what happens at one instant. */
  byOrder: number
  notes: readonly string[]
  seconds: number
}

const SHOWN = 6

export async function judge(
  item: { name: string; text: string },
  options: { bird: Daemon; keep?: string },
): Promise<Judged> {
  const started = Date.now()
  const done = (result: Omit<Judged, 'name' | 'seconds'>): Judged => ({
    name: item.name,
    seconds: Math.round((Date.now() - started) / 1000),
    ...result,
  })
  try {
    const simulated = await simulateApart(item.text, options.bird.build)
    const captureAt = simulated.captures.map((capture) => capture.at)
    const { bird, keep } = options
    const { untold } = simulated.bundle
    const expected = new Map(simulated.captures.map((capture) => [capture.at, capture]))
    const compare = (capture: Capture): Difference[] =>
      compareCaptures(capture, expected.get(capture.at)!).filter(
        (difference) => !untold.some((change) => concerns(difference, change)),
      )
    const real = await runBundle({
      bundle: simulated.bundle,
      bird,
      captureAt,
      settled: (capture) => {
        const found = compare(capture)
        return found.length === 0 ? 'yes' : found.some(({ moving }) => moving) ? 'moving' : 'no'
      },
      ...(keep === undefined ? {} : { keep }),
    })
    if (keep !== undefined) {
      mkdirSync(keep, { recursive: true })
      writeFileSync(join(keep, 'scenario.yaml'), item.text)
      writeFileSync(join(keep, 'real.json'), JSON.stringify(real, null, 1))
      writeFileSync(join(keep, 'simulated.json'), JSON.stringify(simulated.captures, null, 1))
    }
    const all = real.captures.flatMap(compare)
    const variants = all.length === 0 ? [] : await simulateVariantsApart(item.text, bird.build)
    const others = variants.map(({ captures, tablesOnly }) => {
      const found = real.captures.flatMap((capture, index) => compareCaptures(capture, captures[index]!))
      const different = new Set(found.map(key))
      return (difference: Difference) =>
        different.has(key(difference)) || (tablesOnly && difference.what.startsWith('protocol'))
    })
    const differences = all.filter((difference) => others.every((differs) => differs(difference)))
    const moving = real.captures.flatMap((capture) => {
      const { prefixes } = restless(capture, expected.get(capture.at)!)
      return prefixes.size === 0 ? [] : [`at ${capture.at} never at rest on either side: ${[...prefixes].join(', ')}`]
    })
    const outcome = differences.length === 0 ? 'equal' : 'different'
    const notes = untold.map(
      ({ host, address }) => `${host}: a bundle has no verb for the address ${address}; not compared`,
    )
    return done({
      outcome,
      differences,
      byOrder: all.length - differences.length,
      notes: [...real.notes, ...moving, ...notes],
    })
  } catch (error) {
    return done({
      outcome: 'failed',
      differences: [],
      byOrder: 0,
      notes: [error instanceof Error ? (error.stack ?? '') : String(error)],
    })
  }
}

function key({ at, host, what }: Difference): string {
  return `${at} ${host} ${what}`
}

/** The route of an address that changed: `route A/L` and `kernel A metric 0`. */
function concerns({ host, what }: Difference, change: { host: string; address: string }): boolean {
  const [address = ''] = change.address.split('/')
  return host === change.host && (what === `route ${change.address}` || what.startsWith(`kernel ${address} `))
}

export function report(judged: Judged): string {
  const order = judged.byOrder === 0 ? '' : ` (${judged.byOrder} values as in another order of simultaneous events)`
  const lines = [`${judged.name}: ${judged.outcome}${order}, ${judged.seconds} s`]
  for (const note of judged.notes) lines.push(`  note: ${note}`)
  for (const { at, host, what, real, simulated } of judged.differences.slice(0, SHOWN)) {
    lines.push(`  at ${at} on ${host}: ${what}`, `    real:      ${real}`, `    simulated: ${simulated}`)
  }
  const more = judged.differences.length - SHOWN
  if (more > 0) lines.push(`  and ${more} more`)
  return `${lines.join('\n')}\n`
}
