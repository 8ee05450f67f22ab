import { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { diagnosticsOf } from './diagnostics.ts'

const doc = Text.of(['kind: BGPPeer', 'spec:', '  peerIp: 1.2.3.4'])
const problem = (line: number, column: number) =>
  ({ line, column, field: 'spec.peerIp', message: 'unknown field', severity: 'error' }) as const

describe('problems in the editor', () => {
  it('underlines the word at the line and column', () => {
    const [found] = diagnosticsOf(doc, [problem(3, 3)])
    expect(doc.sliceString(found?.from ?? 0, found?.to ?? 0)).toBe('peerIp:')
    expect(found?.message).toBe('spec.peerIp: unknown field')
  })

  it('stays inside the text when the place is beyond it', () => {
    const [found] = diagnosticsOf(doc, [problem(99, 99)])
    expect(found?.to).toBeLessThanOrEqual(doc.length)
    expect(found?.from).toBeLessThanOrEqual(found?.to ?? 0)
  })
})
