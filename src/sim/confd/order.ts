// Order of lists in the files: ascending text of confd's keys, in which a CIDR's slash is a dash.

/** Ascending order of confd's key for a CIDR, in which the slash is a dash. */
export function cidrKey(cidr: string): string {
  return cidr.replace('/', '-')
}
export function byCidrKey(a: string, b: string): number {
  const [left, right] = [cidrKey(a), cidrKey(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
