// How the line of a session looks (design/ux.md 3.3), from the state of its two ends as birdc would show them.
import { remaining } from '../bird/control/clock.ts'
import type { BgpSnapshot, BgpState, Micros } from '../bird/ports.ts'
import type { SessionView } from './types.ts'

type Look = SessionView['look']

interface End {
  readonly bgpState: BgpState
  readonly disabled: boolean
  readonly quiet: boolean
}

/** How far an end that is not Established has come; null: it only waits for the other one. */
function progress(state: BgpState): 'opening' | 'active' | 'idle' | null {
  switch (state) {
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

/** `b` is null when there is no other end or it is not there at the time. */
export function lookOf(a: End, b: End | null): Look {
  if (a.disabled || b?.disabled === true) return 'admin-down'
  const open = [a, b].filter((end): end is End => end !== null && end.bgpState !== 'Established')
  if (open.length === 0) return a.quiet || b?.quiet === true ? 'silent' : 'established'
  const reached = open.map((end) => progress(end.bgpState))
  if (reached.includes('opening')) return 'opening'
  if (reached.includes('active')) return 'active'
  return reached.includes('idle') ? 'idle' : 'active'
}

/** BIRD's timers count whole seconds and wait for poll: a KEEPALIVE on its way may be that late without being missed. */
const SLACK: Micros = 2_000_000

/** When an Established end has heard nothing for one keepalive interval; null: it never minds. */
export function quietAt(bgp: BgpSnapshot): Micros | null {
  if (bgp.state !== 'Established' || bgp.holdTimer === null || bgp.lastHeardAt === null) return null
  const interval = bgp.keepaliveTimer?.nominalSeconds ?? Math.floor(bgp.holdTimer.nominalSeconds / 3)
  return bgp.lastHeardAt + interval * 1_000_000 + SLACK
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
