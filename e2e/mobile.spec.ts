// A phone: play, scrub, inspect.
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('a person with a phone plays, scrubs with a finger and looks into a node', async ({ app, page }) => {
  await app.open('#lab=node-failure')
  await app.timeline.play.tap()
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(0)
  await app.timeline.pause.tap()
  await expect(app.timeline.play).toBeVisible()

  const track = await app.timeline.playhead.boundingBox()
  if (!track) throw new Error('no scrub track')
  await page.touchscreen.tap(track.x + track.width * 0.9, track.y + track.height / 2)
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(60)
  await page.touchscreen.tap(track.x + track.width * 0.05, track.y + track.height / 2)
  await expect.poll(() => app.timeline.seconds()).toBeLessThan(60)

  const { x, y } = await app.stage.pointOn(app.stage.host('calico-cluster-worker'))
  await page.touchscreen.tap(x, y)
  await expect(app.inspector.title('calico-cluster-worker')).toBeVisible()
  await app.inspector.tab('FIB').tap()
  await expect(app.inspector.kernel).toContainText('default via 172.18.0.1')

  // Nothing sticks out of the screen, and what is tapped is large enough for a finger.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  for (const button of await app.timeline.region.getByRole('button').all()) {
    const box = await button.boundingBox()
    expect
      .soft(Math.min(box?.width ?? 0, box?.height ?? 0), (await button.getAttribute('aria-label')) ?? '')
      .toBeGreaterThanOrEqual(43)
  }
})

test('a stranger with a phone is greeted and can share from the menu', async ({ app, page }) => {
  await app.open()
  await expect(app.firstVisit).toBeVisible()
  await app.firstVisit.getByRole('button', { name: /Watch a mesh form/ }).tap()
  await expect(app.firstVisit).toBeHidden()
  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Share' }).tap()
  await expect(app.share.link).toHaveValue(/#lab=mesh&t=/)
})
