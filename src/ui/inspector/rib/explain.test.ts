import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RibRow } from '../../../sim/index.ts'
import { inspector as en } from '../../i18n/en/inspector.ts'
import { inspector as zh } from '../../i18n/zh-CN/inspector.ts'
import { whySentences } from './explain.ts'

const rules = readFileSync(new URL('../../../sim/bird/table/best-route.ts', import.meta.url), 'utf8')
const ports = readFileSync(new URL('../../../sim/bird/ports.ts', import.meta.url), 'utf8')
const names = [...rules.matchAll(/name: '([\w-]+)', bgp|name: '([\w-]+)',\n/g)].map((match) => match[1] ?? match[2])
const reasons = [.../RejectReason =([\s\S]*?)\n\n/.exec(ports)![1]!.matchAll(/'([\w-]+)'/g)].map((match) => match[1])

const walk = readFileSync(new URL('../../../sim/kernel/walk-types.ts', import.meta.url), 'utf8')
const verdicts = [.../WalkVerdict =([\s\S]*?)\n\n/.exec(walk)![1]!.matchAll(/'([\w-]+)'/g)].map((match) => match[1])

const row: RibRow = {
  prefix: '10.80.0.0/16',
  protocol: 'Global_192_168_64_6',
  nextHop: '192.168.64.6',
  via: '192.168.64.6 via 172.18.0.1 on eth0',
  asPath: '64511',
  localPref: 100,
  mark: 'best',
  rejected: null,
  stale: false,
  since: 0,
  line: '10.80.0.0/16 via 172.18.0.1 on eth0',
  attributes: [],
}

describe('why this route', () => {
  it('has a sentence for every rule of the table and every reason to reject, in both languages', () => {
    expect(names).toHaveLength(13)
    expect(reasons.length).toBeGreaterThan(6)
    for (const catalog of [en, zh]) {
      expect(Object.keys(catalog.why.steps).sort()).toEqual([...names].sort())
      expect(Object.keys(catalog.rib.reject).sort()).toEqual([...reasons].sort())
    }
  })

  it('has words for every way a packet is lost', () => {
    const lost = verdicts.filter((verdict) => verdict !== 'delivered')
    expect(lost.length).toBeGreaterThan(10)
    for (const { overview } of [en, zh]) expect(Object.keys(overview.lossReasons).sort()).toEqual([...lost].sort())
  })

  it('names the only candidate and what its next hop resolves through', () => {
    const one = { protocol: row.protocol, via: row.via, best: true }
    const explanation = { prefix: row.prefix, candidates: [one], decisions: [], resolvesThrough: '172.18.0.1' }
    expect(whySentences(row, explanation, en)).toEqual([
      'Only `Global_192_168_64_6` offers it, 192.168.64.6 via 172.18.0.1 on eth0.',
      'The next hop resolves through `172.18.0.1`.',
    ])
  })

  it('says by which rule each other candidate loses', () => {
    const explanation = {
      prefix: row.prefix,
      candidates: [
        { protocol: row.protocol, via: row.via, best: true },
        { protocol: 'Mesh_172_18_0_2', via: '172.18.0.2', best: false },
      ],
      decisions: [{ loser: 'Mesh_172_18_0_2', step: 'local-pref', bestValue: '200', loserValue: '100' }],
      resolvesThrough: null,
    }
    expect(whySentences(row, explanation, en)[1]).toContain('local preference is 100')
    expect(whySentences(row, explanation, zh)[1]).toContain('本地优先级为 100')
  })

  it('explains a rejected path without best-path selection', () => {
    const rejected: RibRow = { ...row, mark: 'rejected', rejected: 'own-as', line: '' }
    expect(whySentences(rejected, null, en)).toHaveLength(1)
    expect(whySentences(rejected, null, en)[0]).toContain('own AS in path. BIRD keeps nothing of it')
    const kept: RibRow = { ...row, mark: 'rejected', rejected: 'import-filter' }
    expect(whySentences(kept, null, en)).toHaveLength(1)
    expect(whySentences(kept, null, en)[0]).toContain('`show route filtered`')
    expect(whySentences(kept, null, zh)[0]).toContain('`show route filtered`')
  })
})
