// Start, step, play, step, end; the clock; speed and branch.
import {
  ChevronDown,
  FastForward,
  GitBranch,
  Pause,
  Play,
  Rewind,
  SkipBack,
  SkipForward,
  SquareTerminal,
} from 'lucide-react'
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { SPEEDS, setSpeed, stepAndPause, toEnd, togglePlay, toStart } from '../player/player.ts'
import { switchBranch } from '../store/commands.ts'
import { usePlayback } from '../store/playback.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { speedText } from './speed-label.ts'
import styles from './Transport.module.css'

const FINE_BELOW = 1 / 100

function Clock() {
  const t = useText()
  const text = usePlayback(({ at, speed, effectiveSpeed }) =>
    clock(at, (speed === 'auto' ? effectiveSpeed : speed) < FINE_BELOW),
  )
  return (
    <output className={styles.clock} aria-label={t.timeline.clock} aria-live="off">
      {text}
    </output>
  )
}

function PlayButton() {
  const t = useText()
  const playing = usePlayback((state) => state.playing)
  const label = playing ? t.timeline.pause : t.timeline.play
  return (
    <IconButton label={label} shortcut="Space" className={styles.play} onClick={togglePlay}>
      {playing ? (
        <Pause size={16} fill="currentColor" aria-hidden />
      ) : (
        <Play size={16} fill="currentColor" aria-hidden />
      )}
    </IconButton>
  )
}

function SpeedMenu({ compact }: { compact: boolean }) {
  const t = useText()
  const label = usePlayback(({ speed, effectiveSpeed }) =>
    speed === 'auto' ? `auto ${speedText(effectiveSpeed)}` : speedText(speed),
  )
  const speed = usePlayback((state) => state.speed)
  const words = (value: number | 'auto') => (value === 'auto' ? t.timeline.auto : t.timeline.times(speedText(value)))
  const full = label.startsWith('auto ')
    ? t.timeline.autoNow(t.timeline.times(label.slice(5)))
    : t.timeline.times(label)
  const entries: MenuEntry[] = SPEEDS.map((value) => ({
    type: 'item',
    id: String(value),
    label: words(value),
    checked: value === speed,
    run: () => setSpeed(value),
  }))
  return (
    <DropdownMenu entries={entries} side="top">
      <Button className={styles.speed} aria-label={`${t.timeline.speed}: ${words(speed)}`}>
        <span className={styles.number}>{compact ? words(speed) : full}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
    </DropdownMenu>
  )
}

function BranchMenu() {
  const t = useText()
  const branches = useRun((state) => state.branches)
  const branch = useRun((state) => state.branch)
  if (branches.length < 2) return null
  const entries: MenuEntry[] = branches.map(({ id, name, forkedAt }) => ({
    type: 'item',
    id: String(id),
    label: name,
    hint: forkedAt === null ? undefined : t.timeline.branchFrom(clock(forkedAt)),
    checked: id === branch,
    run: () => void switchBranch(id),
  }))
  const name = branches.find(({ id }) => id === branch)?.name ?? ''
  return (
    <DropdownMenu entries={entries} side="top">
      <Button aria-label={`${t.timeline.branch}: ${name}`}>
        <GitBranch size={14} aria-hidden />
        {name}
        <ChevronDown size={14} aria-hidden />
      </Button>
    </DropdownMenu>
  )
}

export function Transport({ compact }: { compact: boolean }) {
  const t = useText()
  return (
    <>
      {compact ? null : (
        <IconButton label={t.timeline.toStart} shortcut="Home" onClick={toStart}>
          <Rewind size={15} fill="currentColor" aria-hidden />
        </IconButton>
      )}
      <IconButton label={t.timeline.back} shortcut="," onClick={() => stepAndPause(-1)}>
        <SkipBack size={15} fill="currentColor" aria-hidden />
      </IconButton>
      <PlayButton />
      <IconButton label={t.timeline.forward} shortcut="." onClick={() => stepAndPause(1)}>
        <SkipForward size={15} fill="currentColor" aria-hidden />
      </IconButton>
      {compact ? null : (
        <IconButton label={t.timeline.toEnd} shortcut="End" onClick={toEnd}>
          <FastForward size={15} fill="currentColor" aria-hidden />
        </IconButton>
      )}
      <Clock />
      {compact ? <span className={styles.space} /> : null}
      <SpeedMenu compact={compact} />
      {compact ? <TerminalButton /> : <BranchMenu />}
    </>
  )
}

function TerminalButton() {
  const t = useText()
  const dock = usePrefs((state) => state.dock)
  const open = dock === 'terminal'
  return (
    <IconButton
      label={t.timeline.terminal}
      aria-pressed={open}
      onClick={() => setPrefs({ dock: open ? 'closed' : 'terminal' })}
    >
      <SquareTerminal size={17} aria-hidden />
    </IconButton>
  )
}
