import { describe, expect, it } from 'vitest'
import { ip } from '../net/address.ts'
import { prefix } from '../net/prefix.ts'
import { runningBed } from '../testing/bird-bed.ts'
import { type ExportContext, exportOutcome } from './explain-export.ts'

describe('what a protocol exports, from recorded values', () => {
  const { net, n1 } = runningBed()
  const context = (name: string): ExportContext => {
    const recorded = (of: string) => {
      const config = n1.daemon?.config?.protocols.find((p) => p.name === of)
      const snapshot = n1.protocols.get(of)
      return config === undefined || snapshot === undefined ? null : { config, snapshot }
    }
    const target = recorded(name)
    if (target === null) throw new Error(name)
    return {
      target,
      table: 'master',
      interfaceIndex: () => 1,
      protocol: recorded,
      routerId: ip('10.192.0.2'),
      connectedInterface: () => 'eth0',
      intern: (a) => net.pool.intern(a),
    }
  }
  const verdict = (name: string, text: string) => {
    const route = n1.routes(text)[0]
    if (route === undefined) throw new Error(text)
    return exportOutcome(context(name), prefix(text), route)
  }

  it('agrees with the counters of the daemon', () => {
    const outcomes = [...n1.nets.values()].flatMap((record) =>
      record.routes.map((route) => exportOutcome(context('Mesh_10_192_0_3'), record.prefix, route).verdict),
    )
    const count = (word: string) => outcomes.filter((outcome) => outcome === word).length
    expect([count('rejected by protocol'), count('filtered out'), count('accept')]).toEqual([3, 5, 1])
  })

  it('shows the attributes the peer gets', () => {
    expect(verdict('Mesh_10_192_0_3', '192.168.221.64/26')).toMatchObject({
      verdict: 'accept',
      route: { attributes: { origin: 0, asPath: [], nextHop: ip('10.192.0.2'), localPref: 100 } },
    })
  })

  it('knows what the kernel protocol refuses', () => {
    expect(verdict('kernel1', '192.168.45.128/26')).toMatchObject({
      verdict: 'accept',
      route: { kernelAttributes: { tunnel: 'tunl0' } },
    })
    expect(verdict('kernel1', '10.192.0.0/24').verdict).toBe('rejected by protocol')
    expect(verdict('kernel1', '192.168.221.65/32').verdict).toBe('rejected by protocol')
  })
})
