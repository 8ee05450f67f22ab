// What the address asks for: a document in the fragment, a built-in scenario by name, or nothing (the mesh, playing).
import type { Micros } from '../../sim/index.ts'
import { text } from '../i18n/text.ts'
import { play } from '../player/player.ts'
import { client } from '../store/client.ts'
import { showTrouble, useDialogs } from '../store/dialogs.ts'
import { usePrefs, visitWith } from '../store/prefs.ts'
import { openBuiltIn, openDocument } from '../store/scenarios.ts'
import { select } from '../store/selection.ts'
import { showToast } from '../store/toasts.ts'
import { readLab, readView } from './fragment.ts'

const FIRST_SCENARIO = 'mesh'

/** Where the playhead is to stand: the first picture is of that time. */
function startOf(view: Readonly<Record<string, string>>): Micros {
  return readView(view).at ?? 0
}

function showView(view: Readonly<Record<string, string>>): void {
  const wanted = readView(view)
  visitWith(wanted.prefs)
  if (wanted.selection) select(wanted.selection)
  if (wanted.play) play()
}

async function openLab(name: string, view: Readonly<Record<string, string>>): Promise<void> {
  const outcome = await openBuiltIn(name, { at: startOf(view) })
  if (outcome === null) {
    showTrouble({ what: 'link', message: text().shell.unknownLab(name), problems: [], readable: null })
    return
  }
  if (outcome === 'overtaken') return
  if (!outcome.ok) showTrouble({ what: 'scenario', message: null, problems: outcome.problems, readable: null })
  else showView(view)
}

async function openFragment(fragment: string): Promise<void> {
  const decoded = await client().decodeLink(fragment)
  if (!decoded.ok) {
    showTrouble({ what: 'link', message: decoded.message, problems: [], readable: decoded.readable })
    return
  }
  const outcome = await openDocument(decoded.document, { at: startOf(decoded.view) })
  if (outcome.ok) {
    if (decoded.notice !== null) showToast({ text: decoded.notice, tone: 'plain', action: null })
    showView(decoded.view)
  } else showTrouble({ what: 'link', message: null, problems: outcome.problems, readable: null })
}

/** Opens what the address asks for. On a plain address the mesh plays at once, so that the first visit moves. */
export async function openLocation(): Promise<void> {
  const fragment = location.hash
  const lab = readLab(fragment)
  if (lab) await openLab(lab.name, lab.view)
  else if (fragment.length > 1) await openFragment(fragment)
  else {
    useDialogs.setState({ welcome: !usePrefs.getState().welcomed })
    if ((await openBuiltIn(FIRST_SCENARIO)) !== 'overtaken') play()
  }
}

export function watchLocation(): () => void {
  const changed = () => void openLocation()
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}
