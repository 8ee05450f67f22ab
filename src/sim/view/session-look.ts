// How the line of a session looks (design/ux.md 3.3), from the state of its two ends as birdc would show them.
import { remaining } from '../bird/control/clock.ts'
import type { BgpSnapshot, Micros, ProtocolSnapshot } from '../bird/ports.ts'
import type { SessionView } from './types.ts'

type Look = SessionView['look']

/** How far an end that is not Established has come; null: it only waits for the other one. */
function progress(snapshot: ProtocolSnapshot): 'opening' | 'active' | 'idle' | null {
  switch (snapshot.bgp?.state) {
    case 'Connect':
    case 'OpenSent':
    case 'OpenConfirm':
      return 'opening'
    case 'Active':
      return 'active'
    case 'Passive':
      return null
    default:
      return 'idle'
  }
}

const isEstablished = (snapshot: ProtocolSnapshot): boolean => snapshot.bgp?.state === 'Established'

/** `a` is there; `b` is null when there is no other end or it is not there at the time. */
export function lookOf(a: ProtocolSnapshot, b: ProtocolSnapshot | null, silent: boolean): Look {
  if (a.disabled || b?.disabled === true) return 'admin-down'
  const open = [a, b].filter((end): end is ProtocolSnapshot => end !== null && !isEstablished(end))
  if (open.length === 0) return silent ? 'silent' : 'established'
  const reached = open.map(progress)
  if (reached.includes('opening')) return 'opening'
  if (reached.includes('active')) return 'active'
  return reached.includes('idle') ? 'idle' : 'active'
}

/** When an Established end has heard nothing for one keepalive interval; null: it never minds. */
export function quietAt(bgp: BgpSnapshot): Micros | null {
  if (bgp.state !== 'Established' || bgp.holdTimer === null || bgp.lastHeardAt === null) return null
  const interval = bgp.keepaliveTimer?.nominalSeconds ?? Math.floor(bgp.holdTimer.nominalSeconds / 3)
  return bgp.lastHeardAt + interval * 1_000_000
}

/** The hold timer of an end that hears nothing. */
export function holdOf(bgp: BgpSnapshot | null | undefined, at: Micros): SessionView['hold'] {
  if (bgp == null) return null
  const quiet = quietAt(bgp)
  if (quiet === null || at <= quiet || bgp.holdTimer === null || bgp.lastHeardAt === null) return null
  return {
    remainingSeconds: remaining(bgp.holdTimer.deadline, at),
    nominalSeconds: bgp.holdTimer.nominalSeconds,
    heardSecondsAgo: (at - bgp.lastHeardAt) / 1_000_000,
  }
}
