// Every test gets the page, and every page is watched: no console error, no exception, no CSP violation, no request to
// another origin. A test that opens further pages lets them be watched, too.
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { CalicoScope } from './pages/calicoscope.ts'

export { expect }

export interface Watch {
  complaints: string[]
  requests: { url: string; type: string; method: string }[]
}

export function watch(page: Page, origin: string): Watch {
  const seen: Watch = { complaints: [], requests: [] }
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => seen.complaints.push(`exception: ${error.message}`))
  page.on('websocket', (socket) => seen.complaints.push(`web socket: ${socket.url()}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    // A visit elsewhere drops what was still being fetched: that is the browser's way, not a failure.
    if (why !== 'net::ERR_ABORTED') seen.complaints.push(`failed: ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) seen.complaints.push(`${response.status()}: ${response.url()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    seen.requests.push({ url, type: request.resourceType(), method: request.method() })
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) seen.complaints.push(`left the origin: ${url}`)
  })
  return seen
}

interface Fixtures {
  app: CalicoScope
  watched: Watch
  /** A browser that has never seen the page: a context of its own, watched like the first. */
  stranger: () => Promise<CalicoScope>
}

export const test = base.extend<Fixtures>({
  watched: async ({ page, baseURL }, use) => {
    const seen = watch(page, baseURL ?? '')
    await use(seen)
    expect(seen.complaints).toEqual([])
  },
  app: async ({ page, watched: _ }, use) => {
    await use(new CalicoScope(page))
  },
  stranger: async ({ browser, baseURL, viewport }, use) => {
    const contexts: BrowserContext[] = []
    const seen: Watch[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL: baseURL ?? '', viewport })
      contexts.push(context)
      const page = await context.newPage()
      seen.push(watch(page, baseURL ?? ''))
      return new CalicoScope(page)
    })
    for (const context of contexts) await context.close()
    expect(seen.flatMap(({ complaints }) => complaints)).toEqual([])
  },
})
