// Key presses of the whole page: commands by their shortcuts, F6 from region to region.
import { allCommands } from '../actions/commands.ts'
import { commandFor, isSingleKey } from '../actions/keys.ts'
import { usePlacing } from '../stage/drop-target.ts'
import { useDialogs } from '../store/dialogs.ts'
import { usePrefs } from '../store/prefs.ts'

const FOCUSABLE =
  '[role="tree"] [tabindex="0"], button:not(:disabled), a[href], input, textarea, [contenteditable="true"], [tabindex="0"]'

function regions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.offsetParent !== null)
}

export function focusRegion(region: HTMLElement): void {
  const inside = region.querySelector<HTMLElement>(FOCUSABLE)
  if (inside) inside.focus()
  else {
    region.tabIndex = -1
    region.focus()
  }
}

function cycleRegions(direction: 1 | -1): void {
  const all = regions()
  const now = all.findIndex((region) => region.contains(document.activeElement))
  const next = all[(now + direction + all.length) % all.length]
  if (next) focusRegion(next)
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

/** Single keys count on stage and timeline, and where nothing has the focus. */
function onStageOrTimeline(target: EventTarget | null): boolean {
  if (target === document.body) return true
  if (!(target instanceof HTMLElement)) return false
  return target.closest('[data-region="stage"], [data-region="timeline"]') !== null
}

/** Space and Enter on a button press that button. */
function ownKeyOf(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (key === ' ' || key === 'Enter') && target.closest('button, a, [role="menuitem"], summary') !== null
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (event.key === 'F6') {
    event.preventDefault()
    cycleRegions(event.shiftKey ? -1 : 1)
    return
  }
  const { open, trouble } = useDialogs.getState()
  if (open !== null || trouble !== null || usePlacing.getState().item !== null) return
  const command = commandFor(event, allCommands())
  if (!command?.shortcut) return
  if (isSingleKey(command.shortcut)) {
    if (!usePrefs.getState().singleKeys || typing(event.target) || !onStageOrTimeline(event.target)) return
    if (ownKeyOf(event.target, event.key)) return
  } else if (typing(event.target) && !['palette', 'terminal', 'share'].includes(command.id)) return
  event.preventDefault()
  command.run()
}

export function watchKeyboard(): () => void {
  addEventListener('keydown', onKeyDown)
  return () => removeEventListener('keydown', onKeyDown)
}
