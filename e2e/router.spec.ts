// An outside router comes to the mesh: dragged in, clicked in, or put there by keyboard; it peers, and is taken away again.
import { expect, test } from './fixtures.ts'
import type { CalicoScope } from './pages/calicoscope.ts'

const NETWORK = '172.18.0.0/16'
const CONF = `router id 172.18.0.5;
protocol device {
  scan time 10;
}
protocol kernel {
  import none;
  export all;
}
protocol static {
  route 10.80.0.0/16 blackhole;
}
protocol bgp worker {
  local as 64511;
  neighbor 172.18.0.3 as 64512;
  import all;
  export all;
}
`
const PEER = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rtr-1
spec:
  peerIP: 172.18.0.5
  asNumber: 64511
`

async function meshAtRest(app: CalicoScope): Promise<void> {
  await app.open('#lab=mesh')
  await app.timeline.goTo('01:00.000')
  await expect(app.stage.host('calico-cluster-worker', '2 of 2 sessions Established')).toBeAttached()
}

async function seeItAdded(app: CalicoScope): Promise<void> {
  await expect(app.notice('Add router rtr-1, at 01:00.000')).toBeVisible()
  await expect(app.timeline.flag('01:00.000, Add router rtr-1')).toBeVisible()
  await expect(app.stage.host('rtr-1', 'outside router, 172.18.0.5')).toBeAttached()
  await expect(app.page.getByRole('heading', { name: 'rtr-1', exact: true })).toBeVisible()
}

test('a person drags a router in, writes its bird.conf and a BGPPeer, and the session comes up', async ({
  app,
  page,
}) => {
  await meshAtRest(app)
  await app.stage.drag('Router', app.stage.network(NETWORK))
  await seeItAdded(app)
  await expect(app.editor.text).toContainText('router id 172.18.0.5;')
  await expect(app.editor.text).toContainText('#  neighbor 172.18.0.3 as 64512;')
  await app.editor.write(CONF)
  await expect(app.editor.state).toHaveText('Can be applied.')
  await app.editor.apply()
  await expect(app.timeline.flag('01:00.000, Edit bird.conf of rtr-1')).toBeAttached()

  await app.editor.region.getByRole('button', { name: 'bird.conf of rtr-1' }).click()
  await page.getByRole('menuitemradio', { name: 'Manifest' }).click()
  await app.editor.write(PEER)
  await expect(app.editor.state).toHaveText('Will create BGPPeer rtr-1.')
  await app.editor.apply()
  await app.timeline.goTo('01:30.000')
  await expect(app.stage.host('rtr-1', '1 of 1 session Established')).toBeAttached()
  await app.terminal.open('rtr-1')
  expect(await app.terminal.run('birdc show protocols')).toMatch(/^worker\s+BGP\s+master\s+up\s.*Established/m)
  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('ip route')).toContain('10.80.0.0/16 via 172.18.0.5 dev eth0 proto bird')
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT })

  await app.stage.choose(app.stage.host('rtr-1'), 'Remove router')
  await expect(app.timeline.flag('01:30.000, Remove router rtr-1')).toBeAttached()
  await expect(app.stage.host('rtr-1')).toHaveCount(0)
  await app.undo.click()
  await expect(app.stage.host('rtr-1')).toHaveCount(1)
})

test('a person clicks the palette and then the network: the router is put there; undo takes it back', async ({
  app,
  page,
}) => {
  await meshAtRest(app)
  const { x, y } = await app.stage.pointOn(app.stage.network(NETWORK))
  await app.stage.add('Router').click()
  await page.mouse.move(x, y, { steps: 4 })
  await page.mouse.click(x, y)
  await seeItAdded(app)
  await app.undo.click()
  await expect(app.timeline.flag(/Add router/)).toHaveCount(0)
  await expect(app.stage.host('rtr-1')).toHaveCount(0)
})

test('a person presses R, chooses the network with Enter, and takes the router away with Delete', async ({
  app,
  page,
}) => {
  await meshAtRest(app)
  await app.stage.click(app.stage.host('calico-cluster-worker'))
  await page.keyboard.press('r')
  await page.keyboard.press('Enter')
  await seeItAdded(app)
  await app.stage.click(app.stage.host('rtr-1'))
  await page.keyboard.press('Delete')
  await expect(app.timeline.flag('01:00.000, Remove router rtr-1')).toBeAttached()
  await expect(app.stage.host('rtr-1')).toHaveCount(0)
})

test('the command palette adds a router, too', async ({ app, page }) => {
  await meshAtRest(app)
  await app.commands.run('Add a router')
  await page.keyboard.press('Enter')
  await seeItAdded(app)
})
