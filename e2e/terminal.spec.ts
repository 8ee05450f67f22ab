// The terminal: reading commands answer for the playhead, writing ones become flags.
import { expect, test } from './fixtures.ts'

test('a person reads the cluster with its own tools: each answers as of the playhead', async ({ app, page }) => {
  await app.open('#lab=mesh&t=60')
  await app.terminal.open('calico-cluster-worker')
  await expect(app.terminal.region).toContainText('as of 01:00.000')
  const answers: Record<string, RegExp> = {
    'birdc show status': /^BIRD v0\.3\.3\+birdv1\.6\.8$/m,
    'birdc show protocols': /^name\s+proto\s+table\s+state\s+since\s+info$/m,
    'birdc show protocols all Mesh_172_18_0_4': /BGP state:\s+Established/,
    'birdc show route': /^192\.167\.240\.192\/26\s+via 172\.18\.0\.4 on (tunl0|eth0) \[Mesh_172_18_0_4/m,
    'birdc show route for 192.167.240.193': /^192\.167\.240\.192\/26/m,
    'ip route': /^blackhole 192\.167\.11\.192\/26 proto bird/m,
    'ip route get 192.167.240.193': /via 172\.18\.0\.4 dev tunl0/,
    'calicoctl node status': /node-to-node mesh/,
    'kubectl get nodes -o wide': /calico-cluster-worker2\s+Ready/,
    'kubectl get pods -o wide': /web-1\s+1\/1\s+Running/,
    'journalctl -u bird': /\/var\/log\/calico\/bird|kubectl logs|not .*journal/i,
    'show me the money': /.+/,
  }
  for (const [command, answer] of Object.entries(answers))
    expect.soft(await app.terminal.run(command), command).toMatch(answer)
  await expect(app.undo).toBeDisabled()

  // History and completion, as in any shell.
  await app.terminal.input.fill('')
  await page.keyboard.press('ArrowUp')
  await expect(app.terminal.input).toHaveValue('show me the money')
  await app.terminal.input.fill('birdc show prot')
  await page.keyboard.press('Tab')
  await expect(app.terminal.input).toHaveValue(/^birdc show protocols/)

  await app.timeline.goTo('00:01.000')
  await expect(app.terminal.region).toContainText('as of 00:01.000')
  expect(await app.terminal.run('birdc show protocols')).not.toContain('Established')
})

test('a person stays in birdc: its prompt, its help, its completion, and the way out', async ({ app, page }) => {
  await app.open('#lab=mesh&t=60')
  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('birdc')).toBe('BIRD v0.3.3+birdv1.6.8 ready.\n')
  await expect(app.terminal.region).toContainText('bird>')
  expect(await app.terminal.run('show protocols Mesh_172_18_0_4')).toMatch(/^Mesh_172_18_0_4 BGP .*Established/m)
  await app.terminal.input.fill('show ')
  await page.keyboard.press('?')
  await expect(app.terminal.log).toContainText('show interfaces')
  await expect(app.terminal.input).toHaveValue('show ')
  await app.terminal.input.fill('show prot')
  await page.keyboard.press('Tab')
  await expect(app.terminal.input).toHaveValue(/^show protocols/)
  expect(await app.terminal.run('disable Mesh_172_18_0_4')).toContain('Mesh_172_18_0_4: disabled')
  await app.terminal.input.fill('')
  await page.keyboard.press('Control+d')
  await expect(app.terminal.region).not.toContainText(/bird>\s*$/)
  expect(await app.terminal.run('ip link')).toContain('eth0')
})

test('a person disables a protocol in the terminal: birdc answers, the session goes down, a flag stands on the timeline', async ({
  app,
}) => {
  await app.open('#lab=mesh&t=60')
  await app.terminal.open('calico-cluster-worker')
  expect(await app.terminal.run('birdc disable Mesh_172_18_0_4')).toContain('Mesh_172_18_0_4: disabled')
  await expect(app.terminal.log).toContainText('done at 01:00.000; it is on the timeline')
  await expect(app.timeline.flag('01:00.000, calico-cluster-worker: birdc disable Mesh_172_18_0_4')).toBeVisible()
  await app.timeline.goTo('01:05.000')
  await expect(app.stage.host('calico-cluster-worker', '1 of 2 sessions Established')).toBeAttached()
  expect(await app.terminal.run('birdc enable Mesh_172_18_0_4')).toContain('Mesh_172_18_0_4: enabled')
  await app.timeline.goTo('01:20.000')
  await expect(app.stage.host('calico-cluster-worker', '2 of 2 sessions Established')).toBeAttached()
})
