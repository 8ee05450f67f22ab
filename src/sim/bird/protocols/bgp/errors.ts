// The last error of a session and how it is worded (proto/bgp/bgp.c bgp_store_error, bgp_last_errmsg).
import { notificationText } from '../../../bgp/notification.ts'
import type { SocketError } from '../../ports.ts'

export type LastError =
  | { class: 'none' }
  | { class: 'manual-down' }
  | { class: 'misc'; text: string }
  /** null: the peer closed. */
  | { class: 'socket'; error: SocketError | null }
  | { class: 'received' | 'sent'; code: number; subcode: number }
  | { class: 'auto-down'; text: string }

export const NO_ERROR: LastError = { class: 'none' }

/** As in column info and `Last error:`; empty when there is none. */
export function errorText(e: LastError): string {
  switch (e.class) {
    case 'none':
    case 'manual-down':
      return ''
    case 'misc':
      return `Error: ${e.text}`
    case 'socket':
      return `Socket: ${e.error ?? 'Connection closed'}`
    case 'received':
      return `Received: ${notificationText(e.code, e.subcode)}`
    case 'sent':
      return `BGP Error: ${notificationText(e.code, e.subcode)}`
    case 'auto-down':
      return `Automatic shutdown: ${e.text}`
  }
}
