// Does an action at the playhead and says so: a notice with Undo, or the reasons why it cannot be done.

import type { Action } from '../../sim/index.ts'
import { actionText } from '../events/sentences.ts'
import { text } from '../i18n/text.ts'
import { act, undo } from '../store/commands.ts'
import { showToast } from '../store/toasts.ts'
import type { UserAction } from '../store/types.ts'

export async function perform(action: UserAction): Promise<boolean> {
  const t = text()
  const name = actionText({ ...action, at: 0 } as Action, t.events)
  const outcome = await act(action)
  if (!outcome.ok) {
    const why = outcome.problems.map(({ message }) => message).join(' ')
    showToast({ text: `${t.events.actionFailed(name)}: ${why}`, tone: 'problem', action: null })
    return false
  }
  showToast({ text: name, tone: 'plain', action: { label: t.stage.undo, run: () => void undo() } })
  return true
}
