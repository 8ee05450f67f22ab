// English and Simplified Chinese, switched in place.

import { en } from '../src/ui/i18n/en/index.ts'
import { zhCN } from '../src/ui/i18n/zh-CN/index.ts'
import { expect, test } from './fixtures.ts'

/** Every English text of the catalog that Chinese says otherwise: none of them may be left on a Chinese screen. */
function englishOnly(english: unknown, chinese: unknown): string[] {
  if (typeof english === 'string') return english === chinese || english.length < 3 ? [] : [english]
  if (typeof english !== 'object' || english === null) return []
  return Object.entries(english).flatMap(([key, value]) =>
    englishOnly(value, (chinese as Record<string, unknown>)?.[key]),
  )
}

const words = new Set(englishOnly(en, zhCN))

test('a person switches to Chinese and back: time, selection and open tab stay, and no English word of the page is left', async ({
  app,
  page,
}) => {
  expect(words.size).toBeGreaterThan(150)
  await app.open('#lab=node-failure')
  await app.timeline.goTo('02:30.000')
  await app.stage.click(app.stage.host('calico-cluster-worker'))
  await app.inspector.openTab('FIB')
  await app.button('Language: switch to 中文').click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.getByRole('button', { name: '场景: 节点故障' })).toBeVisible()
  await expect(page.getByRole('region', { name: '解说' })).toContainText('为什么是 100 到 242 s')
  await expect(page.getByRole('tab', { name: 'FIB' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('status', { name: '时间' })).toHaveText(/^02:30\.000/)
  await expect(page.getByRole('treeitem', { name: /^calico-cluster-worker2，Kubernetes 节点/ })).toBeAttached()

  const shown = await page.evaluate(() => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'placeholder', 'data-tip', 'aria-valuetext'])
          texts.push(node.getAttribute(name) ?? '')
      } else if (!node.parentElement?.closest('script, noscript, style, code, [lang="en"]'))
        texts.push(node.textContent?.trim() ?? '')
    }
    return texts
  })
  expect(shown.filter((text) => words.has(text))).toEqual([])
  // Whole English sentences: four Latin words in a row that are no command, name or log line.
  const sentences = shown.filter((text) => /\b[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}\b/.test(text))
  expect(sentences).toEqual([])

  await page.getByRole('button', { name: '语言：切换到 English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await app.timeline.shows('02:30.000')
  await expect(app.inspector.tab('FIB')).toHaveAttribute('aria-selected', 'true')
})

test.describe('a browser set to Chinese', () => {
  test.use({ locale: 'zh-CN' })
  test('a Chinese stranger is greeted in Chinese, and the choice of English is remembered', async ({ app, page }) => {
    await app.visit()
    await expect(page.getByRole('heading', { name: '看清 Calico 如何路由' })).toBeVisible()
    await page.getByRole('button', { name: '语言：切换到 English' }).click()
    await expect(app.firstVisit).toBeVisible()
    await page.reload()
    await expect(app.firstVisit).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})

test('a person switches the theme: the whole page follows, and the next visit remembers it', async ({ app, page }) => {
  await app.open('#lab=mesh')
  await app.button('Switch to the dark theme').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await app.button('Switch to the light theme').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})
