// Log lines and events of BIRD that many hosts have word for word are kept once: the sessions of a mesh all say the same of
// themselves. Only kinds with few words are looked up; to look for what is said once would cost more than it saves.
import type { BirdEvent } from '../bird/ports.ts'

/** By one word after the other; the last one leads to the event. */
type Words = Map<unknown, Words | BirdEvent>

export class SharedValues {
  readonly #lines = new Map<string, string>()
  readonly #events: Words = new Map()

  line(line: string): string {
    const known = this.#lines.get(line)
    if (known !== undefined) return known
    this.#lines.set(line, line)
    return line
  }

  event(event: BirdEvent): BirdEvent {
    switch (event.code) {
      case 'protocol-state':
        return shared(step(step(this.#words(event), event.from), event.to), event.protocol, event)
      case 'bgp-state':
        return shared(step(step(step(this.#words(event), event.from), event.to), event.reason), event.protocol, event)
      case 'session-established':
      case 'graceful-restart-detected':
      case 'graceful-restart-done':
      case 'graceful-restart-timeout':
        return shared(this.#words(event), event.protocol, event)
      case 'best-changed':
        return shared(
          step(step(step(this.#words(event), event.step), event.table), event.prefix),
          event.protocol,
          event,
        )
      default:
        return event
    }
  }

  #words({ code }: BirdEvent): Words {
    return step(this.#events, code)
  }
}

function step(words: Words, word: unknown): Words {
  const known = words.get(word)
  if (known !== undefined) return known as Words
  const next: Words = new Map()
  words.set(word, next)
  return next
}

function shared(words: Words, last: unknown, event: BirdEvent): BirdEvent {
  const known = words.get(last)
  if (known !== undefined) return known as BirdEvent
  words.set(last, event)
  return event
}
