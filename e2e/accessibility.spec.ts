// axe on every view, in both themes and both languages.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'
import type { CalicoScope } from './pages/calicoscope.ts'

const INSPECTOR = '[data-region="inspector"]'

/** What depends on colours; all else is the same in both themes and looked at in the light one. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** Looks at the page as it stands, or at one part of it when the rest was looked at before; `view` names it in the failure. */
async function looksRight(app: CalicoScope, view: string, part?: string): Promise<void> {
  // Legacy mode: the page has no frames, so axe needs no second page to gather what they say.
  const axe = new AxeBuilder({ page: app.page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (part !== undefined) axe.include(part)
  if ((await app.page.locator('html').getAttribute('data-theme')) === 'dark') axe.withRules(OF_COLOUR)
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`),
  )
  expect.soft(found, view).toEqual([])
}

/** Expands a host in the tree by keyboard and selects the first of its children that fits. */
async function selectUnder(app: CalicoScope, host: string, child: RegExp): Promise<void> {
  await app.stage.host(host).focus()
  const item = app.stage.item(child).first()
  if ((await item.count()) === 0) await app.page.keyboard.press('ArrowRight')
  await item.focus()
  await app.page.keyboard.press('Enter')
  await expect(item).toHaveAttribute('aria-selected', 'true')
}

for (const theme of ['light', 'dark']) {
  test.describe(`${theme} theme`, () => {
    test.slow()

    test(`axe finds nothing on stage, host, session, block, pod and link (${theme})`, async ({ app, page }) => {
      await app.open(`#lab=mesh&theme=${theme}`)
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await app.timeline.goTo('01:00.000')
      await looksRight(app, 'stage at rest, scenario summary')
      await app.stage.click(app.stage.host('calico-cluster-worker2'))
      for (const tab of ['Overview', 'Sessions', 'RIB', 'FIB', 'Config', 'Pods', 'Log']) {
        await app.inspector.openTab(tab)
        await looksRight(app, `host, ${tab}`, tab === 'Overview' ? undefined : INSPECTOR)
      }
      await selectUnder(app, 'calico-cluster-worker2', /^Session /)
      for (const tab of ['Summary', 'FSM', 'Timers', 'Routes', 'Messages']) {
        await app.inspector.openTab(tab)
        await looksRight(app, `session, ${tab}`, INSPECTOR)
      }
      for (const child of [/^Block /, /^Pod /, /^Link /]) {
        await selectUnder(app, 'calico-cluster-worker2', child)
        await looksRight(app, `selection ${child}`, INSPECTOR)
      }
    })

    test(`axe finds nothing on a message and its bytes (${theme})`, async ({ app, page }) => {
      await app.open(`#lab=mesh&t=2.0065&theme=${theme}`)
      await app.events
        .row(/announces .*192\.167/)
        .first()
        .click()
      await expect(app.inspector.title('UPDATE')).toBeVisible()
      await looksRight(app, 'message summary, messages in flight')
      await app.inspector.region.getByRole('button', { name: 'Open message' }).click()
      await expect(page.getByRole('treegrid', { name: 'Decoded' })).toBeVisible()
      await looksRight(app, 'message inspector')
    })

    test(`axe finds nothing on failure, dock, dialogs and menus (${theme})`, async ({ app, page }) => {
      await app.open(`#lab=node-failure&t=150&theme=${theme}`)
      await looksRight(app, 'traffic loss, a node without power')
      await app.timeline.losses.last().click()
      await expect(page.getByRole('dialog', { name: /pod pairs lose traffic/ })).toBeVisible()
      await looksRight(app, 'lost pairs')
      await page.keyboard.press('Escape')
      await app.terminal.open('calico-cluster-worker')
      await app.terminal.run('birdc show protocols')
      await looksRight(app, 'terminal')
      await app.editor.open()
      await app.editor.write('kind: [')
      await expect(app.editor.state).toContainText('problem')
      await looksRight(app, 'editor with a problem')
      await app.button('Close the dock').click()
      await app.share.open()
      await expect(app.share.link).not.toHaveValue('')
      await looksRight(app, 'share')
      await page.keyboard.press('Escape')
      await expect(app.share.dialog).toBeHidden()
      await app.commands.open()
      await looksRight(app, 'command palette')
      await page.keyboard.press('Escape')
      await expect(app.commands.dialog).toBeHidden()
      await app.stage.host('calico-cluster-worker').focus()
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
      await looksRight(app, 'keyboard sheet')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await app.scenario('A node fails').click()
      await expect(page.getByRole('menu')).toBeVisible()
      await looksRight(app, 'scenario menu')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
      // A dialog that has just closed gives the focus back a moment later, so the first press may go elsewhere.
      await expect(async () => {
        await app.stage.host('calico-cluster-worker').focus()
        await page.keyboard.press('Shift+F10')
        await expect(page.getByRole('menu')).toBeVisible({ timeout: 2000 })
      }).toPass()
      await looksRight(app, 'menu of a node')
    })

    test(`axe finds nothing on the first visit and on a link that cannot be opened (${theme})`, async ({
      app,
      page,
    }) => {
      await page.emulateMedia({ colorScheme: theme as 'light' | 'dark' })
      await app.open()
      await expect(app.firstVisit).toBeVisible()
      await app.timeline.pause.click()
      await looksRight(app, 'first visit')
      await app.visit('#lab=unknown')
      await expect(app.trouble).toBeVisible()
      await looksRight(app, 'trouble')
    })

    test(`axe finds nothing in Chinese (${theme})`, async ({ app, page }) => {
      await app.open(`#lab=node-failure&t=150&sel=host/calico-cluster-worker&lang=zh-CN&theme=${theme}`)
      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
      await expect(page.getByRole('heading', { name: 'calico-cluster-worker', exact: true })).toBeVisible()
      await looksRight(app, 'host in Chinese')
      await page.getByRole('button', { name: '分享', exact: true }).click()
      await expect(page.getByRole('dialog', { name: '分享' })).toBeVisible()
      await looksRight(app, 'share in Chinese')
    })

    test.describe('phone', () => {
      test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })
      test(`axe finds nothing on a phone (${theme})`, async ({ app, page }) => {
        await app.open(`#lab=node-failure&t=150&sel=host/calico-cluster-worker&theme=${theme}`)
        await expect(app.inspector.title('calico-cluster-worker')).toBeVisible()
        await looksRight(app, 'host on a phone')
        await page.getByRole('button', { name: 'More', exact: true }).click()
        await expect(page.getByRole('menu')).toBeVisible()
        await looksRight(app, 'menu on a phone')
      })
    })
  })
}
