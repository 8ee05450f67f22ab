// Which cease a protocol sends when it is taken down (proto/bgp/bgp.c bgp_shutdown).
import type { DownCode } from '../../core.ts'

/** `forGood`: it does not start again by itself. */
export function ceaseSubcode(code: DownCode, forGood: boolean): { subcode: number; limit: boolean } {
  switch (code) {
    case 'config-remove':
    case 'config-disable':
      return { subcode: 3, limit: false }
    case 'config-restart':
      return { subcode: 6, limit: false }
    case 'cmd-restart':
      return { subcode: 4, limit: false }
    case 'receive-limit':
    case 'import-limit':
      return { subcode: 1, limit: true }
    case 'export-limit':
      return { subcode: forGood ? 2 : 4, limit: true }
    default:
      return { subcode: 2, limit: false }
  }
}
