import { describe, expect, it } from 'vitest'
import type { EventView } from '../../sim/index.ts'
import { replyAt } from './run-command.ts'

const reply = (at: number, host: string, text: string): EventView => ({
  at,
  host,
  body: { type: 'command', command: 'birdc disable x', reply: text },
})

describe('reply of a writing command', () => {
  it('is what the tool answered on that host at that moment', () => {
    const events = [reply(5, 'worker', 'old'), reply(9, 'worker', 'x: disabled'), reply(9, 'worker2', 'other')]
    expect(replyAt(events, 9, 'worker')).toBe('x: disabled')
  })

  it('is not one from another moment', () => {
    expect(replyAt([reply(5, 'worker', 'old')], 9, 'worker')).toBeNull()
    expect(replyAt([reply(12, 'worker', 'later')], 9, 'worker')).toBeNull()
  })

  it("is the API's refusal when it refused", () => {
    const refused = { at: 9, host: null, body: { type: 'cluster', event: { code: 'refused', message: 'no' } } }
    expect(replyAt([refused as EventView], 9, null)).toBe('no')
  })
})
