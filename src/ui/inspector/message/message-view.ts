// Whether the message inspector stands in place of the stage. It shows the selected message and closes when something else
// is selected.
import { create } from 'zustand'
import { pause, seek } from '../../player/player.ts'
import { client } from '../../store/client.ts'
import { select, useSelection } from '../../store/selection.ts'

const useView = create<{ open: boolean }>()(() => ({ open: false }))

/** Id of the message to show in place of the stage; null: show the stage. */
export function useOpenMessage(): number | null {
  const open = useView((state) => state.open)
  const selection = useSelection((state) => state.selection)
  return open && selection?.type === 'message' ? selection.id : null
}

export function openMessage(id: number): void {
  pause()
  select({ type: 'message', id })
  useView.setState({ open: true })
}

function closeMessage(): void {
  useView.setState({ open: false })
}

/** Back to the stage by the person's own hand: the keyboard goes along. */
export function leaveMessage(): void {
  closeMessage()
  setTimeout(() => {
    const tree = document.querySelector<HTMLElement>('[data-region="stage"] [role="tree"] [tabindex="0"]')
    tree?.focus({ preventScroll: true })
  })
}

/** Previous and next: the playhead goes along, so that stage, timeline and state machine show the same moment. */
export async function goToMessage(id: number): Promise<void> {
  pause()
  select({ type: 'message', id })
  const detail = await client().message(id)
  const { selection } = useSelection.getState()
  if (detail && selection?.type === 'message' && selection.id === id) seek(detail.message.sentAt)
}

useSelection.subscribe(({ selection }) => {
  if (selection?.type !== 'message' && useView.getState().open) closeMessage()
})
