// Branches as immutable values: what an edit at a time does to them. An edit at the latest time appends; an edit in the
// past leaves the old future alone and goes on as a branch of its own (ux.md 10).
import type { Action, Micros } from '../../sim/index.ts'
import type { Branch } from './types.ts'

export interface Branches {
  branches: readonly Branch[]
  /** Id of the one on screen. */
  branch: number
}

export const MAX_BRANCHES = 16

export function mainBranch(): Branches {
  const main: Branch = { id: 0, name: 'main', forkedAt: null, parent: null, actions: [], keepUntil: null }
  return { branches: [main], branch: 0 }
}

export function branchOf({ branches, branch }: Branches): Branch {
  const found = branches.find(({ id }) => id === branch)
  if (!found) throw new Error(`branch ${branch} is not among ${branches.map(({ id }) => id).join(', ')}`)
  return found
}

/** `latest`: the furthest moment that counts as present. Earlier than it, or before any action of this line, is the past. */
export function withAction(state: Branches, action: Action, latest: Micros): Branches & { forked: Branch | null } {
  const current = branchOf(state)
  if (action.at >= latest) {
    const grown = { ...current, actions: [...current.actions, action] }
    return { ...state, branches: state.branches.map((b) => (b === current ? grown : b)), forked: null }
  }
  const id = Math.max(...state.branches.map((b) => b.id)) + 1
  const forked: Branch = {
    id,
    name: `what-if ${id}`,
    forkedAt: action.at,
    parent: current.id,
    actions: [...current.actions.filter(({ at }) => at <= action.at), action],
    keepUntil: Math.min(action.at, current.keepUntil ?? action.at),
  }
  return { branches: makeRoom([...state.branches, forked], current.id), branch: id, forked }
}

/** Past the limit the oldest what-if goes, but never main or the one that was just left. */
function makeRoom(branches: readonly Branch[], keep: number): readonly Branch[] {
  if (branches.length <= MAX_BRANCHES) return branches
  const gone = branches.find(({ id }, index) => id !== 0 && id !== keep && index < branches.length - 1)
  return branches.filter((branch) => branch !== gone)
}
