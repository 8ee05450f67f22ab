// The words and colours of a card's state, and what the card layer is given.
import type { HostView } from '../../../sim/index.ts'
import type { Swatch } from '../../theme/swatch.ts'
import { type CardState, lookOfState, type SessionTally } from '../card/card-state.ts'
import type { Layout } from '../layout/types.ts'
import type { StageInk } from './stage-ink.ts'

export interface CardData extends StageInk {
  layout: Layout
  hosts: readonly HostView[]
  tallies: ReadonlyMap<string, SessionTally>
  swatch: (prefix: string) => Swatch | null
  /** The name without what all names share, for cards where it does not fit. */
  shortName: (name: string) => string
  showPods: boolean
  /** Node that would take the pod being dragged in. */
  dropHost: string | null
  /** Cards that are being announced as new: blocks claimed a moment ago. */
  newBlocks: ReadonlySet<string>
}

export function toneOf(state: CardState, data: StageInk): { ink: string; soft: string } {
  const { tokens } = data
  const tones = {
    good: tokens.good,
    warn: tokens.warn,
    bad: tokens.bad,
    busy: tokens.message.OPEN,
    quiet: tokens.message.KEEPALIVE,
  }
  return tones[lookOfState(state).tone]
}

export function badgeText(state: CardState, text: StageInk['text'], short: boolean): string {
  const { badge } = text
  switch (state.kind) {
    case 'all-up':
    case 'some-up':
      return short ? badge.short(state.up, state.total) : badge.bgp(state.up, state.total)
    case 'heard':
      return short ? badge.short(state.up, state.total) : badge.heard(state.up, state.total)
    case 'opening':
      return short ? badge.short(state.up, state.total) : badge.opening
    case 'wait':
      return badge.wait(state.seconds)
    case 'off':
      // The dashed outline and the glyph say it, too.
      return short ? '' : badge.off
    case 'booting':
      return badge.booting
    case 'registered':
      return badge.registered
    case 'starting':
      return badge.starting
    case 'bird-stopped':
      return badge.birdStopped
    case 'no-bird':
      return badge.noBird
    default:
      return badge.noSession
  }
}
