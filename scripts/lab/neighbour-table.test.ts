import { describe, expect, it } from 'vitest'
import { neighbourShortage, neighboursOf } from './neighbour-table.ts'

const host = (name: string, ...networks: string[]) => ({
  name,
  interfaces: networks.map((network, index) => ({ name: `eth${index}`, network, address: '10.0.0.1/24' })),
  links: [],
  routes: [],
  args: [],
})
const lab = {
  networks: ['a', 'b'].map((name) => ({ name, cidr: '10.0.0.0/24' })),
  hosts: [host('x', 'a'), host('y', 'a', 'b'), host('z', 'a', 'b')],
}

describe('the table of neighbours', () => {
  it('has room for every pair on every network, or it is said', () => {
    expect(neighboursOf(lab)).toBe(8)
    expect(neighbourShortage(lab, 8)).toBeNull()
    expect(neighbourShortage(lab, 7)).toMatch(/^up to 8 ARP neighbours, and the kernel keeps 7/)
  })
})
