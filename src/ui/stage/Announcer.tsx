// The one polite live region of the stage: at most one announcement per 1.5 s, brief while time runs, at once on a step.
import { useEffect, useRef, useState } from 'react'
import type { TimelineIndex } from '../../sim/index.ts'
import { type Row, rowAt, rowsOf } from '../events/rows.ts'
import { plainText } from '../events/sentences.ts'
import { text, useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'

const PAUSE_MS = 1500
const MOST = 3
const rowsByIndex = new WeakMap<TimelineIndex, Row[]>()

function rows(index: TimelineIndex): Row[] {
  let made = rowsByIndex.get(index)
  if (!made) {
    made = rowsOf(index)
    rowsByIndex.set(index, made)
  }
  return made
}

/** Brief: actions, sessions up and down, loss and convergence. A step also tells messages and the rest. */
function worthSaying(row: Row, stepping: boolean): boolean {
  if (row.kind === 'actions' || row.kind === 'loss') return true
  if (stepping) return row.kind !== 'keepalives'
  if (row.statement.type !== 'event' || row.statement.event.body.type !== 'bird') return false
  const { code } = row.statement.event.body.event
  return code === 'session-established' || code === 'session-lost'
}

function sayBetween(from: number, to: number, stepping: boolean): string | null {
  const { index } = useRun.getState()
  if (!index || to <= from) return null
  const all = rows(index)
  const said = all.slice(rowAt(all, from) + 1, rowAt(all, to) + 1).filter((row) => worthSaying(row, stepping))
  if (said.length === 0) return null
  const t = text()
  const words = said.slice(-MOST).map((row) => plainText(row.statement, t.events))
  if (said.length > MOST) words.push(t.stage.live.more(said.length - MOST))
  return t.stage.live.at(clock(to), words)
}

export function Announcer() {
  const [words, setWords] = useState('')
  const catalog = useText()
  // What was said in another language does not stay.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the catalog has changed
  useEffect(() => setWords(''), [catalog])
  const said = useRef(usePlayback.getState().at)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const say = (stepping: boolean) => {
      const { at } = usePlayback.getState()
      // Going back or far ahead is not told event by event.
      const next = at - said.current > 600_000_000 ? null : sayBetween(said.current, at, stepping)
      said.current = at
      if (next !== null) setWords(next)
    }
    const stop = usePlayback.subscribe(({ at, playing }, before) => {
      if (at === before.at) return
      if (!playing) say(true)
      else
        timer ??= setTimeout(() => {
          timer = null
          say(false)
        }, PAUSE_MS)
    })
    return () => {
      stop()
      if (timer) clearTimeout(timer)
    }
  }, [])
  return (
    <div className="visually-hidden" aria-live="polite" data-stage-live>
      {words}
    </div>
  )
}
