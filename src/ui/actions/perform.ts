// Does an action at the playhead and says so: a notice with Undo (and that it branched, if it did), or why it cannot be done.
import type { Action } from '../../sim/index.ts'
import { actionText } from '../events/sentences.ts'
import { text } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { act, redo, undo } from '../store/commands.ts'
import { showToast } from '../store/toasts.ts'
import type { UserAction } from '../store/types.ts'

export async function perform(action: UserAction): Promise<boolean> {
  const t = text()
  const name = actionText({ ...action, at: 0 } as Action, t.events)
  // A simulation that broke says so itself; the action has then not happened.
  const outcome = await act(action).catch(() => null)
  if (outcome === null) return false
  if (!outcome.ok) {
    const why = outcome.problems.map(({ message }) => message).join(' ')
    showToast({ text: `${t.events.actionFailed(name)}: ${why}`, tone: 'problem', action: null })
    return false
  }
  const at = clock(outcome.at)
  const said = outcome.forked === null ? t.shell.done(name, at) : t.shell.branched(name, at)
  showToast({ text: said, tone: 'plain', action: { label: t.shell.undo, run: () => void undoAloud() } })
  return true
}

export async function undoAloud(): Promise<void> {
  const t = text()
  if (await undo())
    showToast({ text: t.shell.undone, tone: 'plain', action: { label: t.shell.redo, run: () => void redoAloud() } })
}

export async function redoAloud(): Promise<void> {
  const t = text()
  if (await redo())
    showToast({ text: t.shell.redone, tone: 'plain', action: { label: t.shell.undo, run: () => void undoAloud() } })
}
