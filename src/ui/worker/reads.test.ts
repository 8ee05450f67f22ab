import { expect, it } from 'vitest'
import { Simulation } from '../../sim/index.ts'
import { readsOf } from './reads.ts'

const MESH = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: k
nodes: [ { role: control-plane }, { role: worker } ]
`

function fresh() {
  const simulation = new Simulation()
  simulation.load(MESH)
  simulation.runTo(0)
  const runs: number[] = []
  const reads = readsOf(simulation, async (at) => {
    runs.push(at)
    simulation.runTo(at)
  })
  return { reads, runs }
}

it('computes up to the time that is asked for before it answers, whatever is asked', async () => {
  const told = await fresh().reads.exec(20e6, 'k-worker', 'birdcl show protocols')
  expect(told.type === 'output' && told.text).toMatch(/^Mesh_172_18_0_2 .*Established/m)
  expect((await fresh().reads.view(20e6)).sessions.map(({ look }) => look)).toEqual(['established'])
  const host = await fresh().reads.host(20e6, 'k-worker', ['sessions'])
  expect(host?.sessions.find(({ kind }) => kind === 'BGP')?.state).toBe('up')
})

it('computes nothing for a time that is known', async () => {
  const { reads, runs } = fresh()
  await reads.view(20e6)
  await reads.exec(10e6, 'k-worker', 'ip route')
  expect(runs).toEqual([20e6])
})
