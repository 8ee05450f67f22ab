// What the badge and outline of a card say (section 3.3): one state per host, worst first, each with glyph and word.
import type { HostView, SessionView } from '../../../sim/index.ts'
import type { IconName } from '../paint/icons.ts'

export interface SessionTally {
  established: number
  silent: number
  opening: number
  active: number
  total: number
}

/** Counts the looks of sessions per host; a session counts at both of its ends. */
export function tallySessions(sessions: readonly SessionView[]): Map<string, SessionTally> {
  const out = new Map<string, SessionTally>()
  const count = (host: string, look: SessionView['look']) => {
    let tally = out.get(host)
    if (!tally) {
      tally = { established: 0, silent: 0, opening: 0, active: 0, total: 0 }
      out.set(host, tally)
    }
    tally.total++
    if (look === 'established') tally.established++
    else if (look === 'silent') tally.silent++
    else if (look === 'opening') tally.opening++
    else if (look === 'active') tally.active++
  }
  for (const session of sessions) {
    count(session.a.host, session.look)
    if (session.b) count(session.b.host, session.look)
  }
  return out
}

export type CardState =
  | { kind: 'off' | 'booting' | 'registered' | 'starting' | 'bird-stopped' | 'no-bird' | 'no-session' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'opening'; up: number; total: number }
  | { kind: 'all-up' | 'some-up' | 'heard'; up: number; total: number }

export function cardState(host: HostView, tally: SessionTally | undefined): CardState {
  if (!host.powered || host.phase === 'off') return { kind: 'off' }
  if (host.phase === 'booting' || host.phase === 'registered' || host.phase === 'starting') return { kind: host.phase }
  if (host.bird === 'stopped') return { kind: 'bird-stopped' }
  if (host.recovering) return { kind: 'wait', seconds: Math.ceil(host.recovering.remainingSeconds) }
  if (host.bird === 'absent') return { kind: 'no-bird' }
  const total = host.sessionsTotal
  const up = host.sessionsEstablished
  if (total === 0) return { kind: 'no-session' }
  if (tally && tally.silent > 0) return { kind: 'heard', up: Math.max(0, up - tally.silent), total }
  if (up >= total) return { kind: 'all-up', up, total }
  if (tally && tally.opening > 0 && tally.active === 0) return { kind: 'opening', up, total }
  return { kind: 'some-up', up, total }
}

export type CardTone = 'good' | 'warn' | 'bad' | 'busy' | 'quiet'

export function lookOfState(state: CardState): { tone: CardTone; icon: IconName | null } {
  switch (state.kind) {
    case 'all-up':
      return { tone: 'good', icon: 'check' }
    case 'heard':
    case 'some-up':
      return { tone: 'warn', icon: 'triangle' }
    case 'bird-stopped':
      return { tone: 'warn', icon: 'bar' }
    case 'wait':
      return { tone: 'warn', icon: 'clock' }
    case 'off':
      return { tone: 'bad', icon: 'power' }
    case 'opening':
    case 'booting':
    case 'registered':
    case 'starting':
      return { tone: 'busy', icon: 'dots' }
    default:
      return { tone: 'quiet', icon: null }
  }
}
