// `ip` of iproute2 6.1: route, route get, addr, link. Commands that change something become actions; the machine itself
// refuses what the kernel would refuse.

import { Fib } from '../../kernel/fib.ts'
import { formatRoute, formatRouteGet, linkDownOf, routesJson } from '../../kernel/format-route.ts'
import type { KernelRoute } from '../../kernel/types.ts'
import { parseIp } from '../../net/address.ts'
import { type Prefix, parsePrefix, prefixCovers } from '../../net/prefix.ts'
import { type ShellHost, targetOf } from '../host.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'
import { addressLines, briefLines, linkLines } from './ip-link.ts'

const OBJECTS = ['route', 'address', 'link', 'neighbour', 'rule', 'netns', 'tunnel', 'monitor'] as const
const WRITES = /^(add|append|replace|change|chg|del|delete|set|flush)$/

export function ip(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  let rest = [...words]
  const flags = new Set<string>()
  while (rest[0]?.startsWith('-') === true) flags.add(rest.shift()!.replace(/^-+/, ''))
  const [object = '', ...more] = rest
  const name = OBJECTS.find(
    (candidate) => object !== '' && candidate.startsWith(object === 'addr' ? 'address' : object),
  )
  if (name === undefined) return output([`Object "${object}" is unknown, try "ip help".`])
  if (more[0] !== undefined && WRITES.test(more[0])) {
    const command = ['ip', ...words].join(' ')
    return { type: 'action', action: { at: context.at, action: 'exec', target: targetOf(host), command } }
  }
  if (flags.has('6')) return output([])
  rest = /^(show|list|ls|sh|s|l|lst)$/.test(more[0] ?? '') ? more.slice(1) : more
  const interfaces = context.recording.interfaces(context.at, host.id)
  switch (name) {
    case 'route':
      return more[0] === 'get' ? routeGet(context, host, more.slice(1)) : routeShow(context, host, { rest, flags })
    case 'address':
    case 'link': {
      const wanted = rest[0] === 'dev' ? rest[1] : rest[0]
      const chosen = wanted === undefined ? interfaces : interfaces.filter((iface) => iface.name === wanted)
      if (wanted !== undefined && chosen.length === 0) return output([`Device "${wanted}" does not exist.`])
      if (flags.has('br') || flags.has('brief')) return output(briefLines(chosen, name))
      return output(chosen.flatMap((iface) => (name === 'link' ? linkLines(iface) : addressLines(iface))))
    }
    default:
      return output([note(`this version does not simulate "ip ${name}".`)])
  }
}

function routeShow(
  context: ShellContext,
  host: ShellHost,
  asked: { rest: readonly string[]; flags: ReadonlySet<string> },
): CommandResult {
  const filter = routeFilter(asked.rest)
  if (typeof filter === 'string') return output([filter])
  const down = linkDownOf(context.recording.interfaces(context.at, host.id))
  const routes = context.recording.fib(context.at, host.id).filter(filter)
  if (asked.flags.has('j') || asked.flags.has('json')) return output([JSON.stringify(routesJson(routes, down))])
  return output(routes.map((route) => formatRoute(route, down)))
}

type Filter = (route: KernelRoute) => boolean

/** `table main`, `dev X`, `via A`, `proto P`, `PREFIX`, `exact|root|match PREFIX`. */
function routeFilter(words: readonly string[]): Filter | string {
  const tests: Filter[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const value = words[i + 1] ?? ''
    if (word === 'table') {
      if (value !== 'main' && value !== '254') return note('only table main is simulated.')
      i++
    } else if (word === 'dev') {
      tests.push((route) => route.dev === value || (route.nexthops?.some((hop) => hop.dev === value) ?? false))
      i++
    } else if (word === 'via') {
      const gateway = parseIp(value)
      tests.push(
        (route) => route.gateway === gateway || (route.nexthops?.some((hop) => hop.gateway === gateway) ?? false),
      )
      i++
    } else if (word === 'proto') {
      tests.push((route) => ` ${formatRoute(route)}`.includes(` proto ${value} `))
      i++
    } else if (word === 'default') tests.push((route) => route.prefix === 0)
    else {
      const mode = ['exact', 'root', 'match', 'to'].includes(word) ? word : 'exact'
      const text = mode === word ? value : word
      const prefix = parsePrefix(text)
      if (prefix === null) return `Error: any valid prefix is expected rather than "${text}".`
      tests.push((route) => fits(mode, prefix, route.prefix))
      if (mode === word) i++
    }
  }
  return (route) => tests.every((test) => test(route))
}

function fits(mode: string, wanted: Prefix, prefix: Prefix): boolean {
  if (mode === 'root') return prefixCovers(wanted, prefix)
  return mode === 'match' ? prefixCovers(prefix, wanted) : prefix === wanted
}

function routeGet(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  const text = words[0] === 'to' ? words[1] : words[0]
  if (text === undefined) return output(['need at least a destination address'])
  const address = parseIp(text)
  if (address === null) return output([`Error: inet prefix is expected rather than "${text}".`])
  const fib = new Fib()
  for (const route of context.recording.fib(context.at, host.id)) fib.set(route)
  const interfaces = context.recording.interfaces(context.at, host.id)
  return output([formatRouteGet(address, { interfaces, route: fib.lookup(address) }).text])
}
