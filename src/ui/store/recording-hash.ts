// The root element carries the hash of the recording up to the playhead while it is at rest, so that anyone (and any test)
// can compare what two browsers show.
import { client } from './client.ts'
import { usePlayback } from './playback.ts'
import { useRun } from './run.ts'

const REST_MS = 150
let timer: ReturnType<typeof setTimeout> | undefined
let turn = 0

async function write(mine: number): Promise<void> {
  const { at } = usePlayback.getState()
  const hash = await client().hash(Math.round(at))
  if (mine === turn) document.documentElement.dataset.recordingHash = hash
}

function changed(): void {
  turn++
  clearTimeout(timer)
  delete document.documentElement.dataset.recordingHash
  const { status, computing } = useRun.getState()
  if (usePlayback.getState().playing || status !== 'ready' || computing) return
  const mine = turn
  timer = setTimeout(() => void write(mine).catch(() => undefined), REST_MS)
}

export function watchRecordingHash(): void {
  usePlayback.subscribe((now, before) => {
    if (now.at !== before.at || now.playing !== before.playing) changed()
  })
  useRun.subscribe((now, before) => {
    if (now.index !== before.index || now.status !== before.status || now.computing !== before.computing) changed()
  })
}
