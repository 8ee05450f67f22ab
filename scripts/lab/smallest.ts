// What a difference prints: the smallest scenario that still shows it, found by running parts of it on both sides.
import { type Judged, judge } from './judge.ts'
import { minimise } from './minimise/minimise.ts'
import type { Daemon } from './run-bundle.ts'
import type { Work } from './work.ts'

export async function smallest(
  { item, judged }: { item: Work; judged: Judged },
  { bird, jobs, trials }: { bird: Daemon; jobs: number; trials: number },
): Promise<string> {
  const places = new Set(judged.differences.map(place))
  const shows = async (text: string): Promise<boolean> => {
    const { outcome, differences } = await judge({ name: item.name, text }, { bird })
    return outcome === 'different' && differences.some((difference) => places.has(place(difference)))
  }
  if (!(await shows(item.text))) return `${item.name}: did not differ in a second run\n`
  const found = await minimise(item.text, shows, { jobs, budget: trials })
  const how = found.cut ? `cut short after ${found.trials} runs` : `${found.trials} runs`
  return `${item.name}: the smallest scenario that shows it (${how}):\n${found.text}`
}

/** Where two sides differ, and whether one of them has nothing there: without that a search slips from one cause to another. */
function place({ host, what, real, simulated }: Judged['differences'][number]): string {
  return `${host} ${what} ${real === '(none)'} ${simulated === '(none)'}`
}
