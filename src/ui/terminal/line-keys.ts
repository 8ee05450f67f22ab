// What a key means in the line of a terminal, as readline has it.
import { asksForHelp } from '../../sim/index.ts'

export type LineKey = 'enter' | 'earlier' | 'later' | 'clear' | 'leave' | 'complete' | 'help'

const PLAIN: Readonly<Record<string, LineKey>> = { Enter: 'enter', ArrowUp: 'earlier', ArrowDown: 'later' }

interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

/** null: the browser's. `selecting`: text is selected, which Ctrl-C copies. `inSession`: a program reads the line. */
export function lineKey(
  { key, ctrlKey, metaKey, shiftKey }: Pressed,
  { line, inSession, selecting }: { line: string; inSession: boolean; selecting: boolean },
): LineKey | null {
  if (ctrlKey && !metaKey) {
    const letter = key.toLowerCase()
    if (letter === 'l') return 'clear'
    if (letter === 'c' && !selecting) return 'leave'
    return letter === 'd' && inSession && line === '' ? 'leave' : null
  }
  if (key === 'Tab') return shiftKey || line === '' ? null : 'complete'
  if (key === '?' && inSession && asksForHelp(`${line}?`)) return 'help'
  return Object.hasOwn(PLAIN, key) ? (PLAIN[key] ?? null) : null
}
