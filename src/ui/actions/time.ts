// Commands that move the playhead.
import { text } from '../i18n/text.ts'
import { changeSpeed, setSpeed, stepAndPause, toEnd, togglePlay, toStart } from '../player/player.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import type { Command } from './types.ts'

export function timeCommands(): Command[] {
  const t = text().tools.command
  const time = (id: string, label: string, run: () => void, shortcut?: string): Command => ({
    id,
    group: 'time',
    label,
    run,
    ...(shortcut === undefined ? {} : { shortcut }),
  })
  return [
    time('play', t.play, togglePlay, 'Space'),
    time('back', t.back, () => stepAndPause(-1), ','),
    time('forward', t.forward, () => stepAndPause(1), '.'),
    time('previous-action', t.previousAction, () => stepAndPause(-1, 'action'), 'Shift+,'),
    time('next-action', t.nextAction, () => stepAndPause(1, 'action'), 'Shift+.'),
    time('start', t.start, toStart, 'Home'),
    time('end', t.end, toEnd, 'End'),
    time('slower', t.slower, () => changeSpeed(-1), 'Shift+ArrowDown'),
    time('faster', t.faster, () => changeSpeed(1), 'Shift+ArrowUp'),
    time('auto', t.auto, () => setSpeed('auto'), 'Shift+0'),
    time('axis', t.axis, () => setPrefs({ axis: usePrefs.getState().axis === 'linear' ? 'activity' : 'linear' })),
  ]
}
