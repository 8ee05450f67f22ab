// A worker loses power; the person looks before and after, acts in the past, takes it back.
import { expect, test } from './fixtures.ts'

test('a person powers a worker off: traffic is lost until the others’ hold timers fire, and scrubbing shows before and after', async ({
  app,
}) => {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await app.stage.choose(app.stage.host('calico-cluster-worker2'), 'Power off')
  await expect(app.notice('Power off calico-cluster-worker2, at 01:00.000')).toBeVisible()
  await expect(app.timeline.flag('01:00.000, Power off calico-cluster-worker2')).toBeVisible()
  const loss = app.timeline.region.getByRole('button', { name: /^01:00\.\d+, 2 of 4 pod pairs lose traffic/ })
  await expect(loss).toBeVisible()

  const worker = app.stage.host('calico-cluster-worker')
  await app.timeline.goTo('02:00.000')
  const off = app.stage.host('calico-cluster-worker2', 'Power off')
  await expect(off).toBeAttached()
  await app.stage.click(off)
  await expect(app.inspector.panel).toContainText('BIRDnot started')
  await app.stage.click(worker)
  await app.inspector.openTab('FIB')
  const line = app.inspector.kernel.getByText(/^192\.167\.240\.192\/26 via 172\.18\.0\.4 dev tunl0/)
  await expect(line).toBeVisible()

  await app.timeline.goTo('05:10.000')
  await expect(app.inspector.kernel).toContainText('192.167.156.64/26')
  await expect(line).toHaveCount(0)
  await expect(app.stage.host('calico-cluster-worker', '1 of 2 sessions Established')).toBeAttached()
  await app.inspector.openTab('Log')
  await expect(app.inspector.panel).toContainText('Mesh_172_18_0_4: Error: Hold timer expired')

  await app.timeline.goTo('00:30.000')
  await expect(app.stage.host('calico-cluster-worker2', 'AS 64512, 2 of 2 sessions Established')).toBeAttached()
  await expect(app.inspector.panel).not.toContainText('Hold timer expired')
  await app.inspector.openTab('FIB')
  await expect(line).toBeVisible()

  await loss.click()
  const pairs = app.page.getByRole('dialog', { name: '2 of 4 pod pairs lose traffic' })
  await expect(pairs).toContainText('default/client to default/web-2')
  await pairs.getByRole('button', { name: 'Go to its beginning' }).click()
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThanOrEqual(60)
  await expect(app.stage.host('calico-cluster-worker2', 'Power off')).toBeAttached()
})

test('a person drags the playhead: the clock and the stage follow in both directions', async ({ app }) => {
  await app.open('#lab=node-failure&t=30')
  await app.timeline.shows('00:30.000')
  await app.timeline.scrubTo(0.97)
  const late = await app.timeline.seconds()
  expect(late).toBeGreaterThan(60)
  await app.timeline.scrubTo(0.02)
  expect(await app.timeline.seconds()).toBeLessThan(2)
  await expect(app.stage.host('calico-cluster-worker', '0 of 2 sessions Established')).toBeAttached()
})

test('a person acts in the past: a what-if branch begins there, the old future stays, undo and redo take it back and forth', async ({
  app,
}) => {
  await app.open('#lab=node-failure')
  await app.timeline.goTo('05:10.000')
  await app.timeline.goTo('00:40.000')
  await app.stage.choose(app.stage.host('calico-cluster-worker'), 'Power off')
  await expect(app.notice(/Power off calico-cluster-worker\. Branched at 00:40\.000/)).toBeVisible()
  await expect(app.timeline.branch).toHaveAccessibleName(/what-if 1/)
  await expect(app.page.getByRole('img', { name: /what-if 1 leaves here, 00:40\.000/ })).toBeVisible()
  const ownFlag = app.timeline.flag('00:40.000, Power off calico-cluster-worker')
  const oldFlag = app.timeline.flag('01:00.000, Power off calico-cluster-worker2')
  await expect(ownFlag).toBeVisible()
  await expect(oldFlag).toHaveCount(0)
  const branched = await app.hash()

  await app.timeline.branch.click()
  await app.page.getByRole('menuitemradio', { name: /^main/ }).click()
  await expect(oldFlag).toBeVisible()
  await expect(ownFlag).toHaveCount(0)
  await app.timeline.branch.click()
  await app.page.getByRole('menuitemradio', { name: /^what-if 1/ }).click()
  await expect(ownFlag).toBeVisible()

  await app.undo.click()
  await expect(ownFlag).toHaveCount(0)
  await expect(oldFlag).toBeVisible()
  await expect(app.stage.host('calico-cluster-worker', '2 of 2 sessions Established')).toBeAttached()
  await expect(app.undo).toBeDisabled()

  await app.redo.click()
  await expect(ownFlag).toBeVisible()
  await expect(oldFlag).toHaveCount(0)
  await app.timeline.goTo('00:40.000')
  expect(await app.hash()).toBe(branched)
})

test('a person cuts a link and mends it: the same entries of the menu, and the flags tell both', async ({ app }) => {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await app.stage.choose(app.stage.host('calico-cluster-worker2'), 'Cut link to kind')
  await expect(app.stage.item('Link of calico-cluster-worker2 to kind, cut')).toHaveCount(0)
  await app.timeline.goTo('01:20.000')
  await app.stage.host('calico-cluster-worker2').focus()
  await app.page.keyboard.press('ArrowRight')
  await expect(app.stage.item('Link of calico-cluster-worker2 to kind, cut')).toBeAttached()
  await app.stage.choose(app.stage.host('calico-cluster-worker2'), 'Mend link to kind')
  await expect(app.timeline.flag('01:20.000, Mend link calico-cluster-worker2 to kind')).toBeVisible()
  await app.timeline.goTo('01:21.000')
  await expect(app.stage.item(/^Link of calico-cluster-worker2 to kind$/)).toBeAttached()
})

test('a person asks who knows a block: owner and peers answer, and once the hold timers fired only silence', async ({
  app,
}) => {
  await app.open('#lab=node-failure&t=50&sel=block/192.167.240.192/26')
  await expect(app.inspector.title('192.167.240.192/26')).toBeVisible()
  await expect(app.inspector.knowers).toHaveText([
    /control-plane.*Mesh_172_18_0_4 via 172\.18\.0\.4 on eth0.*240\.192\/26 via 172\.18\.0\.4 dev tunl0 proto bird onlink/,
    /worker.*Mesh_172_18_0_4/,
    /worker2.*static1 blackhole.*blackhole 192\.167\.240\.192\/26 proto bird/,
  ])
  await app.timeline.goTo('05:10.000')
  await expect(app.inspector.knowers).toHaveText([
    /control-plane.*no path in BIRD.*no route in the kernel/,
    /worker.*no path in BIRD/,
    /worker2.*BIRD does not run here/,
  ])
})

test('a person deletes a node: its routes are gone within a second', async ({ app, page }) => {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await app.stage.click(app.stage.host('calico-cluster-worker2'))
  await expect(app.inspector.title('calico-cluster-worker2')).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(app.notice('Delete Node calico-cluster-worker2, at 01:00.000')).toBeVisible()
  await app.timeline.goTo('01:01.000')
  await app.terminal.open('calico-cluster-worker')
  const kernel = await app.terminal.run('ip route')
  expect(kernel).toContain('192.167.156.64/26 via 172.18.0.2 dev tunl0 proto bird onlink')
  expect(kernel).not.toContain('192.167.240.192/26 via')
})
