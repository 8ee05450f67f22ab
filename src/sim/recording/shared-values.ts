// Log lines and events of BIRD that many hosts have word for word are kept once: the sessions of a mesh all say the same of
// themselves. Only kinds with few words are looked up; a key for what is said once would cost more than it saves.
import type { BirdEvent } from '../bird/ports.ts'

export class SharedValues {
  readonly #lines = new Map<string, string>()
  readonly #events = new Map<string, BirdEvent>()

  line(line: string): string {
    const known = this.#lines.get(line)
    if (known !== undefined) return known
    this.#lines.set(line, line)
    return line
  }

  event(event: BirdEvent): BirdEvent {
    const key = keyOf(event)
    if (key === null) return event
    const known = this.#events.get(key)
    if (known !== undefined) return known
    this.#events.set(key, event)
    return event
  }
}

/** Equal for equal events; null: events of this kind are all different. */
function keyOf(event: BirdEvent): string | null {
  switch (event.code) {
    case 'protocol-state':
      return `${event.code} ${event.protocol} ${event.from} ${event.to}`
    case 'bgp-state':
      return `${event.code} ${event.protocol} ${event.from} ${event.to} ${event.reason}`
    case 'session-established':
    case 'graceful-restart-detected':
    case 'graceful-restart-done':
    case 'graceful-restart-timeout':
      return `${event.code} ${event.protocol}`
    case 'best-changed':
      return `${event.code} ${event.step} ${event.table} ${event.prefix} ${event.protocol}`
    default:
      return null
  }
}
