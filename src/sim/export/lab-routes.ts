// Kernel routes as a lab bundle writes them: a member of `routes`, or arguments of `ip route`.
import type { KernelRoute } from '../kernel/types.ts'
import { RT_SCOPE, RTPROT } from '../kernel/types.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix, type Prefix } from '../net/prefix.ts'
import type { LabRoute } from './lab-types.ts'

const SCOPES: Readonly<Record<number, string>> = { 200: 'site', 253: 'link', 254: 'host' }

/** Neither the kernel's own (they come with addresses) nor BIRD's (it installs them itself). */
export function isAlien(route: KernelRoute): boolean {
  return route.protocol !== RTPROT.kernel && route.protocol !== RTPROT.bird
}

function destination(prefix: Prefix): string {
  return prefix === 0 ? 'default' : formatPrefix(prefix)
}

/** null: the bundle's `routes` have no words for it (several next hops, onlink, a source); then it takes `ip route`. */
export function labRoute(route: KernelRoute): LabRoute | null {
  if (route.nexthops !== null || route.onlink || route.prefsrc !== null) return null
  return {
    dst: destination(route.prefix),
    ...(route.type === 'unicast' ? {} : { type: route.type }),
    ...(route.gateway === null ? {} : { via: formatIp(route.gateway) }),
    ...(route.dev === null ? {} : { dev: route.dev }),
    ...(route.protocol === RTPROT.boot ? {} : { proto: protocol(route.protocol) }),
    ...(route.scope === RT_SCOPE.universe ? {} : { scope: SCOPES[route.scope] ?? String(route.scope) }),
    ...(route.metric === 0 ? {} : { metric: route.metric }),
  }
}

export function addArguments(verb: 'add' | 'replace', route: KernelRoute): string[] {
  const words: string[] = [verb]
  if (route.type !== 'unicast') words.push(route.type)
  words.push(destination(route.prefix))
  if (route.gateway !== null) words.push('via', formatIp(route.gateway))
  if (route.dev !== null) words.push('dev', route.dev)
  if (route.protocol !== RTPROT.boot) words.push('proto', protocol(route.protocol))
  if (route.scope !== RT_SCOPE.universe) words.push('scope', SCOPES[route.scope] ?? String(route.scope))
  if (route.prefsrc !== null) words.push('src', formatIp(route.prefsrc))
  if (route.metric !== 0) words.push('metric', String(route.metric))
  if (route.onlink) words.push('onlink')
  for (const hop of route.nexthops ?? []) {
    words.push('nexthop')
    if (hop.gateway !== null) words.push('via', formatIp(hop.gateway))
    words.push('dev', hop.dev, 'weight', String(hop.weight))
  }
  return words
}

export function deleteArguments(route: KernelRoute): string[] {
  const words = ['del']
  if (route.type !== 'unicast') words.push(route.type)
  words.push(destination(route.prefix), 'proto', route.protocol === RTPROT.boot ? 'boot' : protocol(route.protocol))
  if (route.metric !== 0) words.push('metric', String(route.metric))
  return words
}

function protocol(number: number): string {
  return number === RTPROT.static ? 'static' : String(number)
}
