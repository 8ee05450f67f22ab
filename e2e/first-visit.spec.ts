// A stranger opens the page.
import { expect, test } from './fixtures.ts'

test('a stranger opens the page: time runs, messages fly, three ways to begin are offered', async ({ app }) => {
  await app.open()
  await expect(app.scenario('A mesh forms')).toBeVisible()
  const before = await app.timeline.seconds()
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(before)
  await expect(app.stage.inFlight.first()).toHaveAttribute(
    'aria-label',
    /^(OPEN|KEEPALIVE|UPDATE|END-OF-RIB) from calico-/,
  )
  const choices = app.firstVisit.getByRole('button', { name: /mesh form|article’s lab|^Blank cluster/ })
  await expect(choices).toHaveCount(3)
  await expect(app.narrator).toContainText(/One side dials|One block each/)
  await expect(app.stage.host('calico-cluster-worker', '2 of 2 sessions Established')).toBeAttached({ timeout: 30_000 })
})

test('the stranger chooses "Watch a mesh form": it plays from its start, and the next visit does not ask again', async ({
  app,
  page,
}) => {
  await app.open()
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(1.5)
  await app.firstVisit.getByRole('button', { name: /Watch a mesh form/ }).click()
  await expect(app.firstVisit).toBeHidden()
  await expect(page).toHaveURL(/#lab=mesh$/)
  await expect(app.timeline.pause).toBeVisible()
  await expect.poll(() => app.timeline.seconds()).toBeLessThan(2.1)
  await app.visit()
  await expect(app.stage.host('calico-cluster-worker')).toBeAttached()
  await expect(app.timeline.pause).toBeVisible()
  await expect(app.firstVisit).toBeHidden()
})

test('the stranger chooses the article’s lab: the outside routers stand on the stage and it plays', async ({
  app,
  page,
}) => {
  await app.open()
  await app.firstVisit.getByRole('button', { name: /Repair the article’s lab/ }).click()
  await expect(app.scenario("The article's lab, repaired")).toBeVisible()
  await expect(page).toHaveURL(/#lab=article-lab-fixed$/)
  await expect(app.stage.host('vm2', '192.168.64.6')).toBeAttached()
  await expect.poll(() => app.timeline.seconds()).toBeGreaterThan(0)
  await expect(app.narrator).toContainText('Where the article stops')
})

test('the stranger chooses a blank cluster: an empty network says what to do, and a first node can be put there', async ({
  app,
}) => {
  await app.open()
  await app.firstVisit.getByRole('button', { name: /Blank cluster/ }).click()
  await expect(app.scenario('Blank cluster')).toBeVisible()
  await expect(app.stage.region).toContainText('Drag a node here, or press N')
  await app.stage.drag('K8s node', app.stage.network('172.18.0.0/16'))
  await expect(app.notice('Add node worker, at 00:00.000')).toBeVisible()
  await app.timeline.goTo('01:00.000')
  await expect(app.stage.host('worker', '172.18.0.2, AS 64512')).toBeAttached()
})
