// The link: the same moment in another browser, and links that are wrong.
import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures.ts'

interface GoldenLink {
  /** What it was made of. */
  about: string
  fragment: string
  title: string
  clock: string
  selected: string
  flag: string
}
const golden: GoldenLink[] = JSON.parse(readFileSync(new URL('golden-links.json', import.meta.url), 'utf8'))

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('a person copies the link; a colleague’s fresh browser shows the same moment, the same selection, the same recording', async ({
  app,
  stranger,
}) => {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await app.stage.choose(app.stage.host('calico-cluster-worker2'), 'Power off')
  await expect(app.timeline.flag('01:00.000, Power off calico-cluster-worker2')).toBeVisible()
  await app.timeline.goTo('02:03.250')
  await app.stage.click(app.stage.host('calico-cluster-worker'))
  const hash = await app.hash()
  await app.share.open()
  await expect(app.share.dialog).toContainText('Nothing is uploaded')
  const link = await app.share.copy()
  expect(link).toBe(await app.share.link.inputValue())
  expect(link).toMatch(/#1[\w-]+&t=123\.25&sel=host\/calico-cluster-worker$/)
  // Short enough for a chat.
  expect(link.length).toBeLessThan(4096)

  const colleague = await stranger()
  await colleague.open(link)
  await colleague.timeline.shows('02:03.250')
  await expect(colleague.inspector.title('calico-cluster-worker')).toBeVisible()
  await expect(colleague.stage.host('calico-cluster-worker2', 'Power off')).toBeAttached()
  await expect(colleague.timeline.flag('01:00.000, Power off calico-cluster-worker2')).toBeVisible()
  await expect(colleague.firstVisit).toBeHidden()
  expect(await colleague.hash()).toBe(hash)
  // The hash tells moments apart.
  await colleague.timeline.goTo('02:30.000')
  expect(await colleague.hash()).not.toBe(hash)
})

test('a person shares an untouched built-in scenario: the link names it, with language and theme if wanted', async ({
  app,
  stranger,
}) => {
  await app.open('#lab=route-reflector')
  await app.timeline.goTo('00:30.000')
  await app.share.open()
  await expect(app.share.link).toHaveValue(/#lab=route-reflector&t=30$/)
  for (const name of ['Play on open', 'The language', 'The theme'])
    await app.share.dialog.getByRole('checkbox', { name }).check()
  await app.share.dialog.getByRole('checkbox', { name: /^This moment/ }).uncheck()
  await expect(app.share.link).toHaveValue(/#lab=route-reflector&play=1&lang=en&theme=light$/)
  const colleague = await stranger()
  await colleague.open((await app.share.link.inputValue()).replace('lang=en&theme=light', 'lang=zh-CN&theme=dark'))
  await expect(colleague.page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(colleague.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(colleague.page.getByRole('button', { name: '暂停' })).toBeVisible()
})

test('a link with a what-if branch opens that branch: the past it had, without the future it left', async ({
  app,
  stranger,
}) => {
  await app.open('#lab=node-failure')
  await app.timeline.goTo('05:10.000')
  await app.timeline.goTo('00:40.000')
  await app.stage.choose(app.stage.host('calico-cluster-worker'), 'Power off')
  await expect(app.timeline.branch).toBeVisible()
  const hash = await app.hash()
  await app.share.open()
  const link = await app.share.copy()
  const colleague = await stranger()
  await colleague.open(link)
  await colleague.timeline.shows('00:40.000')
  await expect(colleague.timeline.flag('00:40.000, Power off calico-cluster-worker')).toBeVisible()
  await expect(colleague.timeline.flag(/^01:00\.000, Power off/)).toHaveCount(0)
  expect(await colleague.hash()).toBe(hash)
})

for (const { about, fragment, title, clock, selected, flag } of golden) {
  test(`a link that was published long ago still opens: ${about}`, async ({ app }) => {
    await app.open(fragment)
    await expect(app.scenario(title)).toBeVisible()
    await app.timeline.shows(clock)
    await expect(app.inspector.title(selected)).toBeVisible()
    await expect(app.timeline.flag(flag)).toBeVisible()
    await expect(app.trouble).toBeHidden()
  })
}

const published = golden[0]?.fragment ?? ''
const [head = '', view = ''] = published.split(/&(.*)/s)

test('a person opens a damaged link: the page says so and opens nothing by itself', async ({ app }) => {
  const middle = Math.floor(head.length / 2)
  const other = head[middle] === 'A' ? 'B' : 'A'
  await app.visit(`${head.slice(0, middle)}${other}${head.slice(middle + 1)}&${view}`)
  await expect(app.trouble).toContainText('The link is damaged: characters are missing or changed.')
  await app.trouble.getByRole('button', { name: 'Start blank' }).click()
  await expect(app.scenario('Blank cluster')).toBeVisible()
  await expect(app.trouble).toBeHidden()
})

test('a person opens a link that a chat program cut off: what could be read can be opened', async ({ app }) => {
  await app.visit(head.slice(0, head.length - 4))
  await expect(app.trouble).toContainText('What could be read is shown; it may be wrong from some point on.')
  await app.trouble.getByRole('button', { name: 'Open what could be read' }).click()
  // Either it opens, or the next dialog says at which line and column it stops making sense.
  const opened = app.scenario(golden[0]?.title ?? '')
  const told = app.trouble.getByText(/line \d+, column \d+/).first()
  await expect(opened.or(told).first()).toBeVisible()
})

test('a person opens a link of a newer format: the page names the format and asks to update', async ({ app }) => {
  await app.visit(`#2${head.slice(2)}`)
  await expect(app.trouble).toContainText(
    'The link has format 2, made by a newer version; this version reads format 1.',
  )
})

test('a person opens a link of a newer engine: it opens, with the warning that the run may differ', async ({ app }) => {
  const bytes = Buffer.from(head.slice(2), 'base64url')
  bytes[1] = 99
  await app.open(`#1${bytes.toString('base64url')}&${view}`)
  await expect(app.notice(/made with version 99\.\d+\.\d+, newer than this/)).toBeVisible()
  await app.timeline.shows(golden[0]?.clock ?? '')
})

test('a person opens a link to a scenario that does not exist, or rubbish: the page names it and offers a start', async ({
  app,
}) => {
  await app.visit('#lab=unknown')
  await expect(app.trouble).toContainText('There is no built-in scenario called "unknown".')
  await app.trouble.getByRole('button', { name: 'Start blank' }).click()
  await expect(app.scenario('Blank cluster')).toBeVisible()
  await app.visit('#rubbish')
  await expect(app.trouble).toContainText('This is not a link of a scenario')
  await app.trouble.getByRole('button', { name: 'Keep what is open' }).click()
  await expect(app.scenario('Blank cluster')).toBeVisible()
})
