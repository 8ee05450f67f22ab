// A Calico Node document before it becomes annotations (libcalico-go validateNodeSpec, reference 1.2).
import { parseAddress, parseCidrOrAddress } from '../cidr.ts'
import type { CalicoNodeDocument } from '../node.ts'
import { failedTag, invalid } from '../problem.ts'
import { checkAsNumber } from './bgpconfiguration.ts'
import type { Context } from './rules.ts'

export function validateCalicoNode(node: CalicoNodeDocument, context: Context): void {
  const bgp = node.spec?.bgp
  if (bgp === undefined) return
  if (Object.keys(bgp).length === 0) {
    context.findings.push(invalid(['spec', 'bgp'], { name: 'BGP', value: '', reason: 'Spec.BGP should not be empty' }))
    return
  }
  for (const [field, version] of [
    ['ipv4Address', 4],
    ['ipv6Address', 6],
  ] as const) {
    const value = bgp[field]
    if (value === undefined || parseCidrOrAddress(String(value))?.version === version) continue
    context.findings.push(
      failedTag(['spec', 'bgp', field], { name: `IPv${version}Address`, value, tag: `cidrv${version}` }),
    )
  }
  for (const [field, name] of [
    ['ipv4IPIPTunnelAddr', 'IPv4IPIPTunnelAddr'],
    ['routeReflectorClusterID', 'RouteReflectorClusterID'],
  ] as const) {
    const value = bgp[field]
    if (value === undefined || value === '' || parseAddress(String(value))?.version === 4) continue
    context.findings.push(failedTag(['spec', 'bgp', field], { name, value, tag: 'ipv4' }))
  }
  checkAsNumber(bgp.asNumber, context, ['spec', 'bgp', 'asNumber'])
}
