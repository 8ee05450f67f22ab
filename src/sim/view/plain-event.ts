// Events with text instead of numbers for addresses, so that the page needs no code of the simulation to show them.
import type { BirdEvent } from '../bird/ports.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import type { ClusterEvent } from '../recording/types.ts'
import type { PlainEvent } from './types.ts'

export function plainEvent<E extends BirdEvent | ClusterEvent>(event: E): PlainEvent<E> {
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(event)) {
    if (key === 'attributes') continue
    plain[key] = typeof value === 'number' ? textOf(key, value) : value
  }
  return plain as PlainEvent<E>
}

function textOf(key: string, value: number): string | number {
  if (key === 'prefix' || key === 'block') return formatPrefix(value)
  return key === 'address' || key === 'from' ? formatIp(value) : value
}
