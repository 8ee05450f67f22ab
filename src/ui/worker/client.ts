// The page's end of the worker. Calls are answered in any order; a crash rejects what is open and is told once.
import type { SimulationClient } from '../store/types.ts'
import type { Answer, Arguments, Call, Method, Reply } from './protocol.ts'
import { type ViewPatch, ViewReceiver } from './view-patch.ts'

interface Open {
  resolve: (value: never) => void
  reject: (error: Error) => void
}

export interface WorkerClient extends SimulationClient {
  /** A new worker in place of a crashed one. It knows nothing yet: open the document again. */
  restart(): void
}

/** `onCrash` gets the error's text; the calls that were open are rejected with it. */
export function createWorkerClient(makeWorker: () => Worker, onCrash: (message: string) => void): WorkerClient {
  const open = new Map<number, Open>()
  let nextId = 1
  let worker = start()

  function fail(message: string): void {
    for (const { reject } of open.values()) reject(new Error(message))
    open.clear()
    onCrash(message)
  }

  function start(): Worker {
    const made = makeWorker()
    const views = new ViewReceiver()
    made.onmessage = ({ data }: MessageEvent<Reply>) => {
      const waiting = open.get(data.id)
      open.delete(data.id)
      try {
        if (!data.ok) throw new Error(data.error)
        // A view that nobody waits for any more still is what the next one is told against.
        const value = data.method === 'view' ? views.view(data.value as ViewPatch) : data.value
        waiting?.resolve(value as never)
      } catch (error) {
        waiting?.reject(error as Error)
        onCrash((error as Error).message)
      }
    }
    made.onerror = (event) => fail(event.message || 'the worker could not start')
    made.onmessageerror = () => fail('an answer of the worker could not be read')
    return made
  }

  function call<M extends Method>(method: M, ...args: Arguments<M>): Promise<Answer<M>> {
    return new Promise((resolve, reject) => {
      const id = nextId++
      open.set(id, { resolve, reject })
      worker.postMessage({ id, method, args } as Call)
    })
  }

  return {
    load: (...args) => call('load', ...args),
    runTo: (...args) => call('runTo', ...args),
    view: (...args) => call('view', ...args),
    host: (...args) => call('host', ...args),
    session: (...args) => call('session', ...args),
    message: (...args) => call('message', ...args),
    explain: (...args) => call('explain', ...args),
    prefix: (...args) => call('prefix', ...args),
    pcap: (...args) => call('pcap', ...args),
    exec: (...args) => call('exec', ...args),
    complete: (...args) => call('complete', ...args),
    check: (...args) => call('check', ...args),
    manifest: (...args) => call('manifest', ...args),
    hash: (...args) => call('hash', ...args),
    documentWith: (...args) => call('documentWith', ...args),
    encodeLink: (...args) => call('encodeLink', ...args),
    decodeLink: (...args) => call('decodeLink', ...args),
    builtIn: (...args) => call('builtIn', ...args),
    builtInDocument: (...args) => call('builtInDocument', ...args),
    restart: () => {
      worker.terminate()
      for (const { reject } of open.values()) reject(new Error('restarted'))
      open.clear()
      worker = start()
    },
  }
}
