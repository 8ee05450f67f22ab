import { describe, expect, it } from 'vitest'
import { prefix } from '../../net/prefix.ts'
import { BirdNet } from '../../testing/bird-net.ts'

const NET = prefix('198.51.100.0/24')

const speaker = (address: string, as: number, med: number) => ({
  'bird.cfg': `router id ${address};
protocol device {}
protocol direct {}
protocol static origin { route 198.51.100.0/24 blackhole; }
protocol bgp up { local as ${as}; neighbor 10.9.0.1 as 65000; connect delay time 1;
  export filter { bgp_med = ${med}; accept; }; }`,
})

/**
 * One router with three upstreams whose routes beat each other in a circle: a beats b by router id, b beats c by router id, and c beats
 * a by MED, for both are AS 7. The upstreams come in the given order.
 */
function circle(order: readonly string[], option: string) {
  const net = new BirdNet()
  const to = (name: string, address: string, as: number) =>
    `protocol bgp ${name} { local as 65000; neighbor ${address} as ${as}; ${option} med metric off; passive on; }`
  const router = net
    .host({
      name: 'r',
      address: '10.9.0.1',
      files: {
        'bird.cfg': `router id 10.9.0.1; protocol device {} protocol direct {}
${to('a', '10.9.0.2', 7)} ${to('b', '10.9.0.3', 8)} ${to('c', '10.9.0.4', 7)}`,
      },
    })
    .start()
  const upstreams = {
    a: net.host({ name: 'a', address: '10.9.0.2', files: speaker('10.9.0.2', 7, 10) }),
    b: net.host({ name: 'b', address: '10.9.0.3', files: speaker('10.9.0.3', 8, 0) }),
    c: net.host({ name: 'c', address: '10.9.0.4', files: speaker('10.9.0.4', 7, 5) }),
  }
  for (const name of order) {
    upstreams[name as keyof typeof upstreams].start()
    net.runSeconds(6)
  }
  const suppressed = () =>
    router.nets
      .get(NET)
      ?.routes.filter((route) => route.suppressed)
      .map(({ protocol }) => protocol)
  const best = () => router.nets.get(NET)?.routes[0]?.protocol
  return { net, router, upstreams, best, suppressed }
}

const ORDERS = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'].map((each) => each.split(''))

describe('deterministic med', () => {
  it('makes the winner the same in every order of arrival: c leads AS 7, and b beats c', () => {
    expect(ORDERS.map((order) => circle(order, 'deterministic med on;').best())).toEqual(ORDERS.map(() => 'b'))
  })

  it('marks the others of the group, in every order', () => {
    for (const order of ORDERS) expect(circle(order, 'deterministic med on;').suppressed()).toEqual(['a'])
  })

  it('off, the order decides', () => {
    expect(new Set(ORDERS.map((order) => circle(order, '').best())).size).toBeGreaterThan(1)
  })

  it('elects anew when the leader of a group goes, and when the winner goes', () => {
    const one = circle(['a', 'b', 'c'], 'deterministic med on;')
    one.upstreams.c.kill()
    one.net.runSeconds(2)
    expect(one.best()).toBe('a')
    const other = circle(['a', 'b', 'c'], 'deterministic med on;')
    other.upstreams.b.kill()
    other.net.runSeconds(2)
    expect(other.best()).toBe('c')
  })

  it('stays chosen when next hops resolve otherwise', () => {
    const one = circle(['a', 'b', 'c'], 'deterministic med on; gateway recursive; multihop;')
    expect([one.best(), one.suppressed()]).toEqual(['b', ['a']])
    // With the network goes what the next hops resolve through, and all three are updated.
    one.router.kernel.setUp('eth0', false)
    one.net.runSeconds(1)
    expect(one.router.nets.get(NET)?.routes.map((route) => route.igpMetric)).toEqual(Array(3).fill('unreachable'))
    expect([one.best(), one.suppressed()]).toEqual(['b', ['a']])
  })
})
