// The worker's end: turns calls into calls on the service. A call that throws is a broken invariant and is told as such.
import type { Answer, Call, Reply, Service } from './protocol.ts'
import { ViewSender } from './view-patch.ts'

/** Answers calls one after the other or side by side; `post` sends a reply, and replies leave in the order of these calls. */
export function serve(service: Service, post: (reply: Reply) => void): (call: Call) => Promise<void> {
  let views = new ViewSender()
  return async ({ id, method, args }) => {
    try {
      const run = service[method] as (...given: unknown[]) => unknown
      const value = await run(...args)
      // Only now is it known that no other view is sent in between.
      const sent = method === 'view' ? views.patch(value as Answer<'view'>) : value
      post({ id, method, ok: true, value: sent })
    } catch (error) {
      // Whether the page has got the last view is not known; the first patch of a sender is a whole view.
      views = new ViewSender()
      const text = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
      post({ id, method, ok: false, error: `${method}: ${text}` })
    }
  }
}
