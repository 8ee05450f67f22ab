import { describe, expect, it } from 'vitest'
import { lineKey } from './line-keys.ts'

const plain = { ctrlKey: false, metaKey: false, shiftKey: false }
const ctrl = { ...plain, ctrlKey: true }
const shell = { line: '', inSession: false, selecting: false }
const birdc = { ...shell, inSession: true }

describe('keys in the line of a terminal', () => {
  it('Ctrl-D leaves birdc when the line is empty', () => {
    expect(lineKey({ ...ctrl, key: 'd' }, birdc)).toBe('leave')
    expect(lineKey({ ...ctrl, key: 'd' }, { ...birdc, line: 'show' })).toBeNull()
    expect(lineKey({ ...ctrl, key: 'd' }, shell)).toBeNull()
  })

  it('Ctrl-C leaves, unless there is something to copy', () => {
    expect(lineKey({ ...ctrl, key: 'c' }, { ...birdc, line: 'show' })).toBe('leave')
    expect(lineKey({ ...ctrl, key: 'c' }, { ...birdc, selecting: true })).toBeNull()
  })

  it('? helps at the prompt of birdc and is typed anywhere else', () => {
    expect(lineKey({ ...plain, shiftKey: true, key: '?' }, { ...birdc, line: 'show ' })).toBe('help')
    expect(lineKey({ ...plain, shiftKey: true, key: '?' }, { ...birdc, line: 'disable "x' })).toBeNull()
    expect(lineKey({ ...plain, shiftKey: true, key: '?' }, shell)).toBeNull()
  })

  it('Tab completes a line and leaves the terminal without one', () => {
    expect(lineKey({ ...plain, key: 'Tab' }, { ...shell, line: 'bir' })).toBe('complete')
    expect(lineKey({ ...plain, key: 'Tab' }, shell)).toBeNull()
    expect(lineKey({ ...plain, shiftKey: true, key: 'Tab' }, { ...shell, line: 'bir' })).toBeNull()
  })
})
