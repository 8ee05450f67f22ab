// Every scenario file, run as the page and the headless program run it.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Simulation } from './simulation.ts'

const folder = new URL('../../scenarios/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8')

function loaded(text: string): Simulation {
  const simulation = new Simulation()
  const result = simulation.load(text)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return simulation
}

describe('scenario files', () => {
  it('are all there', () => {
    expect(files).toEqual([
      'article-as-written.yaml',
      'article-lab-fixed.yaml',
      'article-lab.yaml',
      'dead-peer-freeze.yaml',
      'mesh-100.yaml',
      'mesh.yaml',
      'node-delete.yaml',
      'node-failure.yaml',
      'node-join.yaml',
      'pod-lifecycle.yaml',
      'route-reflector.yaml',
    ])
  })

  it.each(files)(
    '%s keeps what it promises',
    (name) => {
      expect(loaded(textOf(name)).verify()).toEqual([])
    },
    180_000,
  )

  it.each(files)('%s speaks both languages, briefly', (name) => {
    const result = new Simulation().load(textOf(name))
    if (!result.ok) throw new Error(name)
    expect(result.title['zh-CN']).toBeTruthy()
    expect(result.description?.['zh-CN']).toBeTruthy()
    const simulation = loaded(textOf(name))
    for (const beat of simulation.beats()) {
      for (const text of [beat.title, beat.text]) expect(text['zh-CN']).toBeTruthy()
      expect(beat.text.en.length).toBeLessThanOrEqual(230)
    }
  })

  it('has expectations that can fail', () => {
    const text = textOf('mesh.yaml').replaceAll('state: Established', 'state: Active')
    const failures = loaded(text).verify()
    expect(failures).toHaveLength(3)
    expect(failures[0]?.message).toMatch(
      /^at 10 s: session \{ host calico-cluster-control-plane, .*: it is up Established, info 'Established/,
    )
  })
})

describe('Simulation', () => {
  it('gives the same recording for the same document, however the time is cut', () => {
    const once = loaded(textOf('node-join.yaml'))
    once.runTo(120_000_000)
    const steps = loaded(textOf('node-join.yaml'))
    for (let at = 0; at <= 120_000_000; at += 777_777) steps.runTo(at)
    steps.runTo(120_000_000)
    expect(steps.hash(120_000_000)).toBe(once.hash(120_000_000))
    expect(steps.hash(61_000_000)).toBe(once.hash(61_000_000))
    expect(once.hash(61_000_000)).not.toBe(once.hash(120_000_000))
  })

  it('has done at t=0 what is due at t=0', () => {
    const simulation = loaded(textOf('mesh.yaml'))
    simulation.runTo(0)
    expect(simulation.view(0).hosts.map((host) => host.bird)).toEqual(['running', 'running', 'running'])
  })

  it('gives another recording for another seed', () => {
    const other = loaded(textOf('mesh.yaml').replace('spec:\n  title', 'spec:\n  seed: 2\n  title'))
    const first = loaded(textOf('mesh.yaml'))
    first.runTo(300_000_000)
    other.runTo(300_000_000)
    expect(other.hash(300_000_000)).not.toBe(first.hash(300_000_000))
  })

  it('keeps what was loaded when the next document is wrong', () => {
    const simulation = loaded(textOf('mesh.yaml'))
    expect(simulation.load('kind: Scenario\n').ok).toBe(false)
    simulation.runTo(10_000_000)
    expect(simulation.hasHost('calico-cluster-worker')).toBe(true)
  })

  it('does what a writing command asks, and answers as the tool does', () => {
    const simulation = loaded(textOf('mesh.yaml'))
    simulation.runTo(120_000_000)
    const answer = simulation.commandOutput(60_000_000, 'calico-cluster-worker', 'birdcl disable Mesh_172_18_0_2')
    expect(answer).toBe('BIRD v0.3.3+birdv1.6.8 ready.\nMesh_172_18_0_2: disabled\n')
    const after = simulation.commandOutput(61_000_000, 'calico-cluster-worker', 'birdcl show protocols')
    expect(after).toMatch(/Mesh_172_18_0_2 BGP +master +down/)
  })

  it('captures hosts whose BIRD runs, null for stopped ones, and leaves out hosts without', () => {
    const simulation = loaded(textOf('node-failure.yaml'))
    simulation.runTo(120_000_000)
    expect(simulation.capture(120_000_000)['calico-cluster-worker2']).toBeNull()
    const lab = loaded(textOf('article-lab.yaml'))
    lab.runTo(10_000_000)
    const capture = lab.capture(10_000_000)
    expect(Object.keys(capture)).toEqual([
      'calico-cluster-control-plane',
      'calico-cluster-worker',
      'calico-cluster-worker2',
      'vm2',
    ])
    expect(capture.vm2?.['show protocols']).toMatch(/^BIRD 1\.6\.8 ready\.\n/)
    expect(capture.vm2?.kernel).toContainEqual(expect.objectContaining({ dst: 'default', gateway: '192.168.64.1' }))
  })

  it('answers the page: index, view, host, session, message, explanation, manifest, check, completion', () => {
    const simulation = loaded(textOf('mesh.yaml'))
    simulation.runTo(60_000_000)
    const index = simulation.index()
    expect(index.until).toBe(60_000_000)
    expect(index.beats).toHaveLength(4)
    const view = simulation.view(10_000_000)
    expect(view.hosts.map((host) => host.name)).toEqual([
      'calico-cluster-control-plane',
      'calico-cluster-worker',
      'calico-cluster-worker2',
    ])
    expect(view.sessions).toHaveLength(3)
    expect(simulation.host(10_000_000, 'calico-cluster-worker', ['fib'])?.fib.length).toBeGreaterThan(3)
    expect(simulation.session(10_000_000, view.sessions[0]?.id ?? '')?.ends).toHaveLength(2)
    expect(simulation.message(0)?.message.look).toBe('OPEN')
    expect(simulation.explain(10_000_000, 'calico-cluster-worker', '192.167.156.64/26')?.candidates).toHaveLength(1)
    const pool = simulation.manifest(10_000_000, 'IPPool', 'default-ipv4-ippool') ?? ''
    expect(pool).toContain('192.167.0.0/16')
    expect(simulation.check(10_000_000, 'manifest', pool)).toEqual([])
    expect(simulation.check(10_000_000, 'manifest', pool.replace('blockSize: 26', 'blockSize: 27'))).toMatchObject([
      { severity: 'error' },
    ])
    expect(simulation.check(10_000_000, 'manifest', 'kind: [')[0]).toMatchObject({
      line: 1,
      message: expect.stringContaining('YAML'),
    })
    expect(simulation.check(0, 'manifest', '# nothing')).toMatchObject([{ message: 'there is no object to apply' }])
    expect(simulation.check(0, 'bird.conf', 'router id 1.1.1.1;\nprotocol bgp {\n  neigbor;\n}\n')).toMatchObject([
      { line: 3 },
    ])
    expect(simulation.check(0, 'bird.conf', 'router id 1.1.1.1;\nprotocol device { }\n')).toEqual([])
    expect(simulation.complete(10_000_000, 'calico-cluster-worker', 'birdc show pro')).toContain('birdc show protocols')
    expect(simulation.exec(10_000_000, null, 'kubectl get nodes')).toMatchObject({ type: 'output' })
  })
})
