import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import type { KernelInterface, KernelRoute } from '../kernel/types.ts'
import { prefix } from '../net/prefix.ts'
import { Recording } from './recording.ts'
import type { Entry, HostRecord, MessageRecord } from './types.ts'

const hostRecord = (name: string) => ({ name, phase: 'running' }) as HostRecord
const route = (text: string, metric = 0) => ({ prefix: prefix(text), metric }) as KernelRoute
const snapshot = (info: string) => ({ info }) as ProtocolSnapshot
const routes = (protocol: string) => [{ protocol } as RouteSnapshot]
const messageAt = (id: number, sentAt: number, arrivesAt: number): Entry => ({
  kind: 'message',
  record: { id, sentAt, arrivesAt, message: { type: 'KEEPALIVE' } } as MessageRecord,
})

describe('Recording', () => {
  test('gives each host one id and knows no others', () => {
    const recording = new Recording()
    expect(recording.writer.hostId('a')).toBe(0)
    expect(recording.writer.hostId('b')).toBe(1)
    expect(recording.writer.hostId('a')).toBe(0)
    expect(recording.hosts).toEqual(['a', 'b'])
    expect(recording.hostId('b')).toBe(1)
    expect(recording.hostId('c')).toBeNull()
    expect(recording.hosts).toHaveLength(2)
    expect(() => recording.writer.append(0, { kind: 'log', host: 7, line: '' })).toThrow('no host 7')
  })

  test('answers what each thing was at any time', () => {
    const recording = new Recording()
    const { writer } = recording
    const host = writer.hostId('n1')
    const other = writer.hostId('n2')
    writer.append(10, { kind: 'host', host, value: hostRecord('n1') })
    writer.append(10, { kind: 'network', name: 'kind', value: { name: 'kind', cidr: 0, gateway: null, latency: 1 } })
    writer.append(10, {
      kind: 'link',
      host,
      network: 'kind',
      value: { host: 'n1', network: 'kind', interface: 'eth0', up: true },
    })
    for (const index of [2, 1]) {
      writer.append(10, { kind: 'interface', host, name: `if${index}`, value: { index } as KernelInterface })
    }
    writer.append(20, { kind: 'status', host, value: { version: 'v' } as never })
    writer.append(20, { kind: 'file', host, name: 'bird.cfg', value: 'one' })
    writer.append(20, { kind: 'pod', pod: 'default/a', value: { name: 'a' } as never })
    writer.append(20, { kind: 'block', cidr: prefix('10.0.0.0/26'), value: { size: 64 } as never })
    writer.append(30, { kind: 'file', host, name: 'bird.cfg', value: 'two' })
    writer.append(30, { kind: 'host', host, value: null })
    writer.append(30, { kind: 'pod', pod: 'default/a', value: null })

    expect(recording.host(9, host)).toBeNull()
    expect(recording.host(10, host)).toEqual(hostRecord('n1'))
    expect(recording.host(30, host)).toBeNull()
    expect(recording.host(30, other)).toBeNull()
    expect(recording.networks(10)).toHaveLength(1)
    expect(recording.links(10)).toMatchObject([{ interface: 'eth0' }])
    expect(recording.links(9)).toEqual([])
    expect(recording.interfaces(10, host).map((item) => item.index)).toEqual([1, 2])
    expect(recording.status(20, host)).toEqual({ version: 'v' })
    expect([...recording.files(29, host)]).toEqual([['bird.cfg', 'one']])
    expect([...recording.files(30, host)]).toEqual([['bird.cfg', 'two']])
    expect([recording.pods(20).length, recording.pods(30).length]).toEqual([1, 0])
    expect(recording.blocks(20)).toHaveLength(1)
    expect(recording.changes('host', host)).toEqual([10, 30])
    expect(recording.until).toBe(30)
    recording.extendTo(99)
    expect(recording.until).toBe(99)
  })

  test('the FIB is in dump order, and metric tells routes of one prefix apart', () => {
    const recording = new Recording()
    const { writer } = recording
    const host = writer.hostId('n1')
    const put = (at: number, text: string, metric: number, gone = false): void =>
      writer.append(at, {
        kind: 'fib',
        host,
        prefix: prefix(text),
        metric,
        value: gone ? null : route(text, metric),
      })
    put(1, '192.168.0.0/26', 0)
    put(1, '10.0.0.0/24', 0)
    put(1, '10.0.0.0/8', 100)
    put(1, '10.0.0.0/8', 0)
    put(1, '0.0.0.0/0', 0)
    put(2, '10.0.0.0/8', 0, true)
    const ordered = [['0.0.0.0/0'], ['10.0.0.0/24'], ['10.0.0.0/8'], ['10.0.0.0/8', 100], ['192.168.0.0/26']] as const
    expect(recording.fib(1, host)).toEqual(ordered.map(([text, metric]) => route(text, metric)))
    expect(recording.fib(2, host)).toHaveLength(4)
    expect(recording.changes('fib', host)).toEqual([1, 2])
    expect(recording.fib(5, 99)).toEqual([])
  })

  test('protocols come in their order, nets with their uid', () => {
    const recording = new Recording()
    const { writer } = recording
    const host = writer.hostId('n1')
    writer.append(1, { kind: 'protocol', host, name: 'late', order: 2, value: snapshot('x') })
    writer.append(1, { kind: 'protocol', host, name: 'early', order: 1, value: snapshot('y') })
    writer.append(1, { kind: 'net', host, table: 'master', prefix: 64, uid: 3, value: routes('static1') })
    writer.append(2, { kind: 'net', host, table: 'master', prefix: 64, uid: 4, value: routes('kernel1') })
    writer.append(3, { kind: 'net', host, table: 'master', prefix: 64, uid: 4, value: null })
    writer.append(3, { kind: 'protocol', host, name: 'late', order: 2, value: null })
    expect(recording.protocols(1, host)).toEqual([
      { name: 'early', snapshot: snapshot('y') },
      { name: 'late', snapshot: snapshot('x') },
    ])
    expect(recording.protocols(3, host)).toHaveLength(1)
    expect(recording.protocol(1, host, 'late')).toEqual(snapshot('x'))
    expect(recording.protocol(3, host, 'late')).toBeNull()
    expect(recording.nets(1, host, 'master')).toEqual([{ prefix: 64, uid: 3, routes: routes('static1') }])
    expect(recording.nets(2, host, 'master')).toEqual([{ prefix: 64, uid: 4, routes: routes('kernel1') }])
    expect(recording.nets(3, host, 'master')).toEqual([])
    expect(recording.nets(1, host, 'other')).toEqual([])
    expect(recording.changes('net', host)).toEqual([1, 2, 3])
  })

  test('resources are listed by namespace and name', () => {
    const recording = new Recording()
    const put = (namespace: string, name: string, value: object | null): void =>
      recording.writer.append(1, { kind: 'resource', resource: 'pods', namespace, name, value })
    put('b', 'a', { id: 3 })
    put('a', 'z', { id: 2 })
    put('a', 'b', { id: 1 })
    put('a', 'gone', { id: 9 })
    put('a', 'gone', null)
    expect(recording.resources(1, 'pods')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    expect(recording.resource(1, 'pods', 'a', 'z')).toEqual({ id: 2 })
    expect(recording.resource(1, 'pods', 'a', 'gone')).toBeNull()
    expect(recording.resources(1, 'nodes')).toEqual([])
  })

  test('logs and entries are cut at the time asked for', () => {
    const recording = new Recording()
    const host = recording.writer.hostId('n1')
    for (const [at, line] of [
      [1, 'a'],
      [2, 'b'],
      [2, 'c'],
    ] as const) {
      recording.writer.append(at, { kind: 'log', host, line })
    }
    expect(recording.log(1, host)).toEqual([{ at: 1, line: 'a' }])
    expect(recording.log(2, host)).toHaveLength(3)
    expect([0, 1, 2, 3].map((at) => recording.indexAfter(at))).toEqual([0, 1, 3, 3])
    expect(recording.entryAt(2)).toEqual({ at: 2, entry: { kind: 'log', host, line: 'c' } })
    expect(() => recording.entryAt(3)).toThrow('no entry 3')
    expect(() => recording.writer.append(1, { kind: 'log', host, line: 'd' })).toThrow('entry at 1 after one at 2')
  })
})

describe('messages', () => {
  test('in flight and sent are what a filter over all messages says', () => {
    const flight = fc.record({ wait: fc.integer({ min: 0, max: 3 }), travel: fc.integer({ min: 0, max: 12 }) })
    fc.assert(
      fc.property(fc.array(flight, { maxLength: 40 }), fc.nat(60), fc.nat(60), (flights, from, to) => {
        const recording = new Recording()
        const records: MessageRecord[] = []
        let at = 0
        for (const { wait, travel } of flights) {
          at += wait
          const entry = messageAt(recording.messageCount, at, at + travel)
          recording.writer.append(at, entry)
          if (entry.kind === 'message') records.push(entry.record)
        }
        expect(recording.messageCount).toBe(records.length)
        expect(recording.inFlight(from)).toEqual(records.filter((m) => m.sentAt <= from && from < m.arrivesAt))
        const { first, end } = recording.messagesSent(from, to)
        const sent = records.filter((m) => m.sentAt > from && m.sentAt <= to)
        expect(records.slice(first, end)).toEqual(sent)
        for (const record of sent) expect(recording.message(record.id)).toBe(record)
      }),
    )
  })

  test('ids follow the order of sending', () => {
    const recording = new Recording()
    recording.writer.append(5, messageAt(0, 5, 6))
    expect(() => recording.writer.append(5, messageAt(2, 5, 6))).toThrow('message 2 recorded after 0')
    expect(() => recording.writer.append(5, messageAt(1, 4, 6))).toThrow('sent before')
    expect(recording.message(1)).toBeNull()
    expect(recording.length).toBe(1)
  })
})

describe('fork', () => {
  test('has the same past and its own future', () => {
    const recording = new Recording()
    const host = recording.writer.hostId('n1')
    for (let at = 0; at < 10; at++) {
      recording.writer.append(at, messageAt(recording.messageCount, at, at + 2))
      recording.writer.append(at, { kind: 'file', host, name: 'f', value: String(at) })
    }
    const branch = recording.fork(4)
    expect(branch.until).toBe(4)
    expect(branch.length).toBe(10)
    expect(branch.hash(4)).toBe(recording.hash(4))
    expect(branch.files(9, host).get('f')).toBe('4')
    branch.writer.append(5, messageAt(branch.messageCount, 5, 7))
    expect(branch.hash(5)).not.toBe(recording.hash(5))
    expect(recording.files(9, host).get('f')).toBe('9')
  })
})
