// A detail of the recording at the playhead, asked again as the playhead moves or the run changes.
import { useEffect, useRef, useState } from 'react'
import type { Micros } from '../../../sim/index.ts'
import { usePlayback } from '../../store/playback.ts'
import { useRun } from '../../store/run.ts'
import { Follower } from './follower.ts'

const GAP_MS = 90

export interface Answered<T> {
  value: T
  /** The time it was read at. */
  at: Micros
}

/** `key` names what is asked for; null asks nothing. An older answer stays until the new one is there, unless the key changed. */
export function useAtPlayhead<T>(key: string | null, ask: (at: Micros) => Promise<T>): Answered<T> | null {
  const [answer, setAnswer] = useState<(Answered<T> & { key: string }) | null>(null)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (key === null) return
    const follower = new Follower<T>({
      ask: (at) => latest.current(at),
      deliver: (value, at) => setAnswer({ key, value, at }),
      gapMs: GAP_MS,
    })
    const now = () => Math.round(usePlayback.getState().at)
    follower.want(now())
    const stopPlayback = usePlayback.subscribe((state, before) => {
      if (state.at !== before.at) follower.want(Math.round(state.at))
    })
    const stopRun = useRun.subscribe((state, before) => {
      if (state.index !== before.index) follower.want(now())
    })
    return () => {
      follower.stop()
      stopPlayback()
      stopRun()
    }
  }, [key])
  return answer !== null && answer.key === key ? answer : null
}
