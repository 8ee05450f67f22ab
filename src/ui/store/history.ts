// Undo and redo over what the person did: earlier and later sets of branches, as immutable values.
import type { Branches } from './branches.ts'

export interface History {
  past: readonly Branches[]
  future: readonly Branches[]
}

export const emptyHistory: History = { past: [], future: [] }

/** An edit: the state before it can come back, what was undone cannot. */
export function remember(history: History, before: Branches): History {
  return { past: [...history.past, before], future: [] }
}

export function stepBack(history: History, now: Branches): { history: History; state: Branches } | null {
  const state = history.past.at(-1)
  return state ? { state, history: { past: history.past.slice(0, -1), future: [now, ...history.future] } } : null
}

export function stepForward(history: History, now: Branches): { history: History; state: Branches } | null {
  const [state, ...future] = history.future
  return state ? { state, history: { past: [...history.past, now], future } } : null
}
