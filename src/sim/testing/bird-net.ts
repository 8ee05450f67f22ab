// Several BIRD daemons in one test: real kernels, and TCP with one fixed delay per hop and no losses but a cut cable.
import { AttributePool } from '../bgp/attribute-pool.ts'
import type { BgpMessage } from '../bgp/message.ts'
import { BirdDaemon } from '../bird/daemon.ts'
import type {
  BirdEvent,
  BirdPorts,
  ConnectOptions,
  DaemonStatus,
  Micros,
  ProtocolSnapshot,
  RouteSnapshot,
  SocketError,
  SocketId,
} from '../bird/ports.ts'
import { EventQueue } from '../engine/event-queue.ts'
import { Random } from '../engine/random.ts'
import { Kernel } from '../kernel/kernel.ts'
import { RTPROT } from '../kernel/types.ts'
import { formatIp, type Ip, ip } from '../net/address.ts'
import { formatPrefix, type Prefix, prefix } from '../net/prefix.ts'

const LATENCY = 50
const SECOND = 1_000_000

interface Socket {
  id: SocketId
  host: BirdHost
  peer: Socket | null
  open: boolean
  local: Ip
  remote: Ip
  localPort: number
  remotePort: number
}

export interface HostOptions {
  name: string
  address: string
  files: Record<string, string>
  recovery?: boolean
  version?: 'v0.3.3+birdv1.6.8' | '1.6.8'
  seed?: number
  /** No log and no snapshots kept. */
  silent?: boolean
}

export interface NetRecord {
  uid: number
  prefix: Prefix
  routes: readonly RouteSnapshot[]
}

export class BirdHost {
  readonly net: BirdNet
  readonly name: string
  readonly address: Ip
  readonly kernel: Kernel
  readonly options: HostOptions
  files: ReadonlyMap<string, string>
  daemon: BirdDaemon | null = null
  /** The machine is cut off: nothing goes in or out. */
  cut = false
  listening = false
  log: { at: Micros; line: string }[] = []
  events: BirdEvent[] = []
  status: DaemonStatus | null = null
  readonly protocols = new Map<string, ProtocolSnapshot>()
  readonly nets = new Map<Prefix, NetRecord>()
  readonly sent: { at: Micros; to: Ip; message: BgpMessage }[] = []
  readonly sockets = new Map<SocketId, Socket>()
  kernelChanges: string[] = []
  wakeToken = -1
  wakeAt: Micros | null = null
  snapshots = 0
  #passwords = new Map<Ip, string>()

  constructor(net: BirdNet, options: HostOptions) {
    this.net = net
    this.options = options
    this.name = options.name
    this.address = ip(options.address)
    this.files = new Map(Object.entries(options.files))
    this.kernel = new Kernel({
      interfaceChanged: () => this.daemon?.interfacesChanged(net.now),
      fibChanged: (p, _metric, value) =>
        this.kernelChanges.push(`${value === null ? 'del' : 'add'} ${formatPrefix(p)}`),
      routeNotified: (change) => this.daemon?.routeChanged(net.now, change),
    })
    this.kernel.addInterface({
      name: 'lo',
      kind: 'loopback',
      addresses: [{ address: ip('127.0.0.1'), prefixLength: 8 }],
    })
    this.kernel.addInterface({
      name: 'eth0',
      kind: 'ethernet',
      addresses: [{ address: this.address, prefixLength: 24 }],
    })
  }

  tunnel(address: string): this {
    this.kernel.addInterface({ name: 'tunl0', kind: 'ipip', addresses: [{ address: ip(address), prefixLength: 32 }] })
    return this
  }

  defaultVia(gateway: string): this {
    this.kernel.addRoute({
      prefix: prefix('0.0.0.0/0'),
      type: 'unicast',
      gateway: ip(gateway),
      dev: 'eth0',
      nexthops: null,
      protocol: RTPROT.static,
      scope: 0,
      metric: 0,
      onlink: false,
      prefsrc: null,
    })
    return this
  }

  pod(address: string, dev: string): this {
    if (this.kernel.interface(dev) === null) this.kernel.addInterface({ name: dev, kind: 'veth' })
    this.kernel.addRoute({
      prefix: prefix(`${address}/32`),
      type: 'unicast',
      gateway: null,
      dev,
      nexthops: null,
      protocol: RTPROT.felix,
      scope: 253,
      metric: 0,
      onlink: false,
      prefsrc: null,
    })
    return this
  }

  start(recovery = this.options.recovery ?? false): this {
    const { net } = this
    this.daemon = new BirdDaemon({
      ports: this.#ports(),
      files: this.files,
      mainFile: 'bird.cfg',
      recovery,
      random: new Random(this.options.seed ?? 1),
      attributes: net.pool,
      version: this.options.version ?? 'v0.3.3+birdv1.6.8',
    })
    const result = this.daemon.start(net.now)
    if (!result.ok) throw new Error(result.error)
    net.armed(this)
    return this
  }

  /** SIGKILL: the kernel closes the process's sockets. */
  kill(): void {
    this.daemon = null
    this.listening = false
    for (const socket of this.sockets.values()) this.net.fin(socket)
    this.sockets.clear()
    this.protocols.clear()
    this.nets.clear()
  }

  hup(files: Record<string, string>): void {
    this.files = new Map([...this.files, ...Object.entries(files)])
    this.daemon?.reconfigure(this.net.now, this.files, 'hup')
    this.net.armed(this)
  }

  /** Runs something on the daemon and arms its next wake-up. */
  do<T>(act: (daemon: BirdDaemon, now: Micros) => T): T {
    if (this.daemon === null) throw new Error('no daemon')
    const result = act(this.daemon, this.net.now)
    this.net.armed(this)
    return result
  }

  lines(from: Micros = 0): string[] {
    return this.log.filter((entry) => entry.at >= from).map((entry) => entry.line)
  }

  at(line: string): Micros | null {
    return this.log.find((entry) => entry.line === line)?.at ?? null
  }

  routes(text: string): readonly RouteSnapshot[] {
    return this.nets.get(prefix(text))?.routes ?? []
  }

  /** `P via G dev D`, in FIB order of the kernel. */
  kernelRoutes(): string[] {
    return this.kernel
      .routes()
      .filter((route) => route.protocol === RTPROT.bird)
      .map((r) => {
        const where =
          r.nexthops !== null
            ? 'multipath'
            : r.gateway === null
              ? (r.dev ?? '')
              : `via ${formatIp(r.gateway)} dev ${r.dev}`
        return `${r.type === 'unicast' ? '' : `${r.type} `}${formatPrefix(r.prefix)} ${where}${r.onlink ? ' onlink' : ''}`.trim()
      })
  }

  state(protocol: string): string {
    const p = this.protocols.get(protocol)
    return p === undefined ? 'none' : `${p.state} ${p.info}`.trim()
  }

  #ports(): BirdPorts {
    const silent = this.options.silent ?? false
    return {
      tcp: {
        listen: () => {
          this.listening = true
          return null
        },
        unlisten: () => {
          this.listening = false
        },
        setPeerPassword: (remote, password) => {
          if (password === null) this.#passwords.delete(remote)
          else this.#passwords.set(remote, password)
        },
        // Everybody is one hop away, and nobody counts them.
        setTtl: () => {},
        connect: (options) => this.net.connect(this, options),
        send: (socket, message) => {
          if (!silent) this.sent.push({ at: this.net.now, to: this.sockets.get(socket)?.remote ?? 0, message })
          this.net.send(this.sockets.get(socket), message)
        },
        close: (id) => {
          const socket = this.sockets.get(id)
          this.sockets.delete(id)
          if (socket !== undefined) this.net.fin(socket)
        },
      },
      netlink: {
        interfaces: () => this.kernel.interfaces(),
        routes: () => this.kernel.routes(),
        addRoute: (route) => this.kernel.addRoute(route),
        deleteRoute: (route) =>
          this.kernel.deleteRoute({ prefix: route.prefix, metric: route.metric, protocol: RTPROT.bird }),
      },
      observer: {
        log: (line) => {
          if (!silent) this.log.push({ at: this.net.now, line })
        },
        protocol: (name, _order, snapshot) => {
          this.snapshots++
          if (snapshot === null) this.protocols.delete(name)
          else this.protocols.set(name, snapshot)
        },
        net: (_table, p, uid, routes) => {
          this.snapshots++
          if (routes.length === 0) this.nets.delete(p)
          else this.nets.set(p, { uid, prefix: p, routes })
        },
        status: (status) => {
          this.status = status
          if (status === null) this.daemon = null
        },
        event: (event) => {
          if (!silent) this.events.push(event)
        },
      },
    }
  }

  passwordFor(remote: Ip): string | null {
    return this.#passwords.get(remote) ?? null
  }
}

type Queued = () => void

export class BirdNet {
  now: Micros = 0
  readonly pool = new AttributePool()
  readonly hosts = new Map<Ip, BirdHost>()
  readonly #queue = new EventQueue<Queued>()
  #nextSocket = 1
  #nextPort = 40000
  deliveries = 0

  host(options: HostOptions): BirdHost {
    const host = new BirdHost(this, options)
    this.hosts.set(host.address, host)
    return host
  }

  later(delay: Micros, act: Queued): void {
    this.#queue.push(this.now + delay, act)
  }

  /** Schedules the host's next wake-up anew. */
  armed(host: BirdHost): void {
    const at = host.daemon?.nextWake() ?? null
    if (at === host.wakeAt) return
    if (host.wakeToken >= 0) this.#queue.cancel(host.wakeToken)
    host.wakeAt = at
    host.wakeToken = -1
    if (at === null) return
    host.wakeToken = this.#queue.push(Math.max(at, this.now), () => {
      host.wakeToken = -1
      host.wakeAt = null
      host.daemon?.wake(this.now)
      this.armed(host)
    })
  }

  run(until: Micros): void {
    for (;;) {
      const at = this.#queue.nextTime()
      if (at > until) break
      this.now = at
      this.#queue.pop()?.()
    }
    this.now = until
  }

  runSeconds(seconds: number): void {
    this.run(this.now + Math.round(seconds * SECOND))
  }

  connect(from: BirdHost, options: ConnectOptions): SocketId | SocketError {
    const local = options.localAddress ?? from.address
    if (local !== from.address) return 'Cannot assign requested address'
    const socket: Socket = {
      id: this.#nextSocket++,
      host: from,
      peer: null,
      open: true,
      local,
      remote: options.remoteAddress,
      localPort: this.#nextPort++,
      remotePort: options.remotePort,
    }
    from.sockets.set(socket.id, socket)
    this.later(2 * LATENCY, () => this.#syn(socket, options))
    return socket.id
  }

  #syn(socket: Socket, options: ConnectOptions): void {
    const to = this.hosts.get(options.remoteAddress)
    if (to === undefined || to.cut || socket.host.cut || !socket.open) return
    if (!to.listening) {
      this.#closed(socket, 'Connection refused')
      return
    }
    if (to.passwordFor(socket.local) !== options.password) return
    const peer: Socket = {
      id: this.#nextSocket++,
      host: to,
      peer: socket,
      open: true,
      local: socket.remote,
      remote: socket.local,
      localPort: socket.remotePort,
      remotePort: socket.localPort,
    }
    socket.peer = peer
    to.sockets.set(peer.id, peer)
    const ends = (s: Socket) => ({
      localAddress: s.local,
      localPort: s.localPort,
      remoteAddress: s.remote,
      remotePort: s.remotePort,
    })
    socket.host.daemon?.socketConnected(this.now, socket.id, ends(socket))
    this.armed(socket.host)
    this.later(LATENCY, () => {
      if (!peer.open) return
      to.daemon?.socketIncoming(this.now, peer.id, ends(peer))
      this.armed(to)
    })
  }

  #closed(socket: Socket, error: SocketError | null): void {
    if (!socket.open) return
    socket.open = false
    socket.host.sockets.delete(socket.id)
    socket.host.daemon?.socketClosed(this.now, socket.id, error)
    this.armed(socket.host)
  }

  send(socket: Socket | undefined, message: BgpMessage): void {
    if (socket === undefined) return
    this.later(LATENCY + 1, () => {
      const peer = socket.peer
      if (peer === null || peer.host.cut || socket.host.cut) return
      if (!peer.open || peer.host.daemon === null) {
        this.later(LATENCY, () => this.#closed(socket, 'Connection reset by peer'))
        return
      }
      this.deliveries++
      peer.host.daemon.socketReceived(this.now, peer.id, message)
      this.armed(peer.host)
    })
  }

  fin(socket: Socket): void {
    socket.open = false
    this.later(LATENCY + 2, () => {
      const peer = socket.peer
      if (peer === null || peer.host.cut || socket.host.cut) return
      this.#closed(peer, null)
    })
  }
}
