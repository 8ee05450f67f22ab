// What the page does behind its user's back: nothing. (Console, exceptions and foreign requests are watched in every test.)
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, watch } from './fixtures.ts'
import { CalicoScope } from './pages/calicoscope.ts'

const dist = process.env.E2E_DIST ?? fileURLToPath(new URL('../dist', import.meta.url))

test('a person works with every part of the page: after load only the page’s own chunks are fetched', async ({
  app,
  page,
  baseURL,
  watched,
}) => {
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  await app.open('#lab=mesh&t=60')
  await page.waitForLoadState('networkidle')
  const atLoad = watched.requests.length
  await app.terminal.open('calico-cluster-worker')
  await app.terminal.run('ip route')
  await app.editor.open()
  await app.button('Close the dock').click()
  await app.stage.choose(app.stage.host('calico-cluster-worker2'), 'Power off')
  await expect(app.notice(/Power off/)).toBeVisible()
  await app.share.open()
  await expect(app.share.link).not.toHaveValue('')
  await page.keyboard.press('Escape')
  await app.button('Language: switch to 中文').click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  const later = watched.requests.slice(atLoad)
  const strange = later.filter(
    ({ url, type, method }) =>
      !url.startsWith(`${baseURL}assets/`) || !['script', 'stylesheet'].includes(type) || method !== 'GET',
  )
  expect(strange).toEqual([])
  expect(later.length).toBeGreaterThan(0)
})

test('the page has a title, an icon, a preview picture and a policy that allows nothing foreign', async ({
  app,
  page,
  request,
  browser,
  baseURL,
}) => {
  await app.open('#lab=mesh')
  await expect(page).toHaveTitle('CalicoScope: see how Calico routes')
  for (const selector of ['link[rel="icon"]', 'meta[property="og:image"]']) {
    const element = page.locator(selector)
    const address = (await element.getAttribute('href')) ?? (await element.getAttribute('content')) ?? ''
    const answer = await request.get(new URL(address, baseURL).href)
    expect(answer.status(), selector).toBe(200)
    expect(answer.headers()['content-type'], selector).toMatch(/^image\//)
  }
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/)
  // In force, not only written: a page of its own, since the violation is wanted here.
  const other = await browser.newPage()
  await other.goto(baseURL ?? '')
  const blocked = await other.evaluate(async () => {
    const told = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    )
    await fetch('http://192.0.2.1/').catch(() => undefined)
    return told
  })
  expect(blocked).toBe('connect-src')
  await other.close()
})

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Serves the built page below `/sub/path/` and nothing anywhere else. */
async function serveBelow(prefix: string): Promise<{ origin: string; close: () => void }> {
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname
    const file = normalize(join(dist, path.slice(prefix.length) || 'index.html'))
    const found = path.startsWith(prefix) && file.startsWith(dist) && existsSync(file) && statSync(file).isFile()
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    if (found) createReadStream(file).pipe(response)
    else response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}

test('the page is put below a sub-path of another site: it plays, opens its parts, and its links stay below that path', async ({
  browser,
}) => {
  const { origin, close } = await serveBelow('/sub/path/')
  const page = await browser.newPage({ baseURL: `${origin}/sub/path/` })
  const seen = watch(page, `${origin}/sub/path/`)
  const app = new CalicoScope(page)
  await app.open()
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(0)
  await app.timeline.goTo('01:00.000')
  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('birdc show protocols')).toContain('Mesh_172_18_0_2')
  await app.share.open()
  await expect(app.share.link).toHaveValue(`${origin}/sub/path/#lab=mesh&t=60`)
  await page.close()
  close()
  expect(seen.complaints).toEqual([])
})

test('the page’s first load asks for no word, font or picture that it does not need', async ({
  app,
  page,
  watched,
}) => {
  await app.open('#lab=mesh')
  await page.waitForLoadState('networkidle')
  const kinds = watched.requests.map(({ type }) => type)
  expect(kinds).not.toContain('font')
  expect(watched.requests.map(({ url }) => url).filter((url) => /zh-CN|Editor|Terminal-/.test(url))).toEqual([])
  expect(readFileSync(join(dist, 'index.html'), 'utf8')).not.toMatch(/https?:\/\//)
})
