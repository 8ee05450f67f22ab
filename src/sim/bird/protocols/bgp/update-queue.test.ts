import { describe, expect, it } from 'vitest'
import { prefixOf } from '../../../net/prefix.ts'
import { UpdateQueue } from './update-queue.ts'

const FORMAT = { as4: true, addPath: true, limit: 4096 }
const A = { origin: 0, asPath: [], nextHop: 1, localPref: 100 }
const B = { origin: 0, asPath: [], nextHop: 2, localPref: 100 }
const net = (i: number) => prefixOf(((10 << 24) | (i << 8)) >>> 0, 24)

describe('packing UPDATEs', () => {
  it('fills a withdraw of add-path /24s with 509 entries (packing)', () => {
    const queue = new UpdateQueue()
    for (let i = 0; i < 600; i++) queue.add(net(i), 1, null)
    expect(queue.next(FORMAT)?.withdrawn).toHaveLength(509)
    expect(queue.next(FORMAT)?.withdrawn).toHaveLength(91)
    expect(queue.next(FORMAT)).toBeNull()
  })

  it('withdraws first, then one message per attribute set in order of creation', () => {
    const queue = new UpdateQueue()
    queue.add(net(1), 1, A)
    queue.add(net(2), 1, B)
    queue.add(net(3), 1, null)
    queue.add(net(4), 1, A)
    expect(queue.next(FORMAT)?.withdrawn.map((n) => n.prefix)).toEqual([net(3)])
    expect(queue.next(FORMAT)).toMatchObject({ attributes: A, announced: [{ prefix: net(1) }, { prefix: net(4) }] })
    expect(queue.next(FORMAT)).toMatchObject({ attributes: B, announced: [{ prefix: net(2) }] })
  })

  it('a later change replaces the one that waits, even an announcement never sent', () => {
    const queue = new UpdateQueue()
    queue.add(net(1), 1, A)
    queue.add(net(1), 1, null)
    expect(queue.next(FORMAT)).toMatchObject({ withdrawn: [{ prefix: net(1), pathId: 1 }], announced: [] })
    expect(queue.next(FORMAT)).toBeNull()
  })

  it('is one message for sessions that announce the same of a set, and another as soon as anything differs', () => {
    const sent = (nets: readonly number[], format = FORMAT, pathId = 1) => {
      const queue = new UpdateQueue()
      for (const i of nets) queue.add(net(i), pathId, A)
      return queue.next(format)
    }
    const first = sent([1, 2])
    expect(sent([1, 2])).toBe(first)
    for (const other of [sent([1, 3]), sent([1]), sent([1, 2], { ...FORMAT, addPath: false }), sent([1, 2], FORMAT, 2)])
      expect(other).not.toEqual(first)
    expect(sent([1, 3])?.announced.map((n) => n.prefix)).toEqual([net(1), net(3)])
  })

  it('leaves room for the attributes', () => {
    const queue = new UpdateQueue()
    for (let i = 0; i < 600; i++) queue.add(net(i), 1, A)
    // 21 bytes of attributes in a 4096-byte message: 4052 left, entries of 8 while at least 9 remain.
    expect(queue.next(FORMAT)?.announced).toHaveLength(506)
  })
})
