// BGPPeer: which fields exclude each other and what each may hold (libcalico-go validator and clientv3, reference 1.5).
import { parseAddress } from '../cidr.ts'
import { failedTag } from '../problem.ts'
import type { BGPPeer, BGPPeerSpec } from '../resources.ts'
import { checkAsNumber } from './bgpconfiguration.ts'
import { type Context, checkDuration, checkOneOf, checkSelector, refuse } from './rules.ts'

export interface PeerAddress {
  readonly ip: string
  readonly version: 4 | 6
  /** 0: none given. */
  readonly port: number
}

const WITH_PORT = /^(?:\[([^\]]+)\]|([0-9.]+)):(\d{1,5})$/

/** Splits `IP`, `IPv4:port` and `[IPv6]:port`; null when malformed. The address keeps the user's spelling. */
export function parsePeerAddress(text: string): PeerAddress | null {
  const found = WITH_PORT.exec(text)
  const ip = found?.[1] ?? found?.[2] ?? text
  const port = found === null ? 0 : Number(found[3])
  const address = parseAddress(ip)
  if (address === null || port > 65535 || (found !== null && port === 0)) return null
  return { ip, version: address.version, port }
}

export function validateBGPPeer(peer: BGPPeer, context: Context): void {
  checkExclusions(peer.spec, context)
  checkValues(peer.spec, context)
  const missing = (peer.spec.filters ?? []).filter((name) => context.store.get('BGPFilter', name) === null)
  if (missing.length > 0) {
    refuse(
      context,
      { path: ['spec', 'filters'], name: 'BGPPeer.Spec.Filters', value: missing },
      'BGPFilter(s) not found',
    )
  }
}

function set(value: string | number | undefined): boolean {
  return value !== undefined && value !== '' && value !== 0
}

function checkExclusions(spec: BGPPeerSpec, context: Context): void {
  const never = (field: keyof BGPPeerSpec, reason: string) => {
    const name = `BGPPeer.Spec.${GO_NAMES[field] ?? field}`
    refuse(context, { path: ['spec', field], name, value: spec[field] }, reason)
  }
  if (set(spec.node) && set(spec.nodeSelector)) never('node', 'Node field must be empty when NodeSelector is specified')
  if (set(spec.peerIP) && set(spec.peerSelector))
    never('peerIP', 'PeerIP field must be empty when PeerSelector is specified')
  if (set(spec.asNumber) && set(spec.peerSelector))
    never('asNumber', 'ASNumber field must be empty when PeerSelector is specified')
  if (set(spec.localWorkloadSelector)) {
    if (set(spec.peerIP)) never('peerIP', 'PeerIP field must be empty when LocalWorkloadSelector is specified')
    if (set(spec.peerSelector))
      never('peerSelector', 'PeerSelector field must be empty when LocalWorkloadSelector is specified')
    if (!set(spec.asNumber))
      never('asNumber', 'ASNumber field must be specified when LocalWorkloadSelector is specified')
  }
  if (spec.keepOriginalNextHop === true && spec.nextHopMode !== undefined) {
    never('keepOriginalNextHop', 'KeepOriginalNextHop and NextHopMode must not be specified together')
  }
  if (!set(spec.reachableBy)) return
  if (!set(spec.peerIP)) {
    never('reachableBy', 'ReachablyBy field must be empty when PeerIP is empty')
    return
  }
  const gateway = parseAddress(spec.reachableBy ?? '')
  const peer = parsePeerAddress(spec.peerIP ?? '')
  if (gateway !== null && peer !== null && gateway.version !== peer.version) {
    never('reachableBy', 'PeerIP and ReachableBy must be of the same IP family')
  }
}

const GO_NAMES: { readonly [field in keyof BGPPeerSpec]?: string } = {
  node: 'Node',
  peerIP: 'PeerIP',
  asNumber: 'ASNumber',
  peerSelector: 'PeerSelector',
  keepOriginalNextHop: 'KeepOriginalNextHop',
  reachableBy: 'ReachableBy',
}

function checkValues(spec: BGPPeerSpec, context: Context): void {
  const tagged = (field: keyof BGPPeerSpec, name: string, tag: string) =>
    context.findings.push(failedTag(['spec', field], { name, value: spec[field], tag }))
  if (set(spec.peerIP) && parsePeerAddress(spec.peerIP ?? '') === null) tagged('peerIP', 'PeerIP', 'IP:port')
  if (set(spec.reachableBy) && parseAddress(spec.reachableBy ?? '') === null)
    tagged('reachableBy', 'ReachableBy', 'reachableBy')
  checkAsNumber(spec.asNumber, context)
  checkSelector(context, { path: ['spec', 'nodeSelector'], name: 'NodeSelector', value: spec.nodeSelector })
  checkSelector(context, { path: ['spec', 'peerSelector'], name: 'PeerSelector', value: spec.peerSelector })
  checkSelector(context, {
    path: ['spec', 'localWorkloadSelector'],
    name: 'LocalWorkloadSelector',
    value: spec.localWorkloadSelector,
  })
  checkOneOf(
    context,
    { path: ['spec', 'nextHopMode'], name: 'NextHopMode', value: spec.nextHopMode },
    {
      values: ['Auto', 'Self', 'Keep'],
      tag: 'nextHopMode',
    },
  )
  checkOneOf(
    context,
    { path: ['spec', 'sourceAddress'], name: 'SourceAddress', value: spec.sourceAddress },
    {
      values: ['UseNodeIP', 'None'],
      tag: 'sourceAddress',
    },
  )
  checkDuration(context, { path: ['spec', 'maxRestartTime'], name: 'MaxRestartTime', value: spec.maxRestartTime })
  const hops = spec.ttlSecurity
  if (hops !== undefined && (hops < 0 || hops > 255)) {
    const message = `cannot parse number '${hops}' into field BGPPeerSpec.ttlSecurity of type uint8`
    context.findings.push({ path: ['spec', 'ttlSecurity'], code: 'wrong-type', message })
  }
}
