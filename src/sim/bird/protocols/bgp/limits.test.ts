// Route limits, as measured with three routes and a limit of two in each direction.
import { describe, expect, it } from 'vitest'
import { type BirdHost, BirdNet } from '../../../testing/bird-net.ts'

const STATIC = ['10.1', '10.2', '10.3'].map((net) => `route ${net}.0.0/24 blackhole;`).join(' ')

function bed(sending: string, receiving: string): { net: BirdNet; a: BirdHost; b: BirdHost } {
  const net = new BirdNet()
  const host = (name: string, address: string, more: string) =>
    net.host({ name, address, files: { 'bird.cfg': `router id ${address};\nprotocol device {}\n${more}` } }).start()
  const bgp = (name: string, peer: string, more: string) =>
    `protocol bgp ${name} { local as 1; neighbor ${peer} as 1; connect delay time 1; error wait time 2,4; ${more} }`
  const a = host('a', '10.9.0.1', `protocol static { ${STATIC} }\n${bgp('p', '10.9.0.2', `export all; ${sending}`)}`)
  const b = host('b', '10.9.0.2', bgp('q', '10.9.0.1', `passive; ${receiving}`))
  net.runSeconds(7)
  return { net, a, b }
}

const said = (host: BirdHost) => host.lines().filter((line) => line !== 'Started')

describe('a route limit', () => {
  it.each(['import', 'receive'])('%s: warns, ceases with 6.1, comes back or stays away', (direction) => {
    for (const action of ['restart', 'disable']) {
      const { a, b } = bed('', `${direction} limit 2 action ${action};`)
      expect(said(a).slice(0, 1)).toEqual(['p: Received: Maximum number of prefixes reached'])
      expect(said(b).slice(0, 2)).toEqual([
        `Protocol q hits route ${direction} limit (2), action: ${action}`,
        'q: Route limit exceeded, shutting down',
      ])
      expect(b.state('q')).toMatch(/Automatic shutdown: Route limit exceeded$/)
      expect(b.state('q').startsWith('down')).toBe(action === 'disable')
      expect(b.protocols.get('q')?.bgp?.errorWait?.nominalSeconds).toBe(action === 'disable' ? undefined : 2)
    }
  })

  it('export: is silent but for the first line, and ceases as a reset, or as a shutdown when it stays down', () => {
    const restart = bed('export limit 2 action restart;', '')
    expect(said(restart.a)).toEqual(['Protocol p hits route export limit (2), action: restart'])
    expect(said(restart.b)).toEqual(['q: Received: Administrative reset'])
    const disable = bed('export limit 2 action disable;', '')
    expect(said(disable.b)).toEqual(['q: Received: Administrative shutdown'])
    expect(disable.a.state('p')).toMatch(/^down .*Automatic shutdown: Route limit exceeded$/)
  })

  it('that comes with a configuration and is just reached is not hit', () => {
    for (const [host, name] of [
      ['a', 'export'],
      ['b', 'import'],
      ['b', 'receive'],
    ] as const) {
      const lab = bed('', '')
      const text = lab[host].files.get('bird.cfg')?.replace('error wait', `${name} limit 3; error wait`) ?? ''
      lab[host].do((daemon, now) => daemon.reconfigure(now, new Map([['bird.cfg', text]]), 'soft'))
      lab.net.runSeconds(2)
      expect(said(lab[host])).toEqual(['Reconfiguring', 'Reconfigured'])
    }
  })

  it('counts what was filtered and kept among what is received, and not among what is imported', () => {
    const keeping = 'import keep filtered; import where net != 10.1.0.0/24; error wait'
    for (const [name, limit, hits] of [
      ['receive', 2, true],
      ['receive', 3, false],
      ['import', 2, false],
      ['import', 1, true],
    ] as const) {
      const lab = bed('', '')
      const before = lab.b.files.get('bird.cfg') ?? ''
      const step = (text: string) => {
        lab.b.do((daemon, now) => daemon.reconfigure(now, new Map([['bird.cfg', text]]), 'configure'))
        lab.net.runSeconds(4)
      }
      step(before.replace('error wait', keeping))
      expect(lab.b.protocols.get('q')?.stats).toMatchObject({ imported: 2, filtered: 1 })
      step(before.replace('error wait', `${name} limit ${limit} action warn; ${keeping}`))
      const line = `Protocol q hits route ${name} limit (${limit}), action: warn`
      expect(said(lab.b).includes(line)).toBe(hits)
    }
  })

  it('that comes with a configuration finds what is there already', () => {
    for (const [host, name] of [
      ['a', 'export'],
      ['b', 'import'],
      ['b', 'receive'],
    ] as const) {
      const lab = bed('', '')
      const one = lab[host]
      const text = one.files.get('bird.cfg')?.replace('error wait', `${name} limit 2 action disable; error wait`) ?? ''
      one.do((daemon, now) => daemon.reconfigure(now, new Map([['bird.cfg', text]]), 'soft'))
      lab.net.runSeconds(4)
      expect(said(one).slice(0, 3)).toEqual([
        'Reconfiguring',
        `Protocol ${host === 'a' ? 'p' : 'q'} hits route ${name} limit (2), action: disable`,
        'Reconfigured',
      ])
      expect(one.state(host === 'a' ? 'p' : 'q')).toMatch(/^down .*Route limit exceeded$/)
    }
  })

  it('block: what is over it is left out, and the session stays', () => {
    for (const [sending, receiving] of [
      ['', 'import limit 2 action block;'],
      ['', 'receive limit 2 action block;'],
      ['export limit 2 action block;', ''],
    ] as const) {
      const { a, b } = bed(sending, receiving)
      expect(a.state('p')).toMatch(/^up /)
      const held = ['10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24'].filter((net) => b.routes(net).length > 0)
      expect(held).toHaveLength(2)
    }
  })
})
