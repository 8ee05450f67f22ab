// The smallest document that still shows a difference: parts are left out, many at once first, while it stays.
import { Parts } from './parts.ts'

/** Whether a document still shows what is being looked for. A document that does not run does not. */
export type Shows = (text: string) => Promise<boolean>

export interface Minimised {
  text: string
  trials: number
  /** The budget ended the search. */
  cut: boolean
}

/** `jobs`: documents tried side by side; `budget`: how many in all. */
export async function minimise(
  text: string,
  shows: Shows,
  { jobs, budget }: { jobs: number; budget: number },
): Promise<Minimised> {
  const parts = new Parts(text)
  const search = new Search(parts, shows, { jobs, budget })
  for (const level of parts.levels()) await search.shrink(level)
  return { text: parts.without(search.left), trials: search.trials, cut: search.trials >= budget }
}

class Search {
  left: ReadonlySet<string> = new Set()
  trials = 0
  readonly #parts: Parts
  readonly #shows: Shows
  readonly #jobs: number
  readonly #budget: number
  readonly #known = new Map<string, boolean>()

  constructor(parts: Parts, shows: Shows, { jobs, budget }: { jobs: number; budget: number }) {
    this.#parts = parts
    this.#shows = shows
    this.#jobs = jobs
    this.#budget = budget
  }

  /** Leaves out as many of `level` as it can: all of them, halves, quarters, ... and each alone until none goes. */
  async shrink(level: readonly string[]): Promise<void> {
    let staying = level
    for (let size = level.length; size >= 1; ) {
      const groups = slices(staying, size)
      const accepted = await this.#try(groups)
      staying = staying.filter((part) => !this.left.has(part))
      if (staying.length === 0 || this.trials >= this.#budget) return
      if (size > 1) size = Math.min(Math.ceil(size / 2), staying.length)
      else if (!accepted) return
    }
  }

  /** True when something could be left out. */
  async #try(groups: readonly string[][]): Promise<boolean> {
    let accepted = false
    for (const batch of slices(groups, this.#jobs)) {
      const answers = await Promise.all(batch.map((group) => this.#stays(group)))
      const good = batch.filter((_, index) => answers[index])
      const [first] = good
      if (first === undefined) continue
      accepted = true
      // What goes one by one mostly goes together.
      const together = good.length > 1 && (await this.#stays(good.flat()))
      this.left = new Set([...this.left, ...(together ? good.flat() : first)])
    }
    return accepted
  }

  async #stays(group: readonly string[]): Promise<boolean> {
    const text = this.#parts.without(new Set([...this.left, ...group]))
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.trials >= this.#budget) return false
    this.trials++
    const answer = await this.#shows(text)
    this.#known.set(text, answer)
    return answer
  }
}

function slices<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  )
}
