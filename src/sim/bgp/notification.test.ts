import { describe, expect, test } from 'vitest'
import {
  hasShutdownMessage,
  notificationText,
  notificationWithData,
  shutdownData,
  shutdownMessage,
} from './notification.ts'

describe('NOTIFICATION', () => {
  test('texts are those of BIRD', () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((code) => {
      const texts: string[] = []
      for (let sub = 0; !notificationText(code, sub).startsWith('Unknown'); sub++)
        texts.push(notificationText(code, sub))
      return texts
    })
    expect(all).toEqual([
      ['Invalid message header', 'Connection not synchronized', 'Bad message length', 'Bad message type'],
      [
        'Invalid OPEN message',
        'Unsupported version number',
        'Bad peer AS',
        'Bad BGP identifier',
        'Unsupported optional parameter',
        'Authentication failure',
        'Unacceptable hold time',
        'Required capability missing',
        'No supported AFI/SAFI',
      ],
      [
        'Invalid UPDATE message',
        'Malformed attribute list',
        'Unrecognized well-known attribute',
        'Missing mandatory attribute',
        'Invalid attribute flags',
        'Invalid attribute length',
        'Invalid ORIGIN attribute',
        'AS routing loop',
        'Invalid NEXT_HOP attribute',
        'Optional attribute error',
        'Invalid network field',
        'Malformed AS_PATH',
      ],
      ['Hold timer expired'],
      [
        'Finite state machine error',
        'Unexpected message in OpenSent state',
        'Unexpected message in OpenConfirm state',
        'Unexpected message in Established state',
      ],
      [
        'Cease',
        'Maximum number of prefixes reached',
        'Administrative shutdown',
        'Peer de-configured',
        'Administrative reset',
        'Connection rejected',
        'Other configuration change',
        'Connection collision resolution',
        'Out of Resources',
      ],
      ['Invalid ROUTE-REFRESH message', 'Invalid ROUTE-REFRESH message length'],
    ])
    expect(notificationText(6, 9)).toBe('Unknown error 6.9')
    expect(notificationText(9, 0)).toBe('Unknown error 9.0')
  })

  test('data is shown as the log shows it', () => {
    expect(notificationWithData(2, 2, Uint8Array.of(0, 0, 0xfd, 0xeb))).toBe('Bad peer AS: 65003')
    expect(notificationWithData(2, 3, Uint8Array.of(0x0a, 9, 0, 1))).toBe('Bad BGP identifier: 0a090001')
    expect(notificationWithData(4, 0, new Uint8Array(0))).toBe('Hold timer expired')
    expect(notificationWithData(3, 5, new Uint8Array(20).fill(1))).toBe(`Invalid attribute length: ${'01'.repeat(16)}`)
    expect(notificationWithData(6, 2, shutdownData('维护 now'))).toBe('Administrative shutdown: "维护 now"')
  })

  test('a shutdown sentence is at most 128 bytes and never breaks the line', () => {
    expect(shutdownData(null)).toHaveLength(0)
    expect(shutdownData('x'.repeat(300))).toHaveLength(129)
    expect(shutdownMessage(shutdownData('a\nb'))).toBe('a b')
    expect(shutdownMessage(Uint8Array.of(5, 65))).toBeNull()
    expect([hasShutdownMessage(6, 2), hasShutdownMessage(6, 4), hasShutdownMessage(6, 3)]).toEqual([true, true, false])
  })
})
