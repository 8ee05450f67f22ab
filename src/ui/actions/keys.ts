// Keys as commands name them, and which command a key press means (ux.md 9).
import type { Command } from './types.ts'

interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Keys named by their place, since Shift changes what they type. */
const BY_CODE: Record<string, string> = {
  Space: 'Space',
  Comma: ',',
  Period: '.',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backquote: '`',
}

function plainKey({ key, code }: KeyPress): string {
  const byCode = BY_CODE[code] ?? /^Digit(\d)$/.exec(code)?.[1]
  if (byCode !== undefined) return byCode
  if (key === 'Backspace') return 'Delete'
  return key.length === 1 ? key.toUpperCase() : key
}

/** `Ctrl+Shift+Z`, `X`, `?`: the text that a command's shortcut is compared with. */
export function keyText(press: KeyPress): string {
  if (press.key === '?') return '?'
  const parts: string[] = []
  if (press.ctrlKey || press.metaKey) parts.push('Ctrl')
  if (press.altKey) parts.push('Alt')
  if (press.shiftKey) parts.push('Shift')
  return [...parts, plainKey(press)].join('+')
}

/** Without Ctrl or Alt a key only counts on stage and timeline, where nothing is typed. */
export function isSingleKey(shortcut: string): boolean {
  return !shortcut.startsWith('Ctrl+') && !shortcut.startsWith('Alt+')
}

export function commandFor(press: KeyPress, commands: readonly Command[]): Command | null {
  const pressed = keyText(press)
  return commands.find(({ shortcut }) => shortcut === pressed) ?? null
}

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** How a shortcut is shown. */
export function shortcutText(shortcut: string): string {
  const arrows = shortcut.replace('ArrowDown', '↓').replace('ArrowUp', '↑')
  return mac ? arrows.replace('Ctrl+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥') : arrows
}
