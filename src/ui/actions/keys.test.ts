import { describe, expect, it } from 'vitest'
import { commandFor, isSingleKey, keyText } from './keys.ts'

const press = (
  key: string,
  code: string,
  mods: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', true>> = {},
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...mods,
})

describe('keys', () => {
  it('names a key by its place where Shift changes what it types', () => {
    expect(keyText(press('<', 'Comma', { shiftKey: true }))).toBe('Shift+,')
    expect(keyText(press('!', 'Digit1', { shiftKey: true }))).toBe('Shift+1')
    expect(keyText(press(' ', 'Space'))).toBe('Space')
  })

  it('takes Cmd for Ctrl', () => {
    expect(keyText(press('z', 'KeyZ', { metaKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Z')
  })

  it('finds the command of a key', () => {
    const share = { id: 'share', group: 'page', label: '', shortcut: 'Ctrl+S', run: () => undefined } as const
    expect(commandFor(press('s', 'KeyS', { ctrlKey: true }), [share])).toBe(share)
    expect(commandFor(press('s', 'KeyS'), [share])).toBeNull()
  })

  it('tells single keys apart', () => {
    expect(isSingleKey('Shift+1')).toBe(true)
    expect(isSingleKey('Ctrl+K')).toBe(false)
  })
})
