// The worker: holds the one Simulation and answers the page. Long runs go in slices, so that other questions get their turn.
import {
  appendActions,
  decodeLink,
  documentUpTo,
  encodeLink,
  type Micros,
  parseScenario,
  Simulation,
} from '../../sim/index.ts'
import { compute, type Patience } from './compute.ts'
import type { Call, Service } from './protocol.ts'
import { readsOf } from './reads.ts'
import { serve } from './serve.ts'

const simulation = new Simulation()
/** Grows with every document: a run of the one before stops at its next slice. */
let generation = 0
const channel = new MessageChannel()
channel.port1.start()

/** Behind every message that has already arrived. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.addEventListener('message', () => resolve(), { once: true })
    channel.port2.postMessage(null)
  })
}

function runTo(at: Micros, patience: Patience | null = null): Promise<void> {
  const mine = generation
  return compute(
    simulation,
    { at, patience },
    { now: () => performance.now(), turn, cancelled: () => mine !== generation },
  )
}

/** The documents are a chunk of their own: a link with a document needs none of them. */
async function documents(): Promise<Readonly<Record<string, string>>> {
  return (await import('../../../scenarios/index.ts')).builtInDocuments
}

/** Titles of the built-in scenarios. Reading a document takes a while, so every one leaves room for other questions. */
async function builtIn(): Promise<{ name: string; title: { en: string; 'zh-CN'?: string } }[]> {
  const list = []
  for (const [name, text] of Object.entries(await documents())) {
    await turn()
    const parsed = parseScenario(text)
    list.push({ name, title: parsed.ok ? parsed.scenario.title : { en: name } })
  }
  return list
}

const service: Service = {
  ...readsOf(simulation, runTo),
  load: (text) => {
    const result = simulation.load(text)
    if (result.ok) {
      generation++
      simulation.runTo(0)
    }
    return result
  },
  runTo: async (at, patience) => {
    await runTo(at, patience)
    return simulation.index()
  },
  message: (id) => simulation.message(id),
  documentWith: (document, actions, keepUntil) =>
    appendActions(keepUntil === null ? document : documentUpTo(document, keepUntil), actions),
  encodeLink: (document) => encodeLink(document),
  decodeLink: (fragment) => decodeLink(fragment),
  builtIn,
  builtInDocument: async (name) => {
    const all = await documents()
    return Object.hasOwn(all, name) ? (all[name] ?? null) : null
  },
}

const answer = serve(service, (reply) => postMessage(reply))
addEventListener('message', ({ data }: MessageEvent<Call>) => answer(data))
