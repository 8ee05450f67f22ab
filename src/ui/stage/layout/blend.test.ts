import { describe, expect, it } from 'vitest'
import { blend, ease } from './blend.ts'
import { layOut } from './layout.ts'
import type { LayoutHost } from './types.ts'

const networks = [{ name: 'kind', cidr: '172.18.0.0/16', gateway: '172.18.0.1' }]
const hosts = (count: number): LayoutHost[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `n${i}`,
    kind: 'node',
    bird: 'running',
    links: [{ network: 'kind', interface: 'eth0', address: `172.18.0.${i + 2}`, up: true }],
  }))
const layout = (count: number) => layOut({ networks, hosts: hosts(count), sessions: [] }, new Map())

describe('move from one layout to the next', () => {
  const from = layout(6)
  const to = layout(7)

  it('begins where things stood and ends where they go, with new things in place at once', () => {
    expect(blend(from, to, 0).places.get('n3')!.box).toEqual(from.places.get('n3')!.box)
    expect(blend(from, to, 1)).toBe(to)
    expect(blend(from, to, 0.3).places.get('n6')!.box).toEqual(to.places.get('n6')!.box)
  })

  it('passes the middle halfway', () => {
    const x = (from.places.get('n3')!.box.x + to.places.get('n3')!.box.x) / 2
    expect(blend(from, to, 0.5).places.get('n3')!.box.x).toBeCloseTo(x)
    expect([ease(0), ease(0.5), ease(1)]).toEqual([0, 0.5, 1])
  })
})
