// The whole story without a mouse.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

/** Tab until the focus is on a button of that name, at most as often as a patient person would. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole('button', { name, exact: true })
  for (let presses = 0; presses < 15; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

test('a person without a mouse opens the mesh, walks it, breaks it, goes back, undoes, and shares it', async ({
  app,
  page,
  stranger,
}) => {
  await page.addInitScript(() => {
    addEventListener('pointerdown', () => document.documentElement.setAttribute('data-mouse-used', ''), true)
  })
  await app.open('#lab=article-lab-fixed')
  await app.commands.run('Open: A mesh forms')
  await expect(app.scenario('A mesh forms')).toBeVisible()
  await expect(app.timeline.pause).toBeVisible()

  // F6 goes from region to region; the stage is one tab stop.
  for (let presses = 0; presses < 8; presses++) {
    await page.keyboard.press('F6')
    if ((await app.stage.tree.locator(':focus').count()) > 0) break
  }
  await expect(app.stage.network('172.18.0.0/16')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(app.timeline.play).toBeVisible()

  // Stepping: to the next event and back to where it was. The focus is on the stage again after the command palette.
  await app.timeline.goTo('00:01.000')
  await expect(app.stage.network('172.18.0.0/16')).toBeFocused()
  await page.keyboard.press('.')
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(1)
  await page.keyboard.press(',')
  await expect.poll(() => app.timeline.seconds()).toBeLessThan(1.001)
  await app.timeline.goTo('01:00.000')

  // Through the tree: network, nodes, a node's sessions.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const worker2 = app.stage.host('calico-cluster-worker2')
  await expect(worker2).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(app.stage.item(/^Session .* to .*, iBGP, Established$/).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(app.inspector.tab('FSM')).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(worker2).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(app.inspector.title('calico-cluster-worker2')).toBeVisible()
  await expect(worker2).toHaveAttribute('aria-selected', 'true')

  // Break it, see it, take it back, do it again.
  await page.keyboard.press('x')
  const flag = app.timeline.flag('01:00.000, Power off calico-cluster-worker2')
  await expect(flag).toBeVisible()
  await expect(app.stage.host('calico-cluster-worker2', 'Power off')).toBeAttached()
  await page.keyboard.press('Control+z')
  await expect(flag).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(flag).toBeVisible()
  await page.keyboard.press('Home')
  await app.timeline.shows('00:00.000')
  await page.keyboard.press('Shift+.')
  await app.timeline.shows('01:00.000')

  // Add a node through the command palette, with the place chosen by keys.
  await app.commands.run('Add a Kubernetes node')
  await page.keyboard.press('Enter')
  await expect(app.timeline.flag('01:00.000, Add node calico-cluster-worker3')).toBeVisible()
  // The context menu of what has the focus.
  await app.timeline.goTo('02:30.000')
  await page.keyboard.press('F6')
  for (let presses = 0; presses < 8 && (await app.stage.tree.locator(':focus').count()) === 0; presses++)
    await page.keyboard.press('F6')
  await page.keyboard.press('ArrowUp')
  await expect(app.stage.tree.locator(':focus')).toHaveAttribute('aria-label', /Kubernetes node|L2 subnet/)
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()

  const hash = await app.hash()
  await page.keyboard.press('Control+s')
  await expect(app.share.dialog).toBeVisible()
  await expect(app.share.link).not.toHaveValue('')
  await tabTo(page, 'Copy')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.keyboard.press('Escape')
  await expect(app.share.dialog).toBeHidden()
  await expect(page.locator('html')).not.toHaveAttribute('data-mouse-used')

  const colleague = await stranger()
  await colleague.open(link)
  expect(await colleague.hash()).toBe(hash)
})

test('a person presses ?: every key of the page is listed, and single keys can be switched off', async ({
  app,
  page,
}) => {
  await app.open('#lab=mesh')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard' })
  for (const key of ['Space', 'X', 'N', 'Ctrl+K', 'Ctrl+Z', 'F6 / Shift+F6'])
    await expect(sheet.getByText(key, { exact: true })).toBeVisible()
  await sheet.getByRole('checkbox').uncheck()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await page.keyboard.press('Space')
  await expect(app.timeline.play).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(app.commands.dialog).toBeVisible()
})

test('a person tabs into the page: skip links lead to stage, timeline and inspector', async ({ app, page }) => {
  await app.open('#lab=mesh')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the stage' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(app.stage.tree.locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Escape')
})
