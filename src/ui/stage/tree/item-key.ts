// From a tree item's key back to the object it stands for.
import type { Picked } from '../pick.ts'

export function pickedOfKey(key: string): Picked | null {
  const space = key.indexOf(' ')
  const kind = key.slice(0, space)
  const rest = key.slice(space + 1)
  switch (kind) {
    case 'plate':
      return { type: 'plate', network: rest }
    case 'host':
      return { type: 'host', name: rest }
    case 'session':
      return { type: 'session', id: rest }
    case 'message':
      return { type: 'message', id: Number(rest) }
    case 'pod':
      return { type: 'pod', id: rest, host: '' }
    case 'block':
      return { type: 'block', cidr: rest, host: '' }
    case 'link': {
      const [host, network] = rest.split(' ')
      return host && network ? { type: 'link', host, network } : null
    }
    default:
      return null
  }
}
