// The part of a link behind the document: `&t=41.2314&sel=host/worker&lang=zh-CN&theme=dark&play=1` (scenario-format.md).
import type { Micros } from '../../sim/index.ts'
import { parseTime } from '../i18n/time.ts'
import { selectionFromText } from '../store/selection.ts'
import type { PrefsState, Selection } from '../store/types.ts'

export interface LinkView {
  at: Micros | null
  selection: Selection | null
  prefs: Partial<Pick<PrefsState, 'language' | 'theme'>>
  play: boolean
}

/** Seconds with as many digits as it takes: 41.2314. */
export function timeText(at: Micros): string {
  return String(Math.round(at) / 1_000_000)
}

export function readView(view: Readonly<Record<string, string>>): LinkView {
  const prefs: LinkView['prefs'] = {}
  if (view.lang === 'en' || view.lang === 'zh-CN') prefs.language = view.lang
  if (view.theme === 'light' || view.theme === 'dark') prefs.theme = view.theme
  return {
    at: view.t === undefined ? null : parseTime(view.t),
    selection: view.sel === undefined ? null : selectionFromText(view.sel),
    prefs,
    play: view.play === '1',
  }
}

/** `key=value` pairs as they follow the document; slashes and the like stay readable. */
export function writeView(view: Readonly<Record<string, string>>): string {
  const readable = (value: string) =>
    encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%7C', '|')
  return Object.entries(view)
    .map(([key, value]) => `&${key}=${readable(value)}`)
    .join('')
}

/** `#lab=NAME&t=..`: name and view; null when the fragment is of another kind. */
export function readLab(fragment: string): { name: string; view: Record<string, string> } | null {
  const [head = '', ...pairs] = fragment.replace(/^#/, '').split('&')
  const name = /^lab=(.+)$/.exec(head)?.[1]
  return name === undefined ? null : { name: decoded(name) ?? name, view: readPairs(pairs) }
}

/** null: a broken escape. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function readPairs(pairs: readonly string[]): Record<string, string> {
  const view: Record<string, string> = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1) continue
    const value = decoded(pair.slice(at + 1))
    // A broken escape makes this one value unreadable; the rest of the link still opens.
    if (value !== null) view[pair.slice(0, at)] = value
  }
  return view
}
