// The kernel keeps the ARP neighbours of all namespaces in one table of limited size. A mesh of 33 hosts fills the usual
// 1024 entries; beyond that, sessions do not come up and hold timers expire, which is no difference of any daemon.
import { readFileSync } from 'node:fs'
import type { Lab } from '../../src/sim/export/lab-types.ts'

const LIMIT = '/proc/sys/net/ipv4/neigh/default/gc_thresh3'

/** Neighbours at most: everybody on a network knows everybody else there. */
export function neighboursOf({ networks, hosts }: Pick<Lab, 'networks' | 'hosts'>): number {
  const count = (name: string): number =>
    hosts.flatMap(({ interfaces }) => interfaces).filter(({ network }) => network === name).length
  return networks.reduce((sum, { name }) => sum + count(name) * (count(name) - 1), 0)
}

/** What to say when they may not fit; null: they do. */
export function neighbourShortage(lab: Pick<Lab, 'networks' | 'hosts'>, limit = limitOfKernel()): string | null {
  const needed = neighboursOf(lab)
  if (needed <= limit) return null
  return `up to ${needed} ARP neighbours, and the kernel keeps ${limit}: raise net.ipv4.neigh.default.gc_thresh1 to 3, or sessions may not come up`
}

function limitOfKernel(): number {
  return Number(readFileSync(LIMIT, 'utf8'))
}
