// The address that opens what is on screen: a built-in scenario by name when nothing was changed, else the whole document.
import { client } from '../store/client.ts'
import { currentDocument } from '../store/commands.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { useScenarios } from '../store/scenarios.ts'
import { selectionToText, useSelection } from '../store/selection.ts'
import { themeInForce } from '../theme/apply-theme.ts'
import { timeText, writeView } from './fragment.ts'

export interface LinkOptions {
  time: boolean
  selection: boolean
  play: boolean
  language: boolean
  theme: boolean
}

function viewOf(options: LinkOptions): Record<string, string> {
  const { selection } = useSelection.getState()
  const view: Record<string, string> = {}
  if (options.time) view.t = timeText(usePlayback.getState().at)
  if (options.selection && selection) view.sel = selectionToText(selection)
  if (options.play) view.play = '1'
  if (options.language) view.lang = usePrefs.getState().language
  if (options.theme) view.theme = themeInForce()
  return view
}

export async function makeLink(options: LinkOptions): Promise<string> {
  const { branches, branch } = useRun.getState()
  const { current } = useScenarios.getState()
  const here = branches.find(({ id }) => id === branch)
  const untouched = current !== null && here?.actions.length === 0 && here.keepUntil === null
  const head = untouched ? `#lab=${current}` : await client().encodeLink(await currentDocument())
  return `${location.origin}${location.pathname}${head}${writeView(viewOf(options))}`
}
