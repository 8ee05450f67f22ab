import { expect, it } from 'vitest'
import { mergeNexthops } from './multipath.ts'
import type { Rte } from './route.ts'
import type { Nexthop } from './rta.ts'

const single = (gw: number, ifindex = 1) => ({ nexthops: null, gw, ifname: `eth${ifindex}`, ifindex }) as Rte
const several = (...nexthops: Nexthop[]) => ({ nexthops }) as unknown as Rte
const hop = (gateway: number, weight = 1, ifindex = 1): Nexthop => ({
  gateway,
  iface: `eth${ifindex}`,
  ifindex,
  weight,
})
const shown = (routes: Rte[], limit = 16) =>
  mergeNexthops(routes, limit).map(({ gateway, weight, ifindex }) => [gateway, weight, ifindex])

it('puts the heaviest first, then goes by gateway and interface', () => {
  expect(shown([single(30), several(hop(40, 5), hop(10)), single(20, 2), single(20, 1)])).toEqual([
    [40, 5, 1],
    [10, 1, 1],
    [20, 1, 1],
    [20, 1, 2],
    [30, 1, 1],
  ])
})

it('keeps equal ones once, wherever they stand, and no more than the limit', () => {
  expect(shown([single(10), single(10), single(20), single(20)])).toEqual([
    [10, 1, 1],
    [20, 1, 1],
  ])
  expect(shown([single(30), single(20), single(10)], 2)).toEqual([
    [10, 1, 1],
    [20, 1, 1],
  ])
})
