import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ClusterView, Simulation } from '../../sim/index.ts'
import { ViewReceiver, ViewSender } from './view-patch.ts'

function mesh(): Simulation {
  const simulation = new Simulation()
  simulation.load(readFileSync(new URL('../../../scenarios/node-failure.yaml', import.meta.url), 'utf8'))
  simulation.runTo(600_000_000)
  return simulation
}

describe('a view that travels', () => {
  it('arrives as it was, whatever was sent before', () => {
    const simulation = mesh()
    const sender = new ViewSender()
    const receiver = new ViewReceiver()
    for (const second of [0, 1.9, 2.005, 2.1, 60, 61, 300, 2.005, 400, 0, 600]) {
      const view = simulation.view(second * 1_000_000)
      expect(receiver.view(structuredClone(sender.patch(view)))).toEqual(view)
    }
  })

  it('leaves what has not changed at home, and on the page it stays the same object', () => {
    const simulation = mesh()
    const sender = new ViewSender()
    const receiver = new ViewReceiver()
    const first = receiver.view(structuredClone(sender.patch(simulation.view(20_000_000))))
    const patch = sender.patch(simulation.view(20_500_000))
    expect(patch.sessions).toEqual({ length: 3, changed: [] })
    expect(receiver.view(structuredClone(patch)).sessions).toBe(first.sessions)
  })

  it('sends a message once, however long it is on its way', () => {
    const simulation = mesh()
    const sender = new ViewSender()
    const receiver = new ViewReceiver()
    const at = Array.from({ length: 400 }, (_, i) => 2_000_000 + i * 50).find(
      (t) => simulation.view(t).messages.length > 0,
    )
    const sentAt = at ?? 0
    const first = receiver.view(structuredClone(sender.patch(simulation.view(sentAt))))
    const patch = sender.patch(simulation.view(sentAt + 1))
    expect(first.messages.length).toBeGreaterThan(0)
    expect(patch.messages.added).toEqual([])
    expect(receiver.view(structuredClone(patch)).messages[0]).toBe(first.messages[0])
  })

  it('takes hosts and sessions that are gone off the end', () => {
    const simulation = mesh()
    const sender = new ViewSender()
    const receiver = new ViewReceiver()
    const full = simulation.view(20_000_000)
    const less: ClusterView = { ...full, hosts: full.hosts.slice(0, 1), sessions: full.sessions.slice(1, 2) }
    receiver.view(structuredClone(sender.patch(full)))
    expect(receiver.view(structuredClone(sender.patch(less)))).toEqual(less)
  })
})
