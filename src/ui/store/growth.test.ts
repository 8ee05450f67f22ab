import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Simulation, type TimelineIndex } from '../../sim/index.ts'
import { setClient } from './client.ts'
import { act, extendTo, open, redo, undo } from './commands.ts'
import { growTo } from './growth.ts'
import { usePlayback } from './playback.ts'
import { emptyRun, useRun } from './run.ts'
import type { SimulationClient } from './types.ts'

const MESH = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: k
nodes: [ { role: control-plane }, { role: worker } ]
`
const SECOND = 1_000_000

/** A worker that comes back from every long run after ten simulated seconds, and runs only when it is allowed to. */
class SlowWorker {
  readonly simulation = new Simulation()
  /** How many runs may start. */
  #allowed = 0
  #loads = 0
  readonly #waiting: (() => void)[] = []
  readonly client = {
    load: async (text: string) => {
      const result = this.simulation.load(text)
      this.#loads++
      this.allow(1)
      return result
    },
    runTo: async (at: number, patience: { least: number }): Promise<TimelineIndex> => {
      const mine = this.#loads
      while (this.#allowed === 0 && mine === this.#loads) await new Promise<void>((go) => this.#waiting.push(go))
      // A run of the document before ends with what there is, as the real worker's does.
      if (mine !== this.#loads) return this.simulation.index()
      this.#allowed--
      this.simulation.runTo(Math.min(at, Math.max(patience.least, this.simulation.until + 10 * SECOND)))
      return this.simulation.index()
    },
    view: async (at: number) => this.simulation.view(at),
    documentWith: async (_: string, actions: Parameters<Simulation['documentWith']>[0]) =>
      this.simulation.documentWith(actions),
  }

  allow(runs: number): void {
    this.#allowed += runs
    for (const go of this.#waiting.splice(0)) go()
  }
}

const until = () => useRun.getState().index?.until
const flags = () => useRun.getState().index?.flags.length
const powerOff = { action: 'power-off', target: { kind: 'node', name: 'k-worker' } } as const

describe('a recording that is computed while it is looked at', () => {
  let worker: SlowWorker
  beforeEach(() => {
    worker = new SlowWorker()
    setClient(worker.client as unknown as SimulationClient)
    useRun.setState(emptyRun)
    usePlayback.setState({ at: 0, playing: false })
  })
  afterEach(async () => {
    worker.allow(1000)
    await growTo(0)
  })

  it('is on screen when only its beginning is known, and then grows to the look-ahead', async () => {
    expect(await open(MESH)).toMatchObject({ ok: true })
    expect(useRun.getState()).toMatchObject({ status: 'ready', computing: true })
    expect(until()).toBe(10 * SECOND)
    worker.allow(1)
    await expect.poll(until).toBe(20 * SECOND)
    expect(useRun.getState().computing).toBe(true)
    worker.allow(1000)
    await growTo(0)
    expect(until()).toBe(300 * SECOND)
    expect(useRun.getState().computing).toBe(false)
  })

  it('takes an action while it grows, and what was on its way for the branch before does not arrive', async () => {
    await open(MESH)
    expect(await act(powerOff)).toMatchObject({ ok: true, forked: null })
    expect(flags()).toBe(1)
    worker.allow(1000)
    await growTo(0)
    expect([until(), flags()]).toEqual([300 * SECOND, 1])
    expect(await undo()).toBe(true)
    await growTo(0)
    expect([until(), flags()]).toEqual([300 * SECOND, 0])
    expect(await redo()).toBe(true)
    await growTo(0)
    expect([until(), flags()]).toEqual([300 * SECOND, 1])
  })

  it('shows the playhead that was moved while an action was on its way', async () => {
    await open(MESH)
    const { view } = worker.client
    worker.client.view = async (at) => {
      worker.client.view = view
      usePlayback.setState({ at: 5 * SECOND })
      return view(at)
    }
    await act(powerOff)
    expect(useRun.getState().view?.at).toBe(5 * SECOND)
  })

  it('reaches the playhead before the first picture, however far that is', async () => {
    await open(MESH, { at: 45 * SECOND })
    expect(until()).toBe(45 * SECOND)
    expect(useRun.getState().view?.at).toBe(45 * SECOND)
    worker.allow(1000)
    await growTo(0)
    expect(until()).toBe(345 * SECOND)
  })

  it('is computed no further than was asked for while it grows', async () => {
    await open(MESH)
    worker.allow(1000)
    await extendTo(700 * SECOND)
    expect(until()).toBe(700 * SECOND)
    expect(useRun.getState().computing).toBe(false)
  })
})
