// The addresses of a block as cells: ordinal, address, owner.
import type { BlockView } from '../../../sim/index.ts'
import { formatAddress, readCidr } from '../data/prefixes.ts'

export interface Cell {
  ordinal: number
  address: string
  owner: string | null
  phase: string | null
}

/** A larger block only shows what is in use. */
export const MOST_CELLS = 256

export function cellsOf(block: BlockView): Cell[] {
  const cidr = readCidr(block.cidr)
  if (!cidr) return []
  const owners = new Map(block.pods.map((pod) => [pod.address, pod]))
  const cell = (ordinal: number): Cell => {
    const address = formatAddress(cidr.address + ordinal)
    const pod = owners.get(address)
    return { ordinal, address, owner: pod?.id ?? null, phase: pod?.phase ?? null }
  }
  const all = Array.from({ length: block.size }, (_, ordinal) => ordinal)
  if (block.size <= MOST_CELLS) return all.map(cell)
  return all.map(cell).filter(({ owner }) => owner !== null)
}
