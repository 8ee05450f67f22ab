// Calico writes the same lines into every session and only the neighbor differs. A body that has been read before from
// the same template is not read again: the text behind its neighbor is compared, and the options are taken over.
import type { BgpDraft } from './bgp-draft.ts'
import type { Reader } from './reader.ts'

/** The one item that differs, as confd writes it in front of the others. */
const NEIGHBOR = /\s*neighbor (\d+)\.(\d+)\.(\d+)\.(\d+) as (\d+);/y
const REMEMBERED = 8
const LARGEST_AS = 0xffffffff

interface Known {
  readonly origin: object
  /** Everything behind the neighbor's semicolon, the closing brace included. */
  readonly rest: string
  /** As it stood at the closing brace. */
  readonly draft: BgpDraft
}

export class RepeatedBodies {
  readonly #known: Known[] = []

  /** With the opening brace ahead: passes over a body that is known but for its neighbor, and fills the draft. */
  take(reader: Reader, draft: BgpDraft, origin: object): boolean {
    const { place } = reader.lexer
    if (this.#known.length === 0 || !reader.at('{')) return false
    const neighbor = neighborAt(place.text, place.position)
    if (neighbor === null) return false
    for (const known of this.#known) {
      if (known.origin !== origin || !place.text.startsWith(known.rest, neighbor.end)) continue
      const { name, autoName, file, line } = draft
      Object.assign(draft, known.draft, { name, autoName, file, line })
      draft.neighbor = neighbor.address
      draft.neighborAs = neighbor.as
      return reader.passBraces(place.text.slice(place.position, neighbor.end + known.rest.length))
    }
    return false
  }

  /** A body has been read; `start` is where it began in the file that is still being read. */
  remember(reader: Reader, draft: BgpDraft, from: { origin: object; start: number }): void {
    if (this.#known.length >= REMEMBERED || !repeatable(reader, draft)) return
    const { text, position } = reader.lexer.place
    const neighbor = neighborAt(text, from.start)
    if (neighbor === null || text[from.start - 1] !== '{' || text[position - 1] !== '}') return
    const rest = text.slice(neighbor.end, position)
    if (rest.includes('include') || rest.includes('neighbor')) return
    this.#known.push({ origin: from.origin, rest, draft: { ...draft } })
  }
}

/** Filters written in place must be such that mean the same wherever they stand (parse-common.ts). */
function repeatable(reader: Reader, { importFilter, exportFilter }: BgpDraft): boolean {
  return [importFilter, exportFilter].every(
    (filter) =>
      typeof filter === 'string' || filter.name !== null || reader.repeated.some((known) => known.filter === filter),
  )
}

function neighborAt(text: string, position: number): { address: number; as: number; end: number } | null {
  NEIGHBOR.lastIndex = position
  const match = NEIGHBOR.exec(text)
  if (match === null) return null
  let address = 0
  for (let i = 1; i <= 4; i++) {
    const part = Number(match[i])
    if (part > 255) return null
    address = address * 256 + part
  }
  const as = Number(match[5])
  return as > LARGEST_AS ? null : { address, as, end: NEIGHBOR.lastIndex }
}
