// IPAM objects that a person may write: configuration and reservations (reference 1.8, 6.5).

import { parseCidrOrAddress } from '../cidr.ts'
import { failedTag, invalid } from '../problem.ts'
import type { BlockAffinity, IPAMConfig, IPReservation } from '../resources.ts'
import type { Context } from './rules.ts'

export function validateIPAMConfig(config: IPAMConfig, context: Context): void {
  const { maxBlocksPerHost, strictAffinity } = config.spec
  if (maxBlocksPerHost < 0) {
    context.findings.push(
      failedTag(['spec', 'maxBlocksPerHost'], { name: 'MaxBlocksPerHost', value: maxBlocksPerHost, tag: 'gte' }),
    )
  } else if (maxBlocksPerHost > 0 && !strictAffinity) {
    const field = { name: 'IPAMConfig.Spec.MaxBlocksPerHost', value: maxBlocksPerHost }
    context.findings.push(
      invalid(['spec', 'maxBlocksPerHost'], {
        ...field,
        reason: 'MaxBlocksPerHost requires StrictAffinity to be enabled',
      }),
    )
  }
}

export function validateIPReservation(reservation: IPReservation, context: Context): void {
  reservation.spec.reservedCIDRs?.forEach((value, index) => {
    if (parseCidrOrAddress(value) !== null) return
    context.findings.push(failedTag(['spec', 'reservedCIDRs', index], { name: 'ReservedCIDRs', value, tag: 'cidrs' }))
  })
}

export function validateBlockAffinity(affinity: BlockAffinity, context: Context): void {
  if (parseCidrOrAddress(affinity.spec.cidr) !== null) return
  context.findings.push(failedTag(['spec', 'cidr'], { name: 'CIDR', value: affinity.spec.cidr, tag: 'cidr' }))
}
