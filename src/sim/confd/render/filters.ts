// BGPFilter objects as BIRD functions (confd template_funcs.go, reference 5.2).
import { sha256 } from '@noble/hashes/sha2.js'
import { parseCidr } from '../../datastore/cidr.ts'
import type { BGPFilter, BGPFilterRule } from '../../datastore/resources.ts'
import type { Family } from '../types.ts'

export function sha256OfAscii(text: string): Uint8Array {
  return sha256(Uint8Array.from(text, (char) => char.charCodeAt(0)))
}

const LONGEST_NAME = 45
const HEX_DIGITS = 16

function shortName(name: string): string {
  if (name.length <= LONGEST_NAME) return name
  const hex = Array.from(sha256OfAscii(name), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
  return `${name.slice(0, LONGEST_NAME - HEX_DIGITS - 1)}_${hex.slice(0, HEX_DIGITS)}`
}

export type Direction = 'import' | 'export'

export function filterFunction(name: string, direction: Direction, family: Family): string {
  return `'bgp_${shortName(name)}_${direction}FilterV${family}'`
}

export function rulesOf(filter: BGPFilter, direction: Direction, family: Family): readonly BGPFilterRule[] {
  const { spec } = filter
  if (direction === 'import') return (family === 4 ? spec.importV4 : spec.importV6) ?? []
  return (family === 4 ? spec.exportV4 : spec.exportV6) ?? []
}

const OPERATORS = { Equal: '=', NotEqual: '!=', In: '~', NotIn: '!~' } as const

function netCondition(rule: BGPFilterRule, family: Family): string | null {
  const { cidr = '', matchOperator, prefixLength } = rule
  if (cidr === '' || matchOperator === undefined) return null
  const operator = OPERATORS[matchOperator]
  if (prefixLength === undefined) return `(net ${operator} ${cidr})`
  const width = family === 4 ? 32 : 128
  const min = Math.max(parseCidr(cidr)?.length ?? 0, prefixLength.min ?? 0)
  const max = Math.min(width, prefixLength.max ?? width)
  return `(net ${operator} [ ${cidr}{${min},${max}} ])`
}

function ruleLine(rule: BGPFilterRule, family: Family): string {
  const verdict = rule.action === 'Accept' ? 'accept;' : 'reject;'
  const conditions = [
    netCondition(rule, family),
    rule.source === 'RemotePeers' ? '((defined(source))&&(source ~ [ RTS_BGP ]))' : null,
    rule.interface === undefined || rule.interface === ''
      ? null
      : `((defined(ifname))&&(ifname ~ "${rule.interface}"))`,
  ].filter((condition) => condition !== null)
  return conditions.length === 0 ? `  ${verdict}` : `  if (${conditions.join('&&')}) then { ${verdict} }`
}

/** Functions of every BGPFilter with rules of this family, whether a peer uses it or not. */
export function renderFilterFunctions(filters: readonly BGPFilter[], family: Family): string {
  let out = ''
  for (const filter of filters) {
    for (const direction of ['import', 'export'] as const) {
      const rules = rulesOf(filter, direction, family)
      if (rules.length === 0) continue
      const name = filterFunction(filter.metadata.name, direction, family)
      out += `# BGPFilter ${filter.metadata.name}: the first rule that matches ends the whole ${direction} filter.\n`
      out += `function ${name}() {\n${rules.map((rule) => ruleLine(rule, family)).join('\n')}\n}\n\n`
    }
  }
  return out
}
