import { describe, expect, it } from 'vitest'
import { readLab, readView, timeText, writeView } from './fragment.ts'

describe('view state of a link', () => {
  it('comes back as it was written', () => {
    const sel = 'session/worker|Mesh_172_18_0_4|worker2|Mesh_172_18_0_3'
    const fragment = `#lab=mesh${writeView({ t: timeText(41_231_400), sel, lang: 'zh-CN', theme: 'dark', play: '1' })}`
    const lab = readLab(fragment)
    expect(lab?.name).toBe('mesh')
    expect(readView(lab?.view ?? {})).toEqual({
      at: 41_231_400,
      selection: { type: 'session', id: 'worker|Mesh_172_18_0_4|worker2|Mesh_172_18_0_3' },
      prefs: { language: 'zh-CN', theme: 'dark' },
      play: true,
    })
  })

  it('ignores what it does not understand and keeps the rest', () => {
    expect(readView({ t: 'soon', sel: 'planet/mars', lang: 'tlh', theme: 'pink' })).toEqual({
      at: null,
      selection: null,
      prefs: {},
      play: false,
    })
    expect(readLab('#lab=mesh&t=%E0%A4%A&lang=en')?.view).toEqual({ lang: 'en' })
  })

  it('takes a name with a broken escape as it stands, so that the page can say there is no such scenario', () => {
    expect(readLab('#lab=%E0%A4%A')?.name).toBe('%E0%A4%A')
  })

  it('leaves a fragment with a document to the decoder', () => {
    expect(readLab('#1.abc&t=3')).toBeNull()
  })
})
