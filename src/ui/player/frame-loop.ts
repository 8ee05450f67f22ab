// The only requestAnimationFrame of the page. Painters subscribe; it runs while something moves or has asked for a frame.
export interface Frame {
  /** Wall time of this frame, milliseconds. */
  now: number
  /** Since the frame before; 0 on the first after a rest. */
  elapsed: number
}

type Listener = (frame: Frame) => void

/** Lower runs first: the player moves time, then layers paint. */
const listeners: { order: number; run: Listener }[] = []
let requested = false
let holders = 0
let previous: number | null = null

function tick(now: number): void {
  requested = false
  // After a hidden tab or a long stall time goes on from where it was instead of jumping.
  const elapsed = previous === null ? 0 : Math.min(100, now - previous)
  previous = now
  for (const { run } of [...listeners]) run({ now, elapsed })
  if (holders > 0) invalidate()
  else if (!requested) previous = null
}

/** Asks for one frame. */
export function invalidate(): void {
  if (requested) return
  requested = true
  requestAnimationFrame(tick)
}

/** Frames come without asking until the returned function is called (playing, camera on the way). */
export function holdFrames(): () => void {
  holders++
  invalidate()
  let held = true
  return () => {
    if (held) holders--
    held = false
  }
}

export function onFrame(run: Listener, order = 1): () => void {
  const entry = { order, run }
  listeners.push(entry)
  listeners.sort((a, b) => a.order - b.order)
  return () => {
    listeners.splice(listeners.indexOf(entry), 1)
  }
}
