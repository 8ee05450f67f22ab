// IPPool: defaults and rules of libcalico-go clientv3/ippool.go validateAndSetDefaults and its validator (reference 1.3).
import { type Cidr, isMasked, overlap, parseCidr } from '../cidr.ts'
import { invalid } from '../problem.ts'
import type { IPPool, IPPoolSpec } from '../resources.ts'
import { type Context, checkOneOf, checkSelector, refuse } from './rules.ts'

const ENCAP = ['Never', 'Always', 'CrossSubnet']
const USES = ['Workload', 'Tunnel', 'LoadBalancer']
const LINK_LOCAL: readonly (readonly [string, string])[] = [
  ['169.254.0.0/16', 'IPPool CIDR overlaps with IPv4 Link Local range 169.254.0.0/16'],
  ['fe80::/10', 'IPPool CIDR overlaps with IPv6 Link Local range fe80::/10'],
]

/** The pool with every default written out, as it reads back from the API. */
export function defaultIPPool(pool: IPPool): IPPool {
  const given = pool.spec as Partial<IPPoolSpec>
  const cidr = parseCidr(given.cidr ?? '')
  const orDefault = (value: string | undefined, preset: string) =>
    value === undefined || value === '' ? preset : value
  const spec = {
    ...given,
    cidr: given.cidr ?? '',
    blockSize:
      given.blockSize === undefined || given.blockSize === 0 ? (cidr?.version === 6 ? 122 : 26) : given.blockSize,
    ipipMode: orDefault(given.ipipMode, 'Never'),
    vxlanMode: orDefault(given.vxlanMode, 'Never'),
    nodeSelector: orDefault(given.nodeSelector, 'all()'),
    allowedUses:
      given.allowedUses === undefined || given.allowedUses.length === 0 ? ['Workload', 'Tunnel'] : given.allowedUses,
    assignmentMode: orDefault(given.assignmentMode, 'Automatic'),
  } as IPPoolSpec
  return { ...pool, spec }
}

export function validateIPPool(pool: IPPool, context: Context): void {
  const old = context.store.get('IPPool', pool.metadata.name)
  checkEnums(pool.spec, context)
  const cidr = checkCidrField(pool, old, context)
  if (cidr === null) return
  checkBlockSize({ pool, old, cidr }, context)
  checkEncapsulation(pool.spec, cidr, context)
  checkUses(pool.spec, old, context)
  if (old === null) checkOverlaps(pool, cidr, context)
}

function checkEnums(spec: IPPoolSpec, context: Context): void {
  const at = (name: string) => ['spec', name]
  checkOneOf(
    context,
    { path: at('ipipMode'), name: 'IPIPMode', value: spec.ipipMode },
    { values: ENCAP, tag: 'ipIpMode' },
  )
  checkOneOf(
    context,
    { path: at('vxlanMode'), name: 'VXLANMode', value: spec.vxlanMode },
    { values: ENCAP, tag: 'vxlanMode' },
  )
  checkOneOf(
    context,
    { path: at('assignmentMode'), name: 'AssignmentMode', value: spec.assignmentMode },
    {
      values: ['Automatic', 'Manual'],
      tag: 'assignmentMode',
    },
  )
  checkSelector(context, { path: at('nodeSelector'), name: 'NodeSelector', value: spec.nodeSelector })
  spec.allowedUses.forEach((value, index) => {
    checkOneOf(
      context,
      { path: ['spec', 'allowedUses', index], name: 'AllowedUses', value },
      { values: USES, tag: 'ipPoolAllowedUse' },
    )
  })
  for (const [name, reason] of [
    ['ipip', 'IPPool.Spec.IPIP'],
    ['nat-outgoing', 'IPPool.Spec.NATOutgoingV1'],
  ] as const) {
    const value = (spec as unknown as Record<string, unknown>)[name]
    if (value !== undefined && value !== false)
      refuse(context, { path: at(name), name: reason, value }, `${reason} is deprecated and must not be set`)
  }
}

function checkCidrField(pool: IPPool, old: IPPool | null, context: Context): Cidr | null {
  const value = pool.spec.cidr
  const say = (reason: string) => {
    context.findings.push(invalid(['spec', 'cidr'], { name: 'IPPool.Spec.CIDR', value, reason }))
    return null
  }
  if (value === '') return say('IPPool CIDR must be specified')
  const cidr = parseCidr(value)
  if (cidr === null) return say('IPPool CIDR must be a valid subnet')
  if (old !== null && old.spec.cidr !== value) return say('IPPool CIDR cannot be modified')
  if (!isMasked(cidr)) return say('IPPool CIDR is not strictly masked')
  for (const [range, reason] of LINK_LOCAL) if (overlap(cidr, parseCidr(range) as Cidr)) return say(reason)
  return cidr
}

function checkBlockSize(subject: { pool: IPPool; old: IPPool | null; cidr: Cidr }, context: Context): void {
  const { pool, old, cidr } = subject
  const size = pool.spec.blockSize
  const say = (reason: string) =>
    context.findings.push(invalid(['spec', 'blockSize'], { name: 'IPPool.Spec.BlockSize', value: size, reason }))
  if (old !== null && old.spec.blockSize !== size) say('IPPool BlockSize cannot be modified')
  if (cidr.version === 4 && (size < 20 || size > 32)) return void say('IPv4 block size must be between 20 and 32')
  if (cidr.version === 6 && (size < 116 || size > 128)) return void say('IPv6 block size must be between 116 and 128')
  if (cidr.length > size && pool.spec.disabled !== true) {
    const reason =
      'IP pool size is too small for use with Calico IPAM. It must be equal to or greater than the block size.'
    context.findings.push(invalid(['spec', 'cidr'], { name: 'IPPool.Spec.CIDR', value: pool.spec.cidr, reason }))
  }
  if (old !== null) return
  for (const block of context.store.list('IPAMBlock')) {
    const other = parseCidr(block.spec.cidr)
    if (other === null || !overlap(other, cidr) || other.length === size) continue
    return void say('IPPool blocksSize conflicts with existing allocations that use a different blockSize')
  }
}

function checkEncapsulation(spec: IPPoolSpec, cidr: Cidr, context: Context): void {
  if (spec.ipipMode !== 'Never' && spec.vxlanMode !== 'Never') {
    const field = { path: ['spec', 'vxlanMode'], name: 'IPPool.Spec.VXLANMode', value: spec.vxlanMode }
    refuse(context, field, 'Cannot enable both VXLAN and IPIP on the same IPPool')
  }
  if (cidr.version === 6 && spec.ipipMode !== 'Never') {
    const field = { path: ['spec', 'ipipMode'], name: 'IPPool.Spec.IPIPMode', value: spec.ipipMode }
    refuse(context, field, 'IPIP is not supported on an IPv6 IP pool')
  }
}

function checkUses(spec: IPPoolSpec, old: IPPool | null, context: Context): void {
  const field = { path: ['spec', 'allowedUses'], name: 'IPPool.Spec.AllowedUses', value: spec.allowedUses }
  const balancer = spec.allowedUses.includes('LoadBalancer')
  if (old?.spec.allowedUses.includes('LoadBalancer') === true && !balancer) {
    refuse(context, field, 'IPPool AllowedUses LoadBalancer cannot be modified')
    return
  }
  if (!balancer) return
  if (spec.allowedUses.length > 1)
    refuse(context, field, 'LoadBalancer cannot be used simultaneously with Workload or Tunnel')
  if (spec.ipipMode !== 'Never' || spec.vxlanMode !== 'Never') {
    refuse(context, field, 'IP pool for LoadBalancer cannot have encapsulation enabled')
  }
  if (spec.nodeSelector !== 'all()')
    refuse(context, field, 'IP pool for LoadBalancer must have node selector set to all()')
  // Calico's own words contradict its condition; the condition is what counts.
  if (spec.disableBGPExport === true)
    refuse(context, field, 'IP pool for LoadBalancer must have disableBGPExport set to true')
}

function checkOverlaps(pool: IPPool, cidr: Cidr, context: Context): void {
  for (const other of context.store.list('IPPool')) {
    const range = parseCidr(other.spec.cidr)
    if (range === null || !overlap(range, cidr)) continue
    const reason = `IPPool(${pool.metadata.name}) CIDR overlaps with IPPool(${other.metadata.name}) CIDR ${other.spec.cidr}`
    refuse(context, { path: ['spec', 'cidr'], name: 'IPPool.Spec.CIDR', value: pool.spec.cidr }, reason)
  }
}
