import { beforeEach, describe, expect, test } from 'vitest'
import type { BgpMessage, UpdateMessage } from '../../bgp/message.ts'
import type { SocketError, SocketId } from '../../bird/ports.ts'
import { Random } from '../../engine/random.ts'
import { Kernel } from '../../kernel/kernel.ts'
import { gatewayRoute } from '../../kernel/routes.ts'
import { RTPROT } from '../../kernel/types.ts'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import type { SocketAddresses, SocketUser } from '../../node/ports.ts'
import { SentMessage } from '../../recording/sent-message.ts'
import type { Entry, MessageRecord, RecordingWriter, TcpRecord } from '../../recording/types.ts'
import { Fabric } from '../fabric.ts'
import { Scheduler } from '../scheduler.ts'
import { TcpNet } from './net.ts'

const KEEPALIVE: BgpMessage = { type: 'KEEPALIVE' }
const small = (value: number): UpdateMessage => ({
  type: 'UPDATE',
  withdrawn: [{ prefix: prefix(`10.0.${value}.0/26`), pathId: 0 }],
  attributes: null,
  announced: [],
  as4: true,
  addPath: false,
})

/** A machine whose process writes down what it hears, with the time. */
class Listener implements SocketUser {
  readonly heard: string[] = []
  readonly sockets: SocketId[] = []
  #powered = true
  accepts = true
  readonly kernel: Kernel
  onMessage: (socket: SocketId, message: BgpMessage) => void = () => {}
  onConnected: (socket: SocketId) => void = () => {}

  constructor(
    readonly id: number,
    readonly name: string,
    readonly lab: Lab,
  ) {
    this.kernel = new Kernel({
      interfaceChanged: (dev) => lab.fabric.addressesChanged(this, dev),
      fibChanged: () => {},
      routeNotified: () => {},
    })
  }
  get powered() {
    return this.#powered
  }
  set powered(powered: boolean) {
    this.#powered = powered
    this.lab.fabric.topologyChanged()
  }
  get order() {
    return this.id + 1
  }
  get tcp() {
    return this.lab.net.stackOf(this)
  }
  say(what: string) {
    this.heard.push(`${this.lab.scheduler.now} ${what}`)
  }
  socketConnected(socket: SocketId, _endpoints: SocketAddresses) {
    this.say('connected')
    this.onConnected(socket)
  }
  socketIncoming(socket: SocketId, endpoints: SocketAddresses) {
    this.say(`incoming from port ${endpoints.remotePort}`)
    this.sockets.push(socket)
    return this.accepts
  }
  socketReceived(socket: SocketId, messages: readonly BgpMessage[]) {
    for (const message of messages) {
      this.say(message.type)
      this.onMessage(socket, message)
    }
  }
  socketClosed(socket: SocketId, error: SocketError | null) {
    this.say(`closed ${error ?? ''}`.trim())
    this.tcp.close(socket)
  }
}

class Lab {
  readonly fabric = new Fabric()
  readonly scheduler = new Scheduler()
  readonly entries: Entry[] = []
  readonly net: TcpNet
  #messages = 0

  constructor(loss = 0) {
    const writer: RecordingWriter = {
      append: (_at, entry) => this.entries.push(entry),
      host: () => {
        throw new Error('TCP writes no entries of a host')
      },
      messages: (messages, how) => {
        for (const message of messages) {
          const record = new SentMessage(this.#messages++, how, message)
          this.entries.push({ kind: 'message', record })
        }
      },
      tcp: (_at, what, flow) => this.entries.push({ kind: 'tcp', record: { ...flow, what } }),
      hostId: () => 0,
    }
    this.net = new TcpNet({ fabric: this.fabric, timers: this.scheduler, writer, random: new Random(1) })
    for (const [name, cidr, gateway] of [
      ['net18', '172.18.0.0/16', '172.18.0.1'],
      ['net19', '172.19.0.0/16', '172.19.0.1'],
    ] as const) {
      this.fabric.addNetwork({ name, cidr: prefix(cidr), gateway: ip(gateway), latency: 1000, loss })
    }
  }

  host(id: number, address: string): Listener {
    const host = new Listener(id, `h${id}`, this)
    const network = this.fabric.networks.get(address.startsWith('172.18.') ? 'net18' : 'net19')!
    this.fabric.attach(host, 'eth0', network)
    host.kernel.addInterface({
      name: 'eth0',
      kind: 'ethernet',
      addresses: [{ address: ip(address), prefixLength: 16 }],
    })
    const gateway = network.config.gateway!
    host.kernel.addRoute(gatewayRoute({ prefix: 0, gateway, dev: 'eth0', protocol: RTPROT.boot }))
    return host
  }

  connect(from: Listener, to: string, more: { password?: string; ttl?: number; minTtl?: number } = {}) {
    return from.tcp.connect({
      localAddress: null,
      remoteAddress: ip(to),
      remotePort: 179,
      ttl: more.ttl ?? 64,
      minTtl: more.minTtl ?? 0,
      password: more.password ?? null,
    })
  }
  tcp(): string[] {
    return this.entries.flatMap((entry) => (entry.kind === 'tcp' ? [(entry.record as TcpRecord).what] : []))
  }
  messages(): MessageRecord[] {
    return this.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.record] : []))
  }
}

let lab: Lab
let a: Listener
let b: Listener
beforeEach(() => {
  lab = new Lab()
  a = lab.host(0, '172.18.0.2')
  b = lab.host(1, '172.18.0.3')
})

describe('opening', () => {
  test('SYN, SYN-ACK, then the accept; both ends learn ports and addresses', () => {
    expect(b.tcp.listen(null, 179)).toBeNull()
    const socket = lab.connect(a, '172.18.0.3')
    lab.scheduler.runTo(1_000_000)
    expect(a.heard).toEqual(['2300 connected'])
    expect(b.heard).toEqual(['3300 incoming from port 32768'])
    expect(lab.tcp()).toEqual(['syn', 'syn-ack', 'established'])
    expect(b.sockets).toEqual([(socket as number) + 1])
  })

  test('a closed port refuses', () => {
    lab.connect(a, '172.18.0.3')
    lab.scheduler.runTo(1_000_000)
    expect(a.heard).toEqual(['2300 closed Connection refused'])
  })

  test('what the own kernel knows is said at once', () => {
    a.kernel.deleteRoute({ prefix: 0 })
    expect(lab.connect(a, '8.8.8.8')).toBe('Network is unreachable')
    const bound = a.tcp.connect({
      localAddress: ip('172.18.0.77'),
      remoteAddress: ip('172.18.0.3'),
      remotePort: 179,
      ttl: 64,
      minTtl: 0,
      password: null,
    })
    expect(bound).toBe('Cannot assign requested address')
  })

  test('nobody on the own network: no route to host after three seconds', () => {
    lab.connect(a, '172.18.0.77')
    lab.scheduler.runTo(10_000_000)
    expect(a.heard).toEqual(['3000000 closed No route to host'])
  })

  test('beyond the gateway: silence, with retries until TCP gives up', () => {
    lab.connect(a, '172.19.0.77')
    lab.scheduler.runTo(126_999_999)
    expect(a.heard).toEqual([])
    expect(lab.tcp()).toEqual(Array(7).fill('lost-syn'))
    lab.scheduler.runTo(127_000_000)
    expect(a.heard).toEqual(['127000000 closed Connection timed out'])
  })

  test('through the gateway to a host there: two networks of latency, one router', () => {
    const c = lab.host(2, '172.19.0.4')
    c.tcp.listen(null, 179)
    lab.connect(a, '172.19.0.4', { ttl: 1 })
    lab.scheduler.runTo(500_000)
    expect(c.heard).toEqual([])
    lab.connect(a, '172.19.0.4', { ttl: 2 })
    lab.scheduler.runTo(600_000)
    expect(a.heard).toEqual(['504300 connected'])
  })

  test('keys that differ, or a TTL too low, are silence', () => {
    b.tcp.listen(null, 179)
    b.tcp.setPeerPassword(ip('172.18.0.2'), 'secret')
    lab.connect(a, '172.18.0.3')
    lab.connect(a, '172.18.0.3', { password: 'other' })
    lab.scheduler.runTo(900_000)
    expect(a.heard).toEqual([])
    lab.connect(a, '172.18.0.3', { password: 'secret' })
    lab.scheduler.runTo(950_000)
    expect(a.heard).toHaveLength(1)
  })

  test('a signed SYN to a closed port is silence: the kernel that answers has no key', () => {
    lab.connect(a, '172.18.0.3', { password: 'secret' })
    lab.scheduler.runTo(2_000_000)
    expect(a.heard).toEqual([])
  })

  test('a process that does not want the connection closes it', () => {
    b.tcp.listen(null, 179)
    b.accepts = false
    lab.connect(a, '172.18.0.3')
    lab.scheduler.runTo(1_000_000)
    expect(a.heard).toEqual(['2300 connected', '4600 closed'])
  })
})

describe('data', () => {
  let socket: SocketId
  beforeEach(() => {
    b.tcp.listen(null, 179)
    socket = lab.connect(a, '172.18.0.3') as SocketId
    lab.scheduler.runTo(10_000)
    a.heard.length = 0
    b.heard.length = 0
  })
  const far = () => b.sockets[0]!

  test('one message: latency and local processing, and one record', () => {
    a.tcp.send(socket, KEEPALIVE)
    lab.scheduler.runTo(100_000)
    expect(b.heard).toEqual(['11300 KEEPALIVE'])
    expect(lab.messages()[0]).toMatchObject({
      id: 0,
      sentAt: 10_000,
      arrivesAt: 11_300,
      delivery: 'delivered',
      from: 0,
      to: 1,
      sourcePort: 32768,
      destinationPort: 179,
      attempt: 1,
    })
  })

  test('an end that has only listened acknowledges at once', () => {
    a.tcp.send(socket, KEEPALIVE)
    a.tcp.send(socket, small(1))
    a.tcp.send(socket, small(2))
    lab.scheduler.runTo(100_000)
    // The two small ones wait for the acknowledgement and leave together.
    expect(b.heard).toEqual(['11300 KEEPALIVE', '13300 UPDATE', '13300 UPDATE'])
  })

  test('an interactive end delays the acknowledgement by 40 ms, unless data carries it', () => {
    b.tcp.send(far(), KEEPALIVE)
    lab.scheduler.runTo(20_000)
    b.tcp.send(far(), KEEPALIVE)
    lab.scheduler.runTo(100_000)
    a.heard.length = 0
    a.tcp.send(socket, small(1))
    a.tcp.send(socket, small(2))
    lab.scheduler.runTo(200_000)
    expect(b.heard).toEqual(['101300 UPDATE', '143300 UPDATE'])
    b.onMessage = () => b.tcp.send(far(), KEEPALIVE)
    lab.scheduler.runTo(300_000)
    a.tcp.send(socket, small(3))
    a.tcp.send(socket, small(4))
    lab.scheduler.runTo(400_000)
    expect(b.heard.slice(2)).toEqual(['301300 UPDATE', '303600 UPDATE'])
  })

  test('a message that fills a segment waits for nobody', () => {
    const announced = Array.from({ length: 800 }, (_, i) => ({ prefix: prefix('10.0.0.0/26') + i * 4096, pathId: 0 }))
    a.tcp.send(socket, { ...small(1), announced })
    a.tcp.send(socket, { ...small(2), announced })
    lab.scheduler.runTo(100_000)
    expect(b.heard).toEqual(['11300 UPDATE', '11300 UPDATE'])
  })

  test('a short cut delays, every lost transmission is on record', () => {
    lab.fabric.setCable(lab.fabric.cable(b, 'net18')!, false)
    a.tcp.send(socket, KEEPALIVE)
    a.tcp.send(socket, small(1))
    lab.scheduler.runTo(1_000_000)
    lab.fabric.setCable(lab.fabric.cable(b, 'net18')!, true)
    lab.scheduler.runTo(5_000_000)
    expect(b.heard).toEqual(['1411300 KEEPALIVE', '1413300 UPDATE'])
    expect(lab.messages().map((record) => [record.attempt, record.delivery])).toEqual([
      [1, 'lost'],
      [2, 'lost'],
      [3, 'lost'],
      [4, 'delivered'],
      [1, 'delivered'],
    ])
  })

  test('power-off says nothing; after the reboot data meets a reset', () => {
    b.tcp.powerLost()
    b.powered = false
    lab.scheduler.runTo(20_000_000)
    expect(a.heard).toEqual([])
    b.powered = true
    a.tcp.send(socket, KEEPALIVE)
    lab.scheduler.runTo(30_000_000)
    expect(a.heard).toEqual(['20002300 closed Connection reset by peer'])
  })

  test('after a reboot signed data stays without answer until a listening socket has the key', () => {
    b.tcp.listen(null, 179)
    b.tcp.setPeerPassword(ip('172.18.0.2'), 'secret')
    const signed = lab.connect(a, '172.18.0.3', { password: 'secret' }) as SocketId
    lab.scheduler.runTo(lab.scheduler.now + 1_000_000)
    b.tcp.powerLost()
    a.heard.length = 0
    a.tcp.send(signed, KEEPALIVE)
    lab.scheduler.runTo(lab.scheduler.now + 10_000_000)
    expect(a.heard).toEqual([])
    b.tcp.listen(null, 179)
    b.tcp.setPeerPassword(ip('172.18.0.2'), 'secret')
    lab.scheduler.runTo(lab.scheduler.now + 30_000_000)
    expect(a.heard).toHaveLength(1)
    expect(a.heard[0]).toMatch(/closed Connection reset by peer$/)
  })

  test('TTL security: what was sent with less is dropped, acknowledgements too; a probe takes what waits for one', () => {
    a.tcp.setTtl(socket, 255, 255)
    b.tcp.setTtl(far(), 1, 0)
    b.tcp.send(far(), KEEPALIVE)
    a.tcp.send(socket, small(1))
    a.tcp.send(socket, small(2))
    lab.scheduler.runTo(lab.scheduler.now + 1_000_000)
    a.tcp.send(socket, small(3))
    a.tcp.close(socket)
    lab.scheduler.runTo(lab.scheduler.now + 100_000_000)
    expect(a.heard).toEqual([])
    expect(b.heard.map((line) => line.replace(/^\d+ /, ''))).toEqual(['UPDATE', 'UPDATE'])
  })

  test("TTL security: the kernel's own RST is dropped", () => {
    a.tcp.setTtl(socket, 255, 255)
    b.tcp.setTtl(far(), 255, 255)
    b.tcp.powerLost()
    a.tcp.send(socket, KEEPALIVE)
    lab.scheduler.runTo(lab.scheduler.now + 30_000_000)
    expect(lab.tcp()).toContain('rst')
    expect(a.heard).toEqual([])
  })

  test('TCP gives up after about 15 minutes', () => {
    b.tcp.powerLost()
    b.powered = false
    a.tcp.send(socket, KEEPALIVE)
    lab.scheduler.runTo(1_100_000_000)
    expect(a.heard).toHaveLength(1)
    expect(a.heard[0]).toMatch(/closed Connection timed out$/)
  })

  test('a killed process: FIN behind what was written, then the port refuses', () => {
    b.tcp.send(far(), KEEPALIVE)
    b.tcp.send(far(), small(1))
    b.tcp.processEnded()
    lab.scheduler.runTo(1_000_000)
    expect(a.heard).toEqual(['11300 KEEPALIVE', '11300 UPDATE', '11300 closed'])
    lab.connect(a, '172.18.0.3')
    lab.scheduler.runTo(2_000_000)
    expect(a.heard.at(-1)).toBe('1002300 closed Connection refused')
  })

  test('data for a closed socket is answered with a reset', () => {
    b.tcp.close(far())
    a.tcp.send(socket, KEEPALIVE)
    lab.scheduler.runTo(1_000_000)
    // The FIN comes first, so the process sees an orderly close.
    expect(a.heard).toEqual(['11300 closed'])
    expect(lab.tcp()).toContain('rst')
  })
})

test('on a lossy network everything arrives, in order, some of it later', () => {
  lab = new Lab(0.3)
  a = lab.host(0, '172.18.0.2')
  b = lab.host(1, '172.18.0.3')
  b.tcp.listen(null, 179)
  a.onConnected = (socket) => {
    for (let i = 0; i < 50; i++)
      lab.scheduler.schedule(lab.scheduler.now + i * 50_000, 1, { run: () => a.tcp.send(socket, small(i)) })
  }
  const got: number[] = []
  b.onMessage = (_socket, message) => {
    if (message.type === 'UPDATE') got.push(message.withdrawn[0]!.prefix)
  }
  lab.connect(a, '172.18.0.3')
  lab.scheduler.runTo(120_000_000)
  expect(got).toEqual(Array.from({ length: 50 }, (_, i) => small(i).withdrawn[0]!.prefix))
  expect(lab.messages().some((record) => record.delivery === 'lost')).toBe(true)
})
