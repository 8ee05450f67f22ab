// Everything the command palette can find: commands, objects of the cluster, a typed time.
import { allCommands } from '../actions/commands.ts'
import type { Group } from '../actions/types.ts'
import { text } from '../i18n/text.ts'
import { clock, parseTime } from '../i18n/time.ts'
import { pause, seek } from '../player/player.ts'
import { useRun } from '../store/run.ts'
import { select } from '../store/selection.ts'
import type { Selection } from '../store/types.ts'
import { scoreOf } from './fuzzy.ts'

export interface PaletteEntry {
  id: string
  group: Group
  label: string
  shortcut?: string | undefined
  run: () => void
}

function goTo(id: string, label: string, selection: Selection): PaletteEntry {
  return { id, group: 'goTo', label, run: () => select(selection) }
}

function objects(): PaletteEntry[] {
  const t = text().tools.command
  const { view, index } = useRun.getState()
  if (!view) return []
  return [
    ...view.hosts.map(({ name, address }) =>
      goTo(`host ${name}`, t.selectHost(name, address ?? ''), { type: 'host', name }),
    ),
    ...(index?.swatches ?? []).map((cidr) => goTo(`block ${cidr}`, cidr, { type: 'block', cidr })),
    ...view.sessions
      .slice(0, 400)
      .map(({ id, a, b, remoteAddress }) =>
        goTo(`session ${id}`, `${a.host} – ${b?.host ?? remoteAddress}: ${a.protocol}`, { type: 'session', id }),
      ),
  ]
}

function typedTime(query: string): PaletteEntry[] {
  const at = parseTime(query)
  if (at === null || query.trim() === '') return []
  const run = () => {
    pause()
    seek(at)
  }
  return [{ id: 'time', group: 'time', label: text().tools.command.goToTime(clock(at, true)), run }]
}

const SHOWN = 40

/** Best first; without a query every command in its groups. */
export function findEntries(query: string, recent: readonly string[]): PaletteEntry[] {
  const commands = allCommands().filter(({ id }) => id !== 'palette')
  if (query.trim() === '') {
    const first = recent.flatMap((id) => commands.find((command) => command.id === id) ?? [])
    return [...first, ...commands.filter((command) => !first.includes(command))]
  }
  const scored = [...commands, ...objects()].flatMap((entry) => {
    const score = scoreOf(query, entry.label)
    return score === null ? [] : [{ entry, score }]
  })
  scored.sort((a, b) => b.score - a.score)
  return [...typedTime(query), ...scored.slice(0, SHOWN).map(({ entry }) => entry)]
}
