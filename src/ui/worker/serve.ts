// The worker's end: turns calls into calls on the service. A call that throws is a broken invariant and is told as such.
import type { Call, Reply, Service } from './protocol.ts'

export async function answer(service: Service, { id, method, args }: Call): Promise<Reply> {
  try {
    const run = service[method] as (...given: unknown[]) => unknown
    return { id, ok: true, value: await run(...args) }
  } catch (error) {
    const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
    return { id, ok: false, error: `${method}: ${text}` }
  }
}
