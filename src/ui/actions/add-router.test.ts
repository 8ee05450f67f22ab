import { describe, expect, it } from 'vitest'
import type { HostView } from '../../sim/index.ts'
import { parseScenario } from '../../sim/index.ts'
import { routerConf } from './add-router.ts'

const host = (name: string, kind: HostView['kind'], address: string | null) =>
  ({ name, kind, address, asNumber: 64512 }) as HostView

describe('the bird.conf of a router from the palette', () => {
  const conf = routerConf('10.80.0.0/16', [
    host('kind-worker', 'node', '172.18.0.3'),
    host('joining', 'node', null),
    host('vm1', 'router', '192.168.64.5'),
  ])

  it('speaks to every node that has an address', () => {
    expect(conf).toContain('neighbor 172.18.0.3 as 64512;')
    expect(conf.match(/protocol bgp/g)).toHaveLength(1)
  })

  it("is what BIRD's parser takes", () => {
    const indented = conf.replace(/^/gm, '        ')
    const parsed = parseScenario(`apiVersion: calicoscope.dev/v1
kind: Scenario
spec:
  networks: [ { name: kind, cidr: 172.18.0.0/16 } ]
  hosts:
    - name: rtr
      interfaces: [ { network: kind, address: 172.18.0.9 } ]
      birdConf: |
${indented}
`)
    expect(parsed.ok ? [] : parsed.problems).toEqual([])
  })
})
