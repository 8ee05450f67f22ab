// Which dialog of the page is open, and what a document, link or file that could not be opened had to say.
import { create } from 'zustand'
import type { Problem } from '../../sim/index.ts'

export interface OpenTrouble {
  what: 'link' | 'file' | 'scenario'
  message: string | null
  problems: readonly Problem[]
  /** What could be read of it, if anything. */
  readable: string | null
}

interface Dialogs {
  open: 'share' | 'commands' | 'shortcuts' | null
  trouble: OpenTrouble | null
  /** The report of a simulation that broke. */
  crash: string | null
  /** The first-visit card. */
  welcome: boolean
  /** Inspector (and events) over the stage, where the window is too narrow for a column. */
  panel: boolean
}

export const useDialogs = create<Dialogs>()(() => ({
  open: null,
  trouble: null,
  crash: null,
  welcome: false,
  panel: false,
}))

export function openDialog(open: Dialogs['open']): void {
  useDialogs.setState({ open })
}

export function showTrouble(trouble: OpenTrouble | null): void {
  useDialogs.setState({ trouble })
}
