// `ip link set`, `ip addr add|del` and `ip route add|del|replace` on a host's kernel, with iproute2's error texts.
import { protocolNumber } from '../kernel/format-route.ts'
import type { Kernel, RouteSelector } from '../kernel/kernel.ts'
import { connectedInterface } from '../kernel/routes.ts'
import { type KernelRoute, type NetlinkError, RT_SCOPE, RTPROT } from '../kernel/types.ts'
import { type Ip, parseIp } from '../net/address.ts'
import { type Prefix, parsePrefix } from '../net/prefix.ts'

/** What a command printed; null: it is not one that changes anything. */
export interface CommandResult {
  readonly reply: string
  /** Felix or an administrator's routes may have been touched. */
  readonly kernel?: 'interface-up' | 'other'
}

const ERRORS: Readonly<Record<NetlinkError, string>> = {
  EEXIST: 'RTNETLINK answers: File exists',
  ENETUNREACH: 'Error: Nexthop has invalid gateway.',
  ESRCH: 'RTNETLINK answers: No such process',
  ENODEV: 'RTNETLINK answers: No such device',
  EINVAL: 'Error: Nexthop has invalid gateway.',
}

/** null: a command that only reads. */
export function ipCommand(kernel: Kernel, words: readonly string[]): CommandResult | null {
  const [object = '', verb = '', ...rest] = words.filter((word) => word !== '-4')
  if (isWord(object, 'link') && verb === 'set') return linkSet(kernel, rest)
  if (isWord(object, 'address') && (verb === 'add' || isWord(verb, 'del'))) {
    return addressChange(kernel, { add: verb === 'add', words: rest })
  }
  if (isWord(object, 'route') && ['add', 'replace', 'del', 'delete'].includes(verb)) {
    return routeChange(kernel, { verb, words: rest })
  }
  return null
}

/** iproute2 takes beginnings of words: `r`, `ro`, `route`; `a`, `addr`. */
function isWord(word: string, full: string): boolean {
  return word !== '' && full.startsWith(word)
}

function linkSet(kernel: Kernel, words: readonly string[]): CommandResult {
  const rest = words[0] === 'dev' ? words.slice(1) : words
  const [name = '', state, extra] = rest
  if ((state !== 'up' && state !== 'down') || extra !== undefined) {
    return { reply: `Error: either "dev" is duplicate, or "${state ?? ''}" is a garbage.` }
  }
  if (!kernel.setUp(name, state === 'up')) return { reply: `Cannot find device "${name}"` }
  return { reply: '', kernel: state === 'up' ? 'interface-up' : 'other' }
}

function addressChange(kernel: Kernel, change: { add: boolean; words: readonly string[] }): CommandResult {
  const [text = '', dev, name = ''] = change.words
  const [host = '', length = '32'] = text.split('/')
  const address = parseIp(host)
  const iface = kernel.interface(name)
  if (address === null || dev !== 'dev') return { reply: `Error: any valid prefix is expected rather than "${text}".` }
  if (iface === null) return { reply: `Cannot find device "${name}"` }
  const item = { address, prefixLength: Number(length) }
  const present = iface.addresses.some((other) => other.address === address)
  if (change.add && present) return { reply: 'Error: ipv4: Address already assigned.' }
  if (!change.add && !present) return { reply: 'Error: ipv4: Address not found.' }
  const others = iface.addresses.filter((other) => other.address !== address)
  kernel.setAddresses(name, change.add ? [...others, item] : others)
  return { reply: '', kernel: 'other' }
}

interface RouteWords {
  type: KernelRoute['type']
  prefix: Prefix
  gateway: Ip | null
  dev: string | null
  protocol: number | null
  metric: number | null
  scope: number | null
  prefsrc: Ip | null
  onlink: boolean
}

function routeChange(kernel: Kernel, change: { verb: string; words: readonly string[] }): CommandResult {
  const parsed = parseRoute(change.words)
  if (typeof parsed === 'string') return { reply: parsed }
  const error =
    change.verb === 'add' || change.verb === 'replace'
      ? place(kernel, parsed, change.verb)
      : (kernel.deleteRoute(selector(parsed)) ?? '')
  if (error === '') return { reply: '', kernel: 'other' }
  return { reply: error in ERRORS ? ERRORS[error as NetlinkError] : error }
}

function place(kernel: Kernel, words: RouteWords, verb: 'add' | 'replace'): string {
  const dev = words.dev ?? (words.gateway === null ? null : deviceOf(kernel, words.gateway))
  if (words.type === 'unicast' && dev === null)
    return words.gateway === null ? 'RTNETLINK answers: No such device' : 'ENETUNREACH'
  if (words.dev !== null && kernel.interface(words.dev) === null) return `Cannot find device "${words.dev}"`
  const onDevice = words.type === 'unicast' && words.gateway === null
  const route: KernelRoute = {
    prefix: words.prefix,
    type: words.type,
    gateway: words.gateway,
    dev: words.type === 'unicast' ? dev : null,
    nexthops: null,
    protocol: words.protocol ?? RTPROT.boot,
    scope: words.scope ?? (onDevice ? RT_SCOPE.link : RT_SCOPE.universe),
    metric: words.metric ?? 0,
    onlink: words.onlink,
    prefsrc: words.prefsrc,
  }
  return (verb === 'add' ? kernel.addRoute(route) : kernel.replaceRoute(route)) ?? ''
}

function deviceOf(kernel: Kernel, gateway: Ip): string | null {
  return connectedInterface(kernel.interfaces(), gateway)?.name ?? null
}

function selector(words: RouteWords): RouteSelector {
  return {
    prefix: words.prefix,
    ...(words.metric === null ? {} : { metric: words.metric }),
    ...(words.protocol === null ? {} : { protocol: words.protocol }),
    ...(words.gateway === null ? {} : { gateway: words.gateway }),
    ...(words.dev === null ? {} : { dev: words.dev }),
    ...(words.type === 'unicast' ? {} : { type: words.type }),
  }
}

function parseRoute(words: readonly string[]): RouteWords | string {
  const types = ['unicast', 'blackhole', 'unreachable', 'prohibit'] as const
  const type = types.find((known) => known === words[0])
  const [destination = '', ...options] = type === undefined ? words : words.slice(1)
  const prefix = destination === 'default' ? 0 : parsePrefix(destination)
  if (prefix === null) return `Error: any valid prefix is expected rather than "${destination}".`
  const route: RouteWords = {
    type: type ?? 'unicast',
    prefix,
    gateway: null,
    dev: null,
    protocol: null,
    metric: null,
    scope: null,
    prefsrc: null,
    onlink: false,
  }
  for (let i = 0; i < options.length; i++) {
    const key = options[i] ?? ''
    if (key === 'onlink') {
      route.onlink = true
      continue
    }
    const value = options[++i] ?? ''
    const problem = setOption(route, key, value)
    if (problem !== null) return problem
  }
  return route
}

function setOption(route: RouteWords, key: string, value: string): string | null {
  switch (key) {
    case 'via':
      route.gateway = parseIp(value)
      return route.gateway === null ? `Error: inet address is expected rather than "${value}".` : null
    case 'src':
      route.prefsrc = parseIp(value)
      return route.prefsrc === null ? `Error: inet address is expected rather than "${value}".` : null
    case 'dev':
      route.dev = value
      return null
    case 'proto':
    case 'protocol':
      route.protocol = protocolNumber(value)
      return route.protocol === null ? `Error: argument "${value}" is wrong: "protocol" value is invalid` : null
    case 'metric':
      route.metric = Number(value)
      return /^\d+$/.test(value) ? null : `Error: argument "${value}" is wrong: "metric" value is invalid`
    case 'scope':
      route.scope = value === 'link' ? RT_SCOPE.link : value === 'host' ? 254 : RT_SCOPE.universe
      return ['link', 'global', 'host'].includes(value)
        ? null
        : `Error: argument "${value}" is wrong: "scope" value is invalid`
    default:
      return `Error: either "to" is duplicate, or "${key}" is a garbage.`
  }
}
