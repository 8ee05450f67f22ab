import { describe, expect, it, vi } from 'vitest'
import { createWorkerClient } from './client.ts'
import type { Call, Service } from './protocol.ts'
import { serve } from './serve.ts'

/** A worker whose other end is this very process. */
function loopback(service: Partial<Service>): Worker {
  const made = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    onerror: null as ((event: { message: string }) => void) | null,
    postMessage: (call: Call) => answer(call),
    terminate: () => undefined,
  }
  const answer = serve(service as Service, (data) => made.onmessage?.({ data }))
  return made as unknown as Worker
}

describe('worker client', () => {
  it('gives each call its own answer, whatever the order', async () => {
    const later = new Promise<string>((resolve) => setTimeout(() => resolve('late'), 5))
    const service = { hash: () => later, encodeLink: (text: string) => `#1.${text}` }
    const client = createWorkerClient(() => loopback(service), vi.fn())
    const [hash, link] = await Promise.all([client.hash(1), client.encodeLink('x')])
    expect([hash, link]).toEqual(['late', '#1.x'])
  })

  it('rejects the call and tells of the crash when the simulation breaks', async () => {
    const onCrash = vi.fn()
    const view = () => {
      throw new Error('invariant')
    }
    const client = createWorkerClient(() => loopback({ view }), onCrash)
    await expect(client.view(0)).rejects.toThrow('invariant')
    expect(onCrash).toHaveBeenCalledOnce()
  })

  it('shows the whole view again when one could not be sent', async () => {
    const shown = { at: 0, networks: [], hosts: [], sessions: [{ id: 's' }], messages: [{ id: 7 }] }
    let broken = true
    const made = {
      onmessage: (_: unknown) => {},
      postMessage: (call: Call) => answer(call),
      terminate: () => undefined,
    }
    const answer = serve({ view: () => shown } as unknown as Service, (data) => {
      const once = broken && data.ok
      broken &&= !once
      if (once) throw new Error('too large')
      made.onmessage({ data })
    })
    const client = createWorkerClient(() => made as unknown as Worker, vi.fn())
    await expect(client.view(0)).rejects.toThrow('too large')
    expect(await client.view(0)).toEqual(shown)
  })

  it('rejects everything open when the worker dies', async () => {
    const dead = loopback({ hash: () => new Promise(() => undefined) })
    const client = createWorkerClient(() => dead, vi.fn())
    const open = client.hash(1)
    dead.onerror?.({ message: 'out of memory' } as ErrorEvent)
    await expect(open).rejects.toThrow('out of memory')
  })
})
