// Manifests and bird.conf: what is wrong stands at its line and column and changes nothing; what is right becomes a flag.
import { expect, test } from './fixtures.ts'

const PEER = `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rack-router
spec:
  peerIP: 192.168.64.6
  asNumber: 64512
`

test('a person writes broken YAML: line, column and message are shown, and nothing is applied', async ({ app }) => {
  await app.open('#lab=mesh&t=60')
  await app.editor.open()
  await app.editor.write(PEER.replace('asNumber: 64512', 'asNumber: [64512'))
  await expect(app.editor.state).toHaveText(/^1 problem: \d+:\d+ ./)
  await app.editor.apply()
  await app.editor.write(PEER.replace('asNumber: 64512', 'asNumber: sixty'))
  await expect(app.editor.state).toHaveText(/^1 problem: 7:\d+ .*AS Number/)
  await app.editor.apply()
  await app.editor.write(PEER.replace('asNumber', 'asNumbr'))
  await expect(app.editor.state).toHaveText(/problems?: 7:3 .*asNumb/)
  await app.editor.apply()
  await expect(app.undo).toBeDisabled()
  await expect(app.timeline.flag(/Apply/)).toHaveCount(0)
})

test('a person applies a BGPPeer: it becomes a flag, every node gets a Global_ protocol, and undo takes it back', async ({
  app,
}) => {
  await app.open('#lab=mesh&t=60')
  await app.editor.open()
  await app.editor.write(PEER)
  await expect(app.editor.state).toHaveText('Will create BGPPeer rack-router.')
  await app.editor.apply()
  await expect(app.notice('Apply BGPPeer rack-router, at 01:00.000')).toBeVisible()
  await expect(app.timeline.flag('01:00.000, Apply BGPPeer rack-router')).toBeVisible()
  await expect(app.editor.state).toHaveText('Will change BGPPeer rack-router.')
  await app.timeline.goTo('01:10.000')
  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('birdc show protocols')).toMatch(/^Global_192_168_64_6 BGP/m)
  expect(await app.terminal.run('calicoctl get bgppeer')).toContain('rack-router')
  await app.undo.click()
  await expect(app.timeline.flag(/Apply BGPPeer/)).toHaveCount(0)
  expect(await app.terminal.run('birdc show protocols')).not.toContain('Global_')
})

test('a person edits an outside router’s bird.conf: an error stands at its line, a repair is applied and flagged', async ({
  app,
  page,
}) => {
  await app.open('#lab=article-lab-fixed&t=100')
  await app.editor.open()
  await app.editor.region.getByRole('button', { name: 'Manifest' }).click()
  await page.getByRole('menuitemradio', { name: 'bird.conf of vm2' }).click()
  await expect(app.editor.text).toContainText('neighbor 172.18.0.3 as 64511;')
  const conf = (as: string) =>
    `router id 192.168.64.6;\nprotocol device {\n    scan time 60;\n}\nprotocol bgp k8s_calico {\n    local as 64512;\n    neighbor 172.18.0.3 as ${as};\n    import all;\n    multihop;\n}\n`
  await app.editor.write(conf('many'))
  await expect(app.editor.state).toHaveText(/^1 problem: 7:\d+ /)
  await app.editor.apply()
  await expect(app.undo).toBeDisabled()
  await app.editor.write(conf('64512'))
  await expect(app.editor.state).toHaveText('Can be applied.')
  await app.editor.apply()
  await expect(app.timeline.flag('01:40.000, Edit bird.conf of vm2')).toBeVisible()
  await app.timeline.goTo('01:55.000')
  await app.terminal.open('vm2')
  expect(await app.terminal.run('birdc show protocols')).toMatch(/^k8s_calico\s+BGP\s+master\s+up\s.*Established/m)
})
