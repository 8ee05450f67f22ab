// The test bed of the captures: three Calico nodes in a full mesh on one network.
import { nodeFiles } from './bird-configs.ts'
import { type BirdHost, BirdNet } from './bird-net.ts'

export const BED = [
  { name: 'n1', address: '10.192.0.2', block: '192.168.221.64/26' },
  { name: 'n2', address: '10.192.0.3', block: '192.168.45.128/26' },
  { name: 'n3', address: '10.192.0.4', block: '192.168.99.0/26' },
] as const

export const MESH = BED.map((node) => node.address)

export interface Bed {
  net: BirdNet
  n1: BirdHost
  n2: BirdHost
  n3: BirdHost
}

/** Not started yet. n3 hosts a pod with a borrowed address. */
export function meshBed(options: { debug?: string; recovery?: boolean } = {}): Bed {
  const net = new BirdNet()
  net.run(810_000)
  const [n1, n2, n3] = BED.map(({ name, address, block }) =>
    net
      .host({
        name,
        address,
        recovery: options.recovery ?? true,
        files: nodeFiles({ address, block, mesh: MESH, debug: options.debug ?? '{ states }' }),
      })
      .defaultVia('10.192.0.1')
      .tunnel(block.replace(/\/.*/, '')),
  ) as [BirdHost, BirdHost, BirdHost]
  n1.pod('192.168.221.65', 'caliaaa').pod('192.168.221.66', 'calibbb')
  n3.pod('192.168.221.100', 'calieee')
  return { net, n1, n2, n3 }
}

/** Converged for a while. */
export function runningBed(options: { debug?: string; recovery?: boolean } = {}): Bed {
  const bed = meshBed(options)
  for (const host of [bed.n1, bed.n2, bed.n3]) host.start()
  bed.net.runSeconds(20.4)
  return bed
}

/** Lines of one protocol, without its name and without what its export filter did. */
export function linesOf(host: BirdHost, protocol: string, from = 0): string[] {
  return host
    .lines(from)
    .filter((line) => line.startsWith(protocol) && !/< (filtered out|rejected by protocol)/.test(line))
    .map((line) => line.slice(protocol.length).replace(/^:? /, ''))
}
