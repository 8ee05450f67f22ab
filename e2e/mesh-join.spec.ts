// A fourth node joins the mesh: dragged in, clicked in, or put there by keyboard.
import { expect, test } from './fixtures.ts'
import type { CalicoScope } from './pages/calicoscope.ts'

const NEW = 'calico-cluster-worker3'

/** The mesh is at rest at one minute; two minutes are known to have passed, so that the joining is no edit of the past. */
async function meshAtRest(app: CalicoScope): Promise<void> {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await expect(app.stage.host('calico-cluster-worker', '2 of 2 sessions Established')).toBeAttached()
}

async function seeItAdded(app: CalicoScope): Promise<void> {
  await expect(app.notice(`Add node ${NEW}, at 01:00.000`)).toBeVisible()
  await expect(app.timeline.flag(`01:00.000, Add node ${NEW}`)).toBeVisible()
  await expect(app.stage.host(NEW, 'Booting')).toBeAttached()
}

test('a person drags a node from the palette into the mesh: it boots, meets its peers, and its block is announced to them', async ({
  app,
  page,
}) => {
  await meshAtRest(app)
  await app.stage.drag('K8s node', app.stage.network('172.18.0.0/16'))
  await seeItAdded(app)

  await app.timeline.goTo('02:30.000')
  await expect(app.stage.host(NEW, '3 of 3 sessions Established, 1 block')).toBeAttached()
  await expect(app.stage.host('calico-cluster-worker', '3 of 3 sessions Established')).toBeAttached()

  const announced = app.events.row(new RegExp(`${NEW} announces .*192\\.167\\.\\d+\\.\\d+/26 to`)).first()
  await expect(announced).toBeAttached()
  const block = /192\.167\.\d+\.\d+\/26/.exec((await announced.textContent()) ?? '')?.[0] ?? 'no block'

  await app.stage.click(app.stage.host('calico-cluster-worker'))
  await expect(app.inspector.title('calico-cluster-worker')).toBeVisible()
  await app.inspector.openTab('RIB')
  await expect(app.inspector.routes.getByRole('row', { name: block })).toContainText('Mesh_172_18_0_5')
  await app.inspector.openTab('FIB')
  await expect(app.inspector.kernel).toContainText(`${block} via 172.18.0.5 dev tunl0 proto bird onlink`)

  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('birdc show protocols')).toMatch(/^Mesh_172_18_0_5 BGP\s+master\s+up\s.*Established/m)
  // The newcomer got everything that was known: the refeed.
  await app.terminal.open(NEW)
  const kernel = await app.terminal.run('ip route')
  for (const peer of [2, 3, 4])
    expect(kernel).toMatch(new RegExp(`/26 via 172\\.18\\.0\\.${peer} dev tunl0 proto bird onlink`))
  // And before it came, its peer knew nothing of it.
  await app.timeline.goTo('00:59.000')
  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('birdc show protocols')).not.toContain('Mesh_172_18_0_5')
  await expect(app.stage.host(NEW)).toHaveCount(0)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a person clicks the palette and then the network: the node is put there', async ({ app, page }) => {
  await meshAtRest(app)
  const { x, y } = await app.stage.pointOn(app.stage.network('172.18.0.0/16'))
  await app.stage.add('K8s node').click()
  await expect(app.stage.add('K8s node')).toHaveAttribute('aria-pressed', 'true')
  await page.mouse.move(x, y)
  await expect(app.stage.region).toContainText('Add to kind')
  await page.mouse.click(x, y)
  await seeItAdded(app)
  await app.timeline.goTo('02:30.000')
  await expect(app.stage.host(NEW, '3 of 3 sessions Established')).toBeAttached()
})

test('a person picks a node up and presses Esc, or drops it beside the stage: nothing is added', async ({
  app,
  page,
}) => {
  await meshAtRest(app)
  const { x, y } = await app.stage.pointOn(app.stage.network('172.18.0.0/16'))
  await app.stage.add('K8s node').click()
  await page.mouse.move(x, y)
  await page.keyboard.press('Escape')
  await expect(app.stage.add('K8s node')).toHaveAttribute('aria-pressed', 'false')
  await page.mouse.click(x, y)
  const clock = await app.timeline.clock.boundingBox()
  const item = await app.stage.pointOn(app.stage.add('K8s node'))
  await page.mouse.move(item.x, item.y)
  await page.mouse.down()
  await page.mouse.move(clock?.x ?? 0, clock?.y ?? 0, { steps: 5 })
  await page.mouse.up()
  await expect(app.stage.item(/, Kubernetes node, /)).toHaveCount(3)
  await expect(app.undo).toBeDisabled()
})

test('a person adds a node by keyboard: N, arrow keys for the place, Enter', async ({ app, page }) => {
  await meshAtRest(app)
  await page.keyboard.press('n')
  await expect(app.stage.region.getByRole('status')).toContainText('Arrow keys choose the place, Enter confirms')
  await expect(app.stage.region.getByRole('status')).toContainText('Add to kind')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await seeItAdded(app)
  await app.timeline.goTo('02:30.000')
  await expect(app.stage.host(NEW, '3 of 3 sessions Established')).toBeAttached()
})

test('a person drags a pod onto a worker: it appears in the worker’s block with an address', async ({ app }) => {
  await meshAtRest(app)
  await app.stage.drag('Pod', app.stage.host('calico-cluster-worker2'))
  await expect(
    app.notice(/Create pod default\/web-\d+ on calico-cluster-worker2|Create pod default\/web-\d+/),
  ).toBeVisible()
  await app.timeline.goTo('01:30.000')
  await expect(app.stage.host('calico-cluster-worker2', '1 block, 2 pods')).toBeAttached()
  await expect(app.events.row(/gets 192\.167\.240\.\d+ from/).last()).toBeAttached()
})
