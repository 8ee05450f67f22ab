import { expect, it } from 'vitest'
import { RouteDest, RouteSource as Source } from '../filter/route.ts'
import { MARK } from './route-moment.ts'
import { Rta } from './rta.ts'
import type { RouteSource } from './source.ts'

const rta = () =>
  new Rta({ source: Source.BGP, dest: RouteDest.ROUTER, gw: 5, ifname: 'eth0', ifindex: 2, preference: 100 })
const from = (globalId: number, privateId: number): RouteSource => ({
  owner: { name: 'p', kind: 'BGP', hook: null, bgpSource: null },
  globalId,
  privateId,
  uses: 1,
})
const filtered = (of: Rta, change: object) => {
  const { source, dest, gw, ifname, ifindex, from: peer, scope, preference, attributes, kernelAttributes } = of
  const seen = { net: 64, proto: 'p', source, dest, gw, ifname, ifindex, from: peer, scope, preference }
  return of.afterFilter({ ...seen, attributes, kernelAttributes, ...change })
}

it('what a filter left of one route is shared with the next only if it is the same', () => {
  const shared = rta()
  const tunnel = filtered(shared, { kernelAttributes: { tunnel: 'tunl0' } })
  expect(filtered(shared, { kernelAttributes: { tunnel: 'tunl0' } })).toBe(tunnel)
  expect(filtered(shared, { kernelAttributes: { tunnel: '' } }).kernelAttributes).toEqual({ tunnel: '' })
  expect(filtered(shared, { preference: 7 }).preference).toBe(7)
  expect(filtered(shared, { gw: 9 })).toMatchObject({ gw: 9, hostEntry: null, nexthops: null })
})

it('readers see each route by itself, though those that look alike are one object', () => {
  const shared = rta()
  const first = shared.moment(from(1, 0), 3, 0)
  expect(shared.moment(from(1, 0), 3, 0)).toBe(first)
  expect(shared.moment(from(2, 8), 3, 0)).toMatchObject({ pathId: 2, remotePathId: 8 })
  expect(shared.moment(from(1, 0), 4, 0).lastModified).toBe(4_000_000)
  const marked = shared.moment(from(1, 0), 3, MARK.stale | MARK.filtered)
  expect([marked.stale, marked.filtered, marked.suppressed, marked.syncError]).toEqual([true, true, undefined, false])
  expect([first.stale, first.filtered]).toEqual([false, undefined])
})
