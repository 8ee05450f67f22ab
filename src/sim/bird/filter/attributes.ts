// The attributes filters read and write: where each lives in a route, its type, and the messages for wrong writes
// (static attributes and the e,a / e,S instructions of filter/filter.c in BIRD 1.6.8).
import type { Attributes } from '../../bgp/attributes.ts'
import { EnumType } from '../config/keywords.ts'
import type { StaticAttribute } from './ast.ts'
import { withKernelAttribute } from './kernel-attributes.ts'
import { FilterError, type Machine } from './machine.ts'
import { type FilterRoute, RouteDest } from './route.ts'
import type { Raw, Value, ValueType } from './value.ts'

/** Type of a value known before the run. */
export interface Static {
  type: ValueType
  enum: number
}

const typed = (type: ValueType, enumType = 0): Static => ({ type, enum: enumType })

export const STATIC_TYPES: Readonly<Record<StaticAttribute, Static>> = {
  net: typed('prefix'),
  proto: typed('string'),
  source: typed('enum', EnumType.SOURCE),
  from: typed('ip'),
  gw: typed('ip'),
  ifname: typed('string'),
  ifindex: typed('int'),
  dest: typed('enum', EnumType.DEST),
  scope: typed('enum', EnumType.SCOPE),
  cast: typed('enum', EnumType.CAST),
}

export const WRITABLE_STATIC: ReadonlySet<string> = new Set(['from', 'gw', 'ifname', 'dest', 'scope'])

export const STATIC_READERS: Readonly<Record<StaticAttribute, (route: FilterRoute) => Raw>> = {
  net: (route) => route.net,
  proto: (route) => route.proto,
  source: (route) => route.source,
  from: (route) => route.from,
  gw: (route) => route.gw,
  ifname: (route) => route.ifname,
  ifindex: (route) => route.ifindex,
  dest: (route) => route.dest,
  scope: (route) => route.scope,
  cast: () => 0,
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The run's own copy of the route; made at the first write. */
export function ownRoute(machine: Machine): Writable<FilterRoute> {
  if (!machine.owned) {
    const route = machine.route!
    machine.route = {
      net: route.net,
      proto: route.proto,
      source: route.source,
      from: route.from,
      gw: route.gw,
      ifname: route.ifname,
      ifindex: route.ifindex,
      dest: route.dest,
      scope: route.scope,
      preference: route.preference,
      attributes: route.attributes,
      kernelAttributes: route.kernelAttributes,
    }
    machine.owned = true
  }
  return machine.route as Writable<FilterRoute>
}

/** Writes a static attribute; the value has the right type. */
export function writeStatic(machine: Machine, attribute: StaticAttribute, raw: Raw, line: number): void {
  machine.rewritten = true
  switch (attribute) {
    case 'from':
      ownRoute(machine).from = raw as number
      return
    case 'scope':
      ownRoute(machine).scope = raw as number
      return
    case 'gw': {
      const neighbor = machine.environment.neighbor(raw as number)
      if (neighbor === null) throw new FilterError(line, 'Invalid gw address')
      redirect(machine, { dest: RouteDest.ROUTER, gw: raw as number, ...neighbor })
      return
    }
    case 'ifname': {
      const ifindex = machine.environment.interfaceIndex(raw as string)
      if (ifindex === null) throw new FilterError(line, 'Invalid iface name')
      redirect(machine, { dest: RouteDest.DEVICE, gw: 0, ifname: raw as string, ifindex })
      return
    }
    default: {
      const dest = raw as number
      if (dest !== RouteDest.BLACKHOLE && dest !== RouteDest.UNREACHABLE && dest !== RouteDest.PROHIBIT) {
        throw new FilterError(line, 'Destination can be changed only to blackhole, unreachable or prohibit')
      }
      redirect(machine, { dest, gw: 0, ifname: '', ifindex: 0 })
    }
  }
}

function redirect(machine: Machine, to: { dest: number; gw: number; ifname: string; ifindex: number }): void {
  const route = ownRoute(machine)
  route.dest = to.dest
  route.gw = to.gw
  route.ifname = to.ifname
  route.ifindex = to.ifindex
  machine.redirected = true
}

/** What an attribute holds, in the daemon's terms. */
type DynamicKind = 'int' | 'quad' | 'opaque' | 'ip' | 'bgppath' | 'bitfield' | 'clist' | 'eclist' | 'lclist' | 'string'

export interface DynamicAttribute {
  readonly kind: DynamicKind
  /** Member of Attributes, or null for krt_*. */
  readonly bgp: keyof Attributes | null
  /** Member of KernelAttributes. */
  readonly kernel: string
  /** Bit of a bit field. */
  readonly bit: number
  /** Attribute type code, for the PARTIAL flag of optional transitive ones. */
  readonly partialType: number
}

function bgp(kind: DynamicKind, member: keyof Attributes, partialType = 0): DynamicAttribute {
  return { kind, bgp: member, kernel: '', bit: 0, partialType }
}

function kernel(kind: DynamicKind, name: string, bit = 0): DynamicAttribute {
  return { kind, bgp: null, kernel: name, bit, partialType: 0 }
}

const KERNEL_INTS =
  'source metric realm scope mtu window rtt rttvar sstresh cwnd advmss reordering hoplimit initcwnd rto_min initrwnd quickack'
/** RTAX_* numbers of the metrics that can be locked. */
const LOCKS: readonly (readonly [string, number])[] = [
  ['mtu', 2],
  ['window', 3],
  ['rtt', 4],
  ['rttvar', 5],
  ['sstresh', 6],
  ['cwnd', 7],
  ['advmss', 8],
  ['reordering', 9],
  ['hoplimit', 10],
  ['rto_min', 13],
]

export const DYNAMIC_ATTRIBUTES: ReadonlyMap<string, DynamicAttribute> = new Map<string, DynamicAttribute>([
  ['bgp_origin', bgp('int', 'origin')],
  ['bgp_path', bgp('bgppath', 'asPath')],
  ['bgp_next_hop', bgp('ip', 'nextHop')],
  ['bgp_med', bgp('int', 'med')],
  ['bgp_local_pref', bgp('int', 'localPref')],
  ['bgp_atomic_aggr', bgp('opaque', 'atomicAggregate')],
  ['bgp_aggregator', bgp('opaque', 'aggregator')],
  ['bgp_community', bgp('clist', 'communities', 8)],
  ['bgp_originator_id', bgp('quad', 'originatorId')],
  ['bgp_cluster_list', bgp('clist', 'clusterList')],
  ['bgp_ext_community', bgp('eclist', 'extCommunities', 16)],
  ['bgp_large_community', bgp('lclist', 'largeCommunities', 32)],
  ['krt_prefsrc', kernel('ip', 'prefsrc')],
  ['krt_tunnel', kernel('string', 'tunnel')],
  ['krt_feature_ecn', kernel('bitfield', 'features', 0)],
  ['krt_feature_allfrag', kernel('bitfield', 'features', 3)],
  ...KERNEL_INTS.split(' ').map((name): [string, DynamicAttribute] => [`krt_${name}`, kernel('int', name)]),
  ...LOCKS.map(([name, bit]): [string, DynamicAttribute] => [`krt_lock_${name}`, kernel('bitfield', 'lock', bit)]),
])

/** krt_source and krt_metric live beside a route, not in it: unset works on them everywhere. */
function isTemporary(attribute: DynamicAttribute): boolean {
  return attribute.kernel === 'source' || attribute.kernel === 'metric'
}

const NOTHING: readonly never[] = []

/** Static type of what reading yields; opaque ones have no usable value. */
export function dynamicType(attribute: DynamicAttribute): { type: ValueType; nullable: boolean } {
  switch (attribute.kind) {
    case 'bitfield':
      return { type: 'bool', nullable: true }
    case 'opaque':
      return { type: 'enum', nullable: true }
    case 'clist':
    case 'eclist':
    case 'lclist':
      return { type: attribute.kind, nullable: false }
    default:
      return { type: attribute.kind, nullable: true }
  }
}

/** Reads an attribute; undefined when the route has none. Missing community lists read as empty. */
export function dynamicReader(attribute: DynamicAttribute): (route: FilterRoute) => Raw | undefined {
  const member = attribute.bgp
  const name = attribute.kernel
  if (member === null) {
    if (attribute.kind !== 'bitfield') return (route) => route.kernelAttributes?.[name]
    const mask = 1 << attribute.bit
    return (route) => {
      const bits = route.kernelAttributes?.[name]
      return bits === undefined ? undefined : ((bits as number) & mask) !== 0
    }
  }
  if (attribute.kind === 'opaque') return (route) => (route.attributes?.[member] === undefined ? undefined : 0)
  const list = attribute.kind === 'clist' || attribute.kind === 'eclist' || attribute.kind === 'lclist'
  if (list) return (route) => (route.attributes?.[member] as Raw | undefined) ?? NOTHING
  return (route) => route.attributes?.[member] as Raw | undefined
}

const WRONG_TYPE: Readonly<Record<DynamicKind, string>> = {
  int: 'Setting int attribute to non-int value',
  quad: 'Setting quad attribute to non-quad value',
  opaque: 'Setting opaque attribute is not allowed',
  ip: 'Setting ip attribute to non-ip value',
  bgppath: 'Setting path attribute to non-path value',
  bitfield: 'Setting bit in bitfield attribute to non-bool value',
  clist: 'Setting clist attribute to non-clist value',
  eclist: 'Setting eclist attribute to non-eclist value',
  lclist: 'Setting lclist attribute to non-lclist value',
  string: 'Setting string attribute to non-string value',
}

function accepts(kind: DynamicKind, type: ValueType): boolean {
  switch (kind) {
    case 'int':
      return type === 'int' || type === 'enum'
    case 'quad':
      return type === 'quad' || type === 'ip' || type === 'int'
    case 'bitfield':
      return type === 'bool'
    case 'opaque':
      return false
    default:
      return type === kind
  }
}

export function writeDynamic(machine: Machine, attribute: DynamicAttribute, value: Value, line: number): void {
  if (value.type === 'void' || !accepts(attribute.kind, value.type))
    throw new FilterError(line, WRONG_TYPE[attribute.kind])
  const route = ownRoute(machine)
  if (attribute.bgp === null) {
    let raw = value.value as number | string
    if (attribute.kind === 'bitfield') {
      const bits = (route.kernelAttributes?.[attribute.kernel] ?? 0) as number
      raw = value.value === true ? bits | (1 << attribute.bit) : bits & ~(1 << attribute.bit)
    }
    route.kernelAttributes = withKernelAttribute(route.kernelAttributes, attribute.kernel, raw)
    return
  }
  const next: Record<string, unknown> = { ...route.attributes, [attribute.bgp]: value.value }
  if (attribute.partialType !== 0 && route.source === 11)
    next.partial = withPartial(route.attributes, attribute.partialType)
  route.attributes = next as Attributes
  machine.attributesChanged = true
}

function withPartial(attributes: Attributes | null, type: number): readonly number[] {
  const before = attributes?.partial ?? []
  return before.includes(type) ? before : [...before, type].sort((a, b) => a - b)
}

/**
 * `unset`. An import filter (and a static route's options) cannot remove what the route itself carries: BIRD 1.6.8 notes
 * the removal beside the route, and nobody looks there. In an export filter it works.
 */
export function unsetDynamic(machine: Machine, attribute: DynamicAttribute): void {
  if (!machine.exporting && !isTemporary(attribute)) return
  const route = machine.route!
  if (attribute.bgp === null) {
    if (route.kernelAttributes?.[attribute.kernel] === undefined) return
    const { [attribute.kernel]: _, ...rest } = route.kernelAttributes
    ownRoute(machine).kernelAttributes = rest
    return
  }
  if (route.attributes?.[attribute.bgp] === undefined) return
  const next: Record<string, unknown> = { ...route.attributes }
  delete next[attribute.bgp]
  if (attribute.partialType !== 0 && route.attributes.partial !== undefined) {
    next.partial = route.attributes.partial.filter((type) => type !== attribute.partialType)
  }
  ownRoute(machine).attributes = next as Attributes
  machine.attributesChanged = true
}
