// The article's lab, repaired step by step (the last part of reference/article-lab.md, as the scenario states it).
import { expect, test } from './fixtures.ts'

const routesOf = (text: string) => text.split('\n').filter((line) => /^(unreachable )?192\.167\./.test(line))

test('a reader follows the repair of the article’s lab from flag to flag: no block, one unreachable, one reachable, three', async ({
  app,
  page,
}) => {
  await app.open('#lab=article-lab-fixed')
  await app.timeline.shows('00:00.000')
  await app.terminal.open('vm2')
  const kernel = async () => routesOf(await app.terminal.run('ip route'))

  await app.timeline.goTo('01:59.000')
  await expect(app.narrator).toContainText('Where the article stops')
  expect(await app.terminal.run('birdc show protocols')).toMatch(/k8s_calico\s+BGP\s+master\s+start\s.*Bad peer AS/)
  expect(await kernel()).toEqual([])

  await app.timeline.flag('02:00.000, Edit bird.conf of vm2').click()
  await app.timeline.shows('02:00.000')
  await expect(app.narrator).toContainText('1. The right AS')
  await app.timeline.goTo('02:55.000')
  expect(await app.terminal.run('birdc show protocols')).toMatch(/k8s_calico\s+BGP\s+master\s+up\s.*Established/)
  expect(await kernel()).toEqual([expect.stringMatching(/^unreachable 192\.167\.11\.192\/26 proto bird/)])

  await app.timeline.flag('03:00.000, Edit bird.conf of vm2').click()
  await expect(app.narrator).toContainText('2. Learn the kernel')
  await app.timeline.goTo('03:55.000')
  expect(await kernel()).toEqual([
    expect.stringMatching(/^192\.167\.11\.192\/26 via 192\.168\.64\.1 dev eth0 proto bird/),
  ])

  await app.timeline.flag('04:00.000, Edit bird.conf of vm2').click()
  await expect(app.narrator).toContainText('3. One neighbour per node')
  await app.timeline.goTo('05:00.000')
  await expect(app.narrator).toContainText('Up is not reachable')
  const blocks = ['192.167.11.192/26', '192.167.156.64/26', '192.167.240.192/26']
  const via = (block: string) => expect.stringContaining(`${block} via 192.168.64.1 dev eth0 proto bird`)
  expect(await kernel()).toEqual(blocks.map(via))
  await expect(app.stage.host('vm2', '3 of 3 sessions Established')).toBeAttached()

  // And back: the terminal reads the playhead, not the present.
  await app.timeline.goTo('02:55.000')
  expect(await kernel()).toEqual([expect.stringMatching(/^unreachable 192\.167\.11\.192\/26/)])
  await expect(page.getByText('as of 02:55.000')).toBeVisible()
})

test('a reader of the article as written sees that the operator refuses it, and why', async ({ app }) => {
  await app.open('#lab=article-as-written')
  await app.timeline.goTo('00:30.000')
  await expect(app.events.row(/The operator refuses: /).first()).toBeAttached()
})
