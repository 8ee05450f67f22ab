// Scenarios as files: saved, opened, dropped, refused.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { CalicoScope } from './pages/calicoscope.ts'

async function openFile(app: CalicoScope, name: string, text: string): Promise<void> {
  const chooser = app.page.waitForEvent('filechooser')
  await app.page.getByRole('button', { name: /^Scenario: / }).click()
  await app.page.getByRole('menuitem', { name: /^Open file…/ }).click()
  await (await chooser).setFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) })
}

async function saveFile(app: CalicoScope): Promise<{ name: string; text: string }> {
  const download = app.page.waitForEvent('download')
  await app.page.getByRole('button', { name: /^Scenario: / }).click()
  await app.page.getByRole('menuitem', { name: 'Save file' }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

test('a person saves a changed scenario and another opens the file: comments are kept, the action is there, the recording is the same', async ({
  app,
  stranger,
}) => {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await app.stage.choose(app.stage.host('calico-cluster-worker2'), 'Power off')
  const flag = '01:00.000, Power off calico-cluster-worker2'
  await expect(app.timeline.flag(flag)).toBeVisible()
  await app.timeline.goTo('02:00.000')
  const hash = await app.hash()
  const { name, text } = await saveFile(app)
  expect(name).toBe('mesh.yaml')
  expect(text).toContain('# The pool of pod addresses.')
  expect(text).toMatch(/action: power-off/)

  const other = await stranger()
  await other.open('#lab=route-reflector')
  await openFile(other, name, text)
  await expect(other.scenario('A mesh forms')).toBeVisible()
  await expect(other.timeline.flag(flag)).toBeVisible()
  await other.timeline.goTo('02:00.000')
  expect(await other.hash()).toBe(hash)
  expect((await saveFile(other)).text).toBe(text)
})

test('a person opens a file with a mistake: line and column are told, and what was open stays', async ({ app }) => {
  await app.open('#lab=mesh&t=60')
  await openFile(
    app,
    'wrong.yaml',
    'apiVersion: calicoscope.dev/v1\nkind: Scenario\nmetadata: { name: wrong }\nspec:\n  timeline:\n    - { at: soon, action: power-off, target: node/nobody }\n',
  )
  await expect(app.trouble.getByText(/^line 6, column \d+/).first()).toBeVisible()
  await app.trouble.getByRole('button', { name: 'Keep what is open' }).click()
  await expect(app.scenario('A mesh forms')).toBeVisible()
  await app.timeline.shows('01:00.000')
})

test('a person drops a file on the window: it opens', async ({ app, page }) => {
  await app.open('#lab=mesh&t=60')
  const text = readFileSync(new URL('../scenarios/route-reflector.yaml', import.meta.url), 'utf8')
  await page.evaluate((content) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([content], 'dropped.yaml'))
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
  }, text)
  await expect(app.scenario('A route reflector')).toBeVisible()
  await app.timeline.shows('00:00.000')
})

test('a person saves a capture of all wires, and one of a single cable, up to the moment on screen', async ({
  app,
  page,
}) => {
  await app.open('#lab=mesh&t=10&sel=link/calico-cluster-worker/kind')
  const saved = async (button: Locator) => {
    const download = page.waitForEvent('download')
    await button.click()
    const file = await download
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  const cable = await saved(app.inspector.region.getByRole('button', { name: 'Save capture' }))
  expect(cable.name).toBe('mesh-calico-cluster-worker-eth0.pcapng')
  await app.terminal.open('calico-cluster-worker')
  const download = page.waitForEvent('download')
  expect(await app.terminal.run('tcpdump -w /tmp/bgp.pcap port 179')).toContain('packets captured')
  expect((await download).suggestedFilename()).toBe('bgp.pcap')
  await app.share.open()
  const all = await saved(app.share.dialog.getByRole('button', { name: 'Save capture' }))
  expect(all.name).toBe('mesh.pcapng')
  // Section header block; then everybody's messages are more than one cable's, and the headless program writes the same.
  expect(all.bytes.readUInt32LE(0)).toBe(0x0a0d0d0a)
  expect(all.bytes.length).toBeGreaterThan(cable.bytes.length)
  const out = join(mkdtempSync(join(tmpdir(), 'calicoscope-pcap-')), 'mesh.pcapng')
  const program = fileURLToPath(new URL('../bin/calicoscope', import.meta.url))
  const scenario = fileURLToPath(new URL('../scenarios/mesh.yaml', import.meta.url))
  execFileSync(process.execPath, [program, 'pcap', scenario, '--until', '10s', '--out', out])
  expect(readFileSync(out).equals(all.bytes)).toBe(true)
})
