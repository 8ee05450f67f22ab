// Which prefixes a table takes at all (nest/rt-table.c rte_validate, lib/ip.c ipa_classify with Calico's 240/4 change).
import { type Prefix, prefixAddress } from '../../net/prefix.ts'

/** null: fine; else the word of the log line. */
export function invalidRoute(net: Prefix): 'route' | null {
  const address = prefixAddress(net)
  if (address === 0) return null
  const first = address >>> 24
  return first === 0 || first === 127 || (first >= 224 && first < 240) || address === 0xffffffff ? 'route' : null
}
