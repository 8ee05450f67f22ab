// BGPFilter: the shape of one rule in either family (libcalico-go validateBGPFilterRule, reference 1.6).
import { failedTag } from '../problem.ts'
import type { BGPFilter, BGPFilterRule } from '../resources.ts'
import { type Context, checkCidr, checkOneOf, INTERFACE, refuse } from './rules.ts'

const LISTS = [
  ['exportV4', 4],
  ['importV4', 4],
  ['exportV6', 6],
  ['importV6', 6],
] as const

export function validateBGPFilter(filter: BGPFilter, context: Context): void {
  for (const [field, version] of LISTS) {
    filter.spec[field]?.forEach((rule, index) => {
      checkRule({ rule, version, path: ['spec', field, index] }, context)
    })
  }
}

interface RuleAt {
  readonly rule: BGPFilterRule
  readonly version: 4 | 6
  readonly path: readonly (string | number)[]
}

function checkRule({ rule, version, path }: RuleAt, context: Context): void {
  const at = (field: keyof BGPFilterRule, name: string) => ({ path: [...path, field], name, value: rule[field] })
  const textAt = (field: 'cidr' | 'source' | 'matchOperator', name: string) => ({
    path: [...path, field],
    name,
    value: rule[field],
  })
  if (rule.action === undefined)
    context.findings.push(failedTag([...path, 'action'], { name: 'Action', value: '', tag: 'filterAction' }))
  checkOneOf(
    context,
    { path: [...path, 'action'], name: 'Action', value: rule.action },
    { values: ['Accept', 'Reject'], tag: 'filterAction' },
  )
  checkOneOf(context, textAt('source', 'Source'), { values: ['RemotePeers'], tag: 'bgpFilterSource' })
  checkOneOf(context, textAt('matchOperator', 'MatchOperator'), {
    values: ['Equal', 'NotEqual', 'In', 'NotIn'],
    tag: 'matchOperator',
  })
  checkCidr(context, textAt('cidr', 'CIDR'), version)
  const hasCidr = rule.cidr !== undefined && rule.cidr !== ''
  const hasOperator = rule.matchOperator !== undefined
  if (hasCidr && !hasOperator)
    refuse(context, at('matchOperator', 'MatchOperator'), 'MatchOperator cannot be empty when CIDR is not')
  if (!hasCidr && hasOperator) refuse(context, at('cidr', 'CIDR'), 'CIDR cannot be empty when MatchOperator is not')
  if (!hasCidr && rule.prefixLength !== undefined)
    refuse(context, at('cidr', 'CIDR'), 'CIDR cannot be empty when PrefixLength is not')
  if (rule.interface !== undefined && !INTERFACE.test(rule.interface)) {
    context.findings.push(
      failedTag([...path, 'interface'], { name: 'Interface', value: rule.interface, tag: 'bgpFilterInterface' }),
    )
  }
  const width = version === 4 ? 32 : 128
  for (const end of ['min', 'max'] as const) {
    const value = rule.prefixLength?.[end]
    if (value === undefined || (value >= 0 && value <= width)) continue
    const tag = `bgpFilterPrefixLengthV${version}`
    context.findings.push(
      failedTag([...path, 'prefixLength', end], { name: end === 'min' ? 'Min' : 'Max', value, tag }),
    )
  }
}
