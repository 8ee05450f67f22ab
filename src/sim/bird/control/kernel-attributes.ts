// The lines of `show route all` for what a route brought from the kernel or takes there, in order of the attributes' codes
// (sysdep/linux/netlink.c, krt_sys_get_attr; nest/rt-attr.c, ea_format_bitfield).
import { formatIp } from '../../net/address.ts'

/** RTAX_* from 1 up. */
const METRICS =
  'lock mtu window rtt rttvar sstresh cwnd advmss reordering hoplimit initcwnd features rto_min initrwnd quickack'.split(
    ' ',
  )
/** `tunnel` is of Calico's fork, which prints no value for it. */
const ORDER: readonly string[] = ['source', 'metric', 'prefsrc', 'realm', 'scope', ...METRICS, 'tunnel']
const FEATURES: readonly (readonly [bit: number, name: string])[] = [
  [0, 'ecn'],
  [3, 'allfrag'],
]

export function kernelAttributeLines(attributes: Readonly<Record<string, number | string>>): string[] {
  return ORDER.filter((name) => attributes[name] !== undefined).map(
    (name) => `\tKernel.${name}: ${shown(name, attributes[name] as number)}`,
  )
}

function shown(name: string, value: number): string | number {
  switch (name) {
    case 'prefsrc':
      return formatIp(value)
    case 'lock':
      return METRICS.filter((_, index) => (value >>> (index + 1)) & 1).join(' ')
    case 'features':
      return FEATURES.flatMap(([bit, feature]) => ((value >>> bit) & 1 ? [feature] : [])).join(' ')
    case 'tunnel':
      return '<type 43>'
    default:
      return value
  }
}
