// Asked of the real daemon over a socket: a peer that sends the subtypes 0, 2, 3 and 255 one after the other.
import { expect, it } from 'vitest'
import { BirdNet } from '../../../testing/bird-net.ts'

const SUBTYPES = [0, 2, 3, 255]

/** What a router logs when the other, with these options, sends it each of the subtypes. */
function logged(options: string): string[] {
  const net = new BirdNet()
  net.run(783_000)
  const file = (id: string, own: number, peer: string) => ({
    'bird.cfg': `router id ${id};
protocol device {}
protocol static { route 10.1.0.0/16 blackhole; }
protocol bgp nb { debug { packets }; local as ${own}; neighbor ${peer}; import none; export all; }`,
  })
  const a = net.host({ name: 'a', address: '10.9.0.1', files: file('10.9.0.1', 65001, '10.9.0.2 as 65002') }).start()
  const b = net
    .host({ name: 'b', address: '10.9.0.2', files: file('10.9.0.2', 65002, `10.9.0.1 as 65001; ${options}`) })
    .start()
  net.runSeconds(10)
  expect(a.state('nb')).toBe('up Established')
  const session = [...b.sockets.values()][0]
  const from = net.now
  for (const subtype of SUBTYPES) {
    net.send(session, { type: 'ROUTE-REFRESH', afi: 1, safi: 1, subtype })
    net.runSeconds(1.5)
  }
  expect(a.state('nb')).toBe('up Established')
  return a.lines(from).filter((line) => !line.includes('KEEPALIVE'))
}

it('an unknown subtype is told and ignored', () => {
  expect(logged('')).toEqual([
    'nb: Got ROUTE-REFRESH',
    'nb: Sending BEGIN-OF-RR',
    'nb: Sending UPDATE',
    'nb: Sending END-OF-RR',
    'nb: Got END-OF-RR',
    'nb: END-OF-RR received without prior BEGIN-OF-RR, ignoring',
    'nb: Got ROUTE-REFRESH message with unknown subtype 3, ignoring',
    'nb: Got ROUTE-REFRESH message with unknown subtype 255, ignoring',
  ])
})

it('a peer without enhanced refresh means a request, whatever the octet says', () => {
  expect(logged('enable route refresh off;')).toEqual(
    SUBTYPES.flatMap(() => ['nb: Got ROUTE-REFRESH', 'nb: Sending UPDATE']),
  )
})
