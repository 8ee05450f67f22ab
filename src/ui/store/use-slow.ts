// A store's value a few times a second: for what is read or heard, while the picture itself moves each frame.
import { useEffect, useRef, useState } from 'react'
import type { StoreApi } from 'zustand'
import { usePlayback } from './playback.ts'

const PLAYING_MS = 500

/** At once while time stands still, twice a second while it runs. */
export function useSlow<S, T>(store: Pick<StoreApi<S>, 'getState' | 'subscribe'>, read: (state: S) => T): T {
  const latest = useRef(read)
  latest.current = read
  const [value, setValue] = useState(() => read(store.getState()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const take = () => {
      timer = null
      setValue(() => latest.current(store.getState()))
    }
    take()
    const stop = store.subscribe(() => {
      timer ??= setTimeout(take, usePlayback.getState().playing ? PLAYING_MS : 30)
    })
    return () => {
      stop()
      if (timer) clearTimeout(timer)
    }
  }, [store])
  return value
}
