// Opening a document, acting on the cluster, undoing, switching branches. `act` is the one entry for stage, menus, editor
// and terminal. Every command ends in the same place: the branch's document is run from the start to the playhead and
// shown there; what lies beyond is computed while it is looked at (growth.ts).
import type { Action, Micros, Problem } from '../../sim/index.ts'
import { type Branches, branchOf, mainBranch, withAction } from './branches.ts'
import { client } from './client.ts'
import { anotherRecording, FIRST_PICTURE_MS, growTo, recordingNumber } from './growth.ts'
import { emptyHistory, remember, stepBack, stepForward } from './history.ts'
import { usePlayback } from './playback.ts'
import { emptyRun, useRun } from './run.ts'
import { useSelection } from './selection.ts'
import type { UserAction } from './types.ts'

/** Computed this far beyond the last action, so that hold timers (240 s) end on screen. */
const LOOK_AHEAD: Micros = 300_000_000

export type Outcome = { ok: true; forked: string | null; at: Micros } | { ok: false; problems: readonly Problem[] }

let history = emptyHistory
/** The furthest the playhead has been on this branch: the present for the rule "an edit in the past forks". */
let seenUntil: Micros = 0
usePlayback.subscribe(({ at }) => {
  if (at > seenUntil) seenUntil = at
})

let last: Promise<unknown> = Promise.resolve()
/** One command at a time: each reads the state the one before it left. */
function inTurn<T>(command: () => Promise<T>): Promise<T> {
  const result = last.then(command, command)
  last = result.catch(() => undefined)
  return result
}

function lastActionAt(actions: readonly Action[]): Micros {
  return actions.reduce((latest, { at }) => Math.max(latest, at), 0)
}

let ownActions: readonly Action[] = []

/** Runs the branch on screen of `next` and shows it; on bad input nothing changes. */
async function show(document: string, next: Branches): Promise<Outcome> {
  const branch = branchOf(next)
  const edited = branch.actions.length > 0 || branch.keepUntil !== null
  const full = edited ? await client().documentWith(document, branch.actions, branch.keepUntil) : document
  const loaded = await client().load(full)
  if (!loaded.ok) return { ok: false, problems: loaded.problems }
  anotherRecording()
  const { at } = usePlayback.getState()
  const end = Math.max(lastActionAt(loaded.actions), at) + LOOK_AHEAD
  const index = await client().runTo(end, { least: at, milliseconds: FIRST_PICTURE_MS })
  const view = await client().view(at)
  if (!edited) ownActions = loaded.actions
  const { name, title, description, warnings } = loaded
  const canUndo = history.past.length > 0
  const canRedo = history.future.length > 0
  useRun.setState({
    status: 'ready',
    name,
    title,
    description,
    document,
    problems: [],
    warnings,
    ...next,
    index,
    computing: index.until < end,
    view,
    canUndo,
    canRedo,
  })
  useRun.setState({ edited: canUndo || edited })
  void growTo(end)
  await followPlayhead(at)
  return { ok: true, forked: null, at }
}

/** Whoever moved the playhead while the run was on its way asked the recording before, or was answered before the view above. */
async function followPlayhead(shown: Micros): Promise<void> {
  const { at } = usePlayback.getState()
  if (at === shown) return
  const recording = recordingNumber()
  const view = await client().view(at)
  if (recordingNumber() === recording) useRun.setState({ view })
}

/** Opens a document as a new scenario at t = 0. What was open before stays when the document cannot be read. */
export function open(document: string, options: { at?: Micros } = {}): Promise<Outcome> {
  return inTurn(async () => {
    const before = useRun.getState()
    const { at: playhead } = usePlayback.getState()
    const oldHistory = history
    useRun.setState({ status: 'loading' })
    history = emptyHistory
    usePlayback.setState({ at: options.at ?? 0, playing: false })
    const outcome = await show(document, mainBranch())
    if (outcome.ok) {
      seenUntil = options.at ?? 0
      useSelection.setState({ selection: null, hover: null, inspectorTab: null })
      return outcome
    }
    history = oldHistory
    usePlayback.setState({ at: playhead })
    useRun.setState({
      ...(before.index ? before : emptyRun),
      status: before.index ? 'ready' : 'failed',
      problems: outcome.problems,
    })
    return outcome
  })
}

/** Does something to the cluster at the playhead. It becomes a flag on the timeline and can be undone. */
export function act(action: UserAction): Promise<Outcome> {
  return inTurn(async () => {
    const run = useRun.getState()
    const at = Math.round(usePlayback.getState().at)
    const before: Branches = { branches: run.branches, branch: run.branch }
    const { keepUntil, actions } = branchOf(before)
    const own = ownActions.filter((each) => keepUntil === null || each.at <= keepUntil)
    const latest = Math.max(seenUntil, lastActionAt(own), lastActionAt(actions))
    const { forked, ...next } = withAction(before, { ...action, at } as Action, latest)
    const kept = history
    history = remember(history, before)
    const outcome = await show(run.document, next).catch((error: unknown) => {
      history = kept
      throw error
    })
    if (!outcome.ok) {
      history = kept
      await show(run.document, before)
      return outcome
    }
    if (forked) seenUntil = at
    return { ok: true, forked: forked?.name ?? null, at }
  })
}

function travel(step: typeof stepBack): Promise<boolean> {
  return inTurn(async () => {
    const run = useRun.getState()
    const moved = step(history, { branches: run.branches, branch: run.branch })
    if (!moved) return false
    history = moved.history
    return (await show(run.document, moved.state)).ok
  })
}

export const undo = () => travel(stepBack)
export const redo = () => travel(stepForward)

export function switchBranch(branch: number): Promise<Outcome> {
  return inTurn(() => {
    const { document, branches } = useRun.getState()
    return show(document, { branches, branch })
  })
}

/** Computes further when the playhead nears the end of what is known. */
export async function extendTo(until: Micros): Promise<void> {
  const { index, status } = useRun.getState()
  if (status === 'ready' && index) await growTo(until)
}

/** The document of the branch on screen, for links and files. */
export function currentDocument(): Promise<string> {
  const run = useRun.getState()
  const { actions, keepUntil } = branchOf(run)
  if (actions.length === 0 && keepUntil === null) return Promise.resolve(run.document)
  return client().documentWith(run.document, actions, keepUntil)
}
