import { describe, expect, it } from 'vitest'
import { scoreOf } from './fuzzy.ts'

const best = (query: string, texts: string[]) =>
  texts
    .map((text) => ({ text, score: scoreOf(query, text) }))
    .filter((each) => each.score !== null)
    .sort((a, b) => Number(b.score) - Number(a.score))[0]?.text

describe('search', () => {
  it('prefers what contains the words as typed', () => {
    expect(best('step', ['Show everything, please', 'Step back'])).toBe('Step back')
  })

  it('finds by first letters', () => {
    expect(best('pow', ['Play or pause', 'Power off worker2'])).toBe('Power off worker2')
    expect(scoreOf('pw2', 'Power off worker2')).not.toBeNull()
  })

  it('finds addresses and Chinese', () => {
    expect(scoreOf('172.18.0.3', 'worker, 172.18.0.3')).not.toBeNull()
    expect(scoreOf('电源', '关闭 worker2 电源')).not.toBeNull()
  })

  it('refuses what lacks a letter', () => {
    expect(scoreOf('zebra', 'Step back')).toBeNull()
  })
})
