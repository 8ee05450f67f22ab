// A user command: one entry of the command palette, reachable by a key when it has one.
import type { text } from '../i18n/text.ts'

export type Group = keyof ReturnType<typeof text>['tools']['command']['groups']

export interface Command {
  id: string
  group: Group
  label: string
  /** `Ctrl+K`, `Shift+,`, `X`: Ctrl stands for Cmd on a Mac. Keys without Ctrl or Alt act on stage and timeline only. */
  shortcut?: string
  /** Left out: always. */
  available?: () => boolean
  run: () => void
}
