// The hosts of a run, in stage order, as one list per index.
import type { TimelineIndex } from '../../sim/index.ts'

const lists = new WeakMap<TimelineIndex, readonly string[]>()

export function hostNames(index: TimelineIndex): readonly string[] {
  let names = lists.get(index)
  if (!names) {
    names = index.lanes.map(({ host }) => host)
    lists.set(index, names)
  }
  return names
}
