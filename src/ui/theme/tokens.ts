// The colours of tokens.css for code that paints: canvas layers read them once per theme, never per frame.
import type { MessageLook } from '../../sim/index.ts'

const plain = [
  'app',
  'stage',
  'panel',
  'sunken',
  'plate',
  'plate2',
  'line',
  'line2',
  'grid',
  'ctl',
  'ink1',
  'ink2',
  'ink3',
  'accent',
  'sess',
  'under',
  'loss',
  'brand',
] as const

export interface Tone {
  ink: string
  soft: string
}

export type Tokens = Record<(typeof plain)[number], string> & {
  accentSoft: string
  lossSoft: string
  onAccent: string
  onSwatch: string
  /** Colours of a message type; the shape is in glyphs.ts. */
  message: Record<MessageLook, Tone>
  /** The six swatch colours in order of assignment; from the seventh prefix they repeat. */
  swatches: readonly Tone[]
  /** Words for states: established, warning, failure. */
  good: Tone
  warn: Tone
  bad: Tone
  fontUi: string
  fontMono: string
}

/** Which token pair paints a message type. */
export const toneOfLook: Record<MessageLook, string> = {
  OPEN: 'open',
  KEEPALIVE: 'keepalive',
  UPDATE: 'update',
  WITHDRAW: 'withdraw',
  'UPDATE+WITHDRAW': 'update',
  'END-OF-RIB': 'update',
  NOTIFICATION: 'notification',
  'ROUTE-REFRESH': 'refresh',
}

let cache: { theme: string; tokens: Tokens } | null = null

/** Tokens of the theme in force. Cheap to call: read again only when the theme has changed. */
export function readTokens(): Tokens {
  const root = document.documentElement
  const theme = root.dataset.theme ?? 'light'
  if (cache?.theme === theme) return cache.tokens
  const style = getComputedStyle(root)
  const get = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const tone = (name: string): Tone => ({ ink: get(name), soft: get(`${name}-soft`) })
  const looks = Object.entries(toneOfLook).map(([look, name]) => [look, tone(name)])
  const tokens: Tokens = {
    ...(Object.fromEntries(plain.map((name) => [name, get(name)])) as Record<(typeof plain)[number], string>),
    accentSoft: get('accent-soft'),
    lossSoft: get('loss-soft'),
    onAccent: get('on-accent'),
    onSwatch: get('on-swatch'),
    message: Object.fromEntries(looks) as Record<MessageLook, Tone>,
    swatches: [1, 2, 3, 4, 5, 6].map((n) => tone(`swatch-${n}`)),
    good: tone('update'),
    warn: tone('withdraw'),
    bad: tone('notification'),
    fontUi: get('font-ui'),
    fontMono: get('font-mono'),
  }
  cache = { theme, tokens }
  return tokens
}
