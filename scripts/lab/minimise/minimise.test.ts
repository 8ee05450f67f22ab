// The search for the smallest document, with a judge that looks for words instead of running daemons.
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../../src/sim/scenario/parse.ts'
import { generate } from '../generate/generate.ts'
import { minimise, type Shows } from './minimise.ts'

const CONF = `router id 10.0.0.1;
protocol device { scan time 2; }
protocol static {
  route 10.1.0.0/24 blackhole;
  route 10.2.0.0/24 blackhole;
}
protocol bgp to_b {
  local as 1;
  neighbor 10.0.0.2 as 1;
  import filter {
    if net.len = 24 then {
      bgp_med = 7;
      accept;
    }
    bgp_local_pref = 5;
    accept;
  };
}
`
const TEXT = `kind: Pod
metadata: { name: one }
---
kind: Pod
metadata: { name: two }
---
kind: Scenario
spec:
  networks: [ { name: lan, cidr: 10.0.0.0/24 } ]
  hosts:
    - { name: a, interfaces: [ { network: lan, address: 10.0.0.1/24 } ], birdConf: ${JSON.stringify(CONF)} }
    - { name: b, interfaces: [ { network: lan, address: 10.0.0.2/24 } ] }
    - { name: c, interfaces: [ { network: lan, address: 10.0.0.3/24 } ] }
  timeline:
    - { at: 1, action: stop-bird, target: host/a }
    - { at: 2, action: kill-bird, target: host/c }
    - { at: 3, action: set-bird-conf, target: host/a, text: ${JSON.stringify(CONF.replace('as 1;\n  import', 'as 9;\n  import'))} }
`
const words =
  (...all: string[]): Shows =>
  (text) =>
    Promise.resolve(all.every((word) => text.includes(word)))
const options = { jobs: 4, budget: 1000 }

describe('minimise', () => {
  it('keeps what the difference needs, and nothing else', async () => {
    const { text, cut } = await minimise(TEXT, words('bgp_med = 7', 'kill-bird', 'name: two'), options)
    expect(cut).toBe(false)
    expect(text).toBe(`kind: Pod
metadata:
  name: two
---
kind: Scenario
spec:
  networks:
    - name: lan
      cidr: 10.0.0.0/24
  hosts:
    - name: a
      interfaces:
        - network: lan
          address: 10.0.0.1/24
      birdConf: |
        protocol bgp to_b {
          import filter {
            if net.len = 24 then {
              bgp_med = 7;
            }
          };
        }
    - name: c
      interfaces:
        - network: lan
          address: 10.0.0.3/24
  timeline:
    - at: 2
      action: kill-bird
      target: host/c
`)
  })

  it('leaves a statement out of every version of a configuration', async () => {
    const { text } = await minimise(TEXT, words('set-bird-conf', 'neighbor 10.0.0.2 as 9'), options)
    expect(text).not.toContain('route 10')
    expect(text).not.toContain('bgp_local_pref')
  })

  it('takes the sessions to a host away with it', async () => {
    const { text } = await minimise(TEXT, words('router id'), options)
    expect(text).not.toContain('neighbor')
    expect(text).not.toContain('name: b')
  })

  it('stops when its budget is used up, with what it has', async () => {
    let asked = 0
    const shows: Shows = (text) => {
      asked++
      return words('bgp_med = 7')(text)
    }
    const { trials, cut } = await minimise(TEXT, shows, { jobs: 3, budget: 4 })
    expect([asked, trials, cut]).toEqual([4, 4, true])
  })

  it('finds documents that run', async () => {
    const { text } = generate(7)
    const shows: Shows = (candidate) => {
      const parsed = parseScenario(candidate)
      return Promise.resolve(parsed.ok && candidate.includes('to_') && parsed.scenario.timeline.length > 0)
    }
    const smallest = await minimise(text, shows, options)
    expect(parseScenario(smallest.text).ok).toBe(true)
    expect(smallest.text.length).toBeLessThan(text.length / 2)
  })
})
