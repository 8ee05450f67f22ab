import { describe, expect, it } from 'vitest'
import { nodeFiles } from '../testing/bird-configs.ts'
import { BirdNet } from '../testing/bird-net.ts'

const BED = [
  ['n1', '10.192.0.2', '192.168.221.64/26'],
  ['n2', '10.192.0.3', '192.168.45.128/26'],
  ['n3', '10.192.0.4', '192.168.99.0/26'],
] as const
const mesh = BED.map(([, address]) => address)

function bed(debug = '{ states }', recovery = true) {
  const net = new BirdNet()
  const hosts = BED.map(([name, address, block]) =>
    net
      .host({ name, address, recovery, files: nodeFiles({ address, block, mesh, debug }) })
      .defaultVia('10.192.0.1')
      .tunnel(block.replace(/\/.*/, '')),
  )
  return { net, n1: hosts[0]!, n2: hosts[1]!, n3: hosts[2]!, hosts }
}

describe('cold start of a mesh', () => {
  it('prints the lines of the capture in their order', () => {
    const { net, n1, hosts } = bed('all')
    net.run(810_000)
    for (const host of hosts) host.start()
    net.runSeconds(5)
    expect(n1.state('Mesh_10_192_0_3')).toBe('up Established')
  })
})
