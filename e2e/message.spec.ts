// One message taken apart: decoded fields beside the bytes that went over the wire.
import { expect, test } from './fixtures.ts'

test('a person opens an UPDATE: the field they point at lights its bytes and is explained; Esc leads back to the stage', async ({
  app,
  page,
}) => {
  await app.open('#lab=mesh&t=2.0065')
  await app.events
    .row(/announces .*192\.167\.11\.192\/26 to/)
    .first()
    .click()
  await expect(app.inspector.title('UPDATE')).toBeVisible()
  await app.inspector.region.getByRole('button', { name: 'Open message' }).click()
  const decoded = page.getByRole('treegrid', { name: 'Decoded' })
  const bytes = page.getByRole('table', { name: 'Bytes' })
  const explanation = page.getByRole('region', { name: 'Explanation' })
  await expect(bytes.getByRole('button', { name: /^Marker: ff ff ff ff/ }).first()).toBeVisible()

  await decoded.getByRole('row', { name: '192.167.11.192/26' }).last().click()
  // Length 26 and the four bytes of the address; a path ID may stand before them, and a row may end between them.
  const chosen = bytes.getByRole('button', { pressed: true })
  await expect.poll(async () => (await chosen.allTextContents()).join('')).toContain('1ac0a70bc0')
  await expect(explanation).toContainText('192.167.11.192/26')
  await page.getByRole('radio', { name: 'Binary' }).click()
  await expect.poll(async () => (await chosen.allTextContents()).join('')).toContain('0001 1010')

  // The other way round, by keyboard: from the bytes to the field.
  await page.getByRole('radio', { name: 'Hex' }).click()
  await bytes
    .getByRole('button', { name: /^Marker: / })
    .first()
    .focus()
  await expect(decoded.getByRole('row', { name: /^Marker/ })).toHaveAttribute('aria-selected', 'true')
  await expect(explanation).toContainText('Marker')
  await page.keyboard.press('Escape')
  await expect(app.stage.host('calico-cluster-worker')).toBeAttached()
})

test('a person filters for NOTIFICATIONs of vm2: the wire says why the article’s peers do not talk', async ({
  app,
  page,
}) => {
  await app.open('#lab=article-lab&t=180')
  await app.timeline.button('NOTIFICATION').click({ modifiers: ['Alt'] })
  await expect(app.timeline.button('UPDATE')).toHaveAttribute('aria-pressed', 'false')
  const filter = app.events.region.getByRole('button', { name: /^Filter: / })
  await filter.click()
  await page.getByRole('menuitem', { name: 'Node' }).press('ArrowRight')
  await page.getByRole('menuitemradio', { name: 'vm2' }).click()
  await expect(filter).toHaveAccessibleName('Filter: vm2')
  await filter.click()
  await page.getByRole('menuitemradio', { name: 'Sessions' }).click()
  const notification = app.events.row(/vm2 sends NOTIFICATION .*to calico-cluster-worker/).first()
  await expect(notification).toContainText(/2\/2/)
  await notification.click()
  await expect(app.inspector.title('NOTIFICATION')).toBeVisible()
  await expect(app.inspector.region).toContainText(/Bad peer AS/i)
})
