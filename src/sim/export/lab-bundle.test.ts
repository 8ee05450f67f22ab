// The bundle is read by programs that are not ours: its words and their order are those of the lab format.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { Simulation } from '../simulation.ts'
import { onOwnLines, withoutTunnelLines } from './bird-files.ts'
import type { LabBundle, LabStep } from './lab-types.ts'

const CONF = 'router id 10.0.0.1;\nprotocol device {}\nprotocol kernel { learn; persist; scan time 2; export all; }\n'
const HEAD = `apiVersion: calicoscope.dev/v1
kind: Scenario
spec:
  networks: [ { name: lan, cidr: 10.0.0.0/24 } ]
`

function bundleOf(document: string, until = 100): LabBundle {
  const simulation = new Simulation()
  const loaded = simulation.load(document)
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => problem.message).join('\n'))
  return simulation.labBundle(until * 1_000_000)
}

function host(name: string, address: string, more = ''): string {
  return `    - { name: ${name}, interfaces: [ { name: eth0, network: lan, address: ${address}/24 } ]${more} }\n`
}

function router(name: string, address: string, more = ''): string {
  return host(name, address, `, birdConf: ${JSON.stringify(CONF)}${more}`)
}

function told(bundle: LabBundle, name: string): LabStep[] {
  return bundle.lab.timeline.filter((step) => step.host === name)
}

const mesh = readFileSync(fileURLToPath(new URL('../../../scenarios/mesh.yaml', import.meta.url)), 'utf8')

function meshWith(actions: string): string {
  return `${mesh.slice(0, mesh.indexOf('  narration:'))}  timeline:\n${actions}`
}

describe('lab bundle', () => {
  it('describes hosts as they are when BIRD starts', () => {
    const bundle = bundleOf(
      `${HEAD}  hosts:\n${router('r', '10.0.0.1', ', birdArgs: ["-R"], routes: [ { dst: 0.0.0.0/0, via: 10.0.0.9 } ]')}${host('plain', '10.0.0.2')}`,
    )
    expect(bundle.lab).toEqual({
      version: 1,
      networks: [{ name: 'lan', cidr: '10.0.0.0/24' }],
      hosts: [
        {
          name: 'r',
          interfaces: [{ name: 'eth0', network: 'lan', address: '10.0.0.1/24' }],
          links: [],
          routes: [{ dst: 'default', via: '10.0.0.9', dev: 'eth0' }],
          args: ['-R'],
          bird: { 'bird.cfg': 'hosts/r/bird.cfg' },
        },
        {
          name: 'plain',
          interfaces: [{ name: 'eth0', network: 'lan', address: '10.0.0.2/24' }],
          links: [],
          routes: [],
          args: [],
        },
      ],
      timeline: [],
    })
    expect(bundle.files.get('hosts/r/bird.cfg')).toBe(CONF)
    expect(JSON.parse(bundle.files.get('lab.json') ?? '')).toEqual(bundle.lab)
  })

  it('gives a Calico node its tunnel, pods, routes and three files', () => {
    const bundle = bundleOf(mesh)
    const node = bundle.lab.hosts.find(({ name }) => name === 'calico-cluster-worker')
    expect(node?.args).toEqual(['-R'])
    expect(node?.links[0]).toEqual({ name: 'tunl0', address: '192.167.11.192/32' })
    expect(node?.routes).toContainEqual({ dst: '192.167.11.193/32', dev: node?.links[1]?.name, scope: 'link' })
    expect(Object.keys(node?.bird ?? {}).sort()).toEqual(['bird.cfg', 'bird_aggr.cfg', 'bird_ipam.cfg'])
    for (const path of Object.values(node?.bird ?? {})) expect(bundle.files.has(path)).toBe(true)
  })

  it('tells power, process and cable as they were', () => {
    const bundle = bundleOf(
      meshWith(
        [
          '{ at: 20s, action: stop-bird, target: node/calico-cluster-worker }',
          '{ at: 25s, action: start-bird, target: node/calico-cluster-worker }',
          '{ at: 30s, action: kill-bird, target: node/calico-cluster-worker }',
          '{ at: 35s, action: restart-calico-node, target: node/calico-cluster-worker2, down: 2s }',
          '{ at: 40s, action: cut-link, target: link/calico-cluster-control-plane/kind }',
          '{ at: 45s, action: mend-link, target: link/calico-cluster-control-plane/kind }',
          '{ at: 50s, action: power-off, target: node/calico-cluster-worker2 }',
          '{ at: 60s, action: power-on, target: node/calico-cluster-worker2 }',
        ]
          .map((line) => `    - ${line}\n`)
          .join(''),
      ),
    )
    const words = bundle.lab.timeline.map((step) => `${step.at} ${step.host.slice(15)} ${step.do}`)
    expect(words.filter((word) => !word.includes('worker '))).toEqual([
      '35 worker2 kill',
      '37 worker2 start',
      '40 control-plane link-down',
      '45 control-plane link-up',
      '50 worker2 power-off',
      '60 worker2 power-on',
    ])
    expect(words.filter((word) => word.includes('worker ')).slice(0, 3)).toEqual([
      '20 worker stop',
      '25 worker start',
      '30 worker kill',
    ])
  })

  it('keeps a node that joins later off until its BIRD starts', () => {
    const bundle = bundleOf(meshWith('    - { at: 20s, action: add-node, name: late }\n'))
    const steps = told(bundle, 'late')
    expect(steps[0]).toEqual({ at: 0, host: 'late', do: 'power-off' })
    expect(steps[1]?.do).toBe('power-on')
    expect(steps[1]?.at).toBeGreaterThan(20)
    expect(bundle.lab.hosts.find(({ name }) => name === 'late')?.links[0]?.address).toMatch(/\/32$/)
    expect(told(bundle, 'calico-cluster-worker').map((step) => step.do)).toEqual(['config'])
  })

  it('tells commands, new configurations and routes', () => {
    const text = JSON.stringify(`${CONF}# new\n`)
    const steps = bundleOf(
      `${HEAD}  hosts:\n${router('r', '10.0.0.1')}  timeline:
    - { at: 10s, action: exec, target: host/r, command: 'birdc -s /x disable "kern*" "so long"' }
    - { at: 11s, action: exec, target: host/r, command: birdc show route }
    - { at: 12s, action: exec, target: host/r, command: ip route add 10.7.0.0/16 via 10.0.0.7 }
    - { at: 13s, action: exec, target: host/r, command: ip route show }
    - { at: 14s, action: set-bird-conf, target: host/r, text: ${text} }
`,
    )
    expect(steps.lab.timeline).toEqual([
      { at: 10, host: 'r', do: 'birdc', args: ['disable', '"kern*"', '"so long"'] },
      { at: 11, host: 'r', do: 'birdc', args: ['show', 'route'] },
      { at: 12, host: 'r', do: 'route', args: ['add', '10.7.0.0/16', 'via', '10.0.0.7'] },
      { at: 14, host: 'r', do: 'config', bird: { 'bird.cfg': 'hosts/r/2/bird.cfg' } },
    ])
    expect(steps.files.get('hosts/r/2/bird.cfg')).toBe(`${CONF}# new\n`)
  })

  it('is the same every time, its steps in order of time', () => {
    for (const name of ['node-join', 'pod-lifecycle']) {
      const text = readFileSync(fileURLToPath(new URL(`../../../scenarios/${name}.yaml`, import.meta.url)), 'utf8')
      const bundle = bundleOf(text, 150)
      expect([...bundle.files], name).toEqual([...bundleOf(text, 150).files])
      expect(bundle.lab.timeline.map((step) => step.at)).toEqual(
        bundle.lab.timeline.map((step) => step.at).sort((a, b) => a - b),
      )
    }
  })
})

describe('krt_tunnel', () => {
  it('stands on lines that can go', () => {
    const text = [
      'filter a {',
      '  if ( net ~ 10.0.0.0/8 ) then { krt_tunnel = "tunl0"; accept; }',
      '  if defined(bgp_next_hop) then',
      '    krt_tunnel = "";',
      '  else',
      '    krt_tunnel = "tunl0";',
      '  accept;',
      '}',
    ].join('\n')
    const apart = onOwnLines(text)
    for (const line of apart.split('\n').filter((candidate) => candidate.includes('krt_tunnel'))) {
      expect(line.trim()).toMatch(/^krt_tunnel = "\w*";$/)
    }
    const left = withoutTunnelLines(apart)
    expect(left).not.toContain('krt_tunnel')
    expect(left.split('\n')).toHaveLength(apart.split('\n').length)
    expect(left.replaceAll(/\s+/g, ' ')).toBe(
      'filter a { if ( net ~ 10.0.0.0/8 ) then { accept; } if defined(bgp_next_hop) then { } else { } accept; }',
    )
  })
})
