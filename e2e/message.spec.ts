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
  await expect(bytes.getByRole('button', { pressed: true })).toHaveAccessibleName(/1a c0 a7 0b c0$/)
  await expect(explanation).toContainText('192.167.11.192/26')
  await page.getByRole('radio', { name: 'Binary' }).click()
  await expect(bytes.getByRole('button', { pressed: true }).first()).toHaveAccessibleName(/00011010/)

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

test('a person sees why the article’s peers do not talk: the NOTIFICATION 2/2 Bad Peer AS is on the wire', async ({
  app,
}) => {
  await app.open('#lab=article-lab&t=180')
  const notification = app.events.row(/vm2 sends NOTIFICATION/).first()
  await expect(notification).toContainText(/2\/2/)
  await notification.click()
  await expect(app.inspector.title('NOTIFICATION')).toBeVisible()
  await expect(app.inspector.region).toContainText(/Bad peer AS/i)
})
