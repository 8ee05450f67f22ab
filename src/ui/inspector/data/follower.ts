// Keeps an answer in step with a moving time: at most one question is open, the latest wanted time wins, and a pause between
// questions leaves the worker free for the stage.
export interface FollowerOptions<A> {
  ask: (at: number) => Promise<A>
  deliver: (answer: A, at: number) => void
  /** Between the start of one question and the next. */
  gapMs: number
}

export class Follower<A> {
  readonly #options: FollowerOptions<A>
  #open = false
  #stopped = false
  #resting = false
  #wanted: number | null = null

  constructor(options: FollowerOptions<A>) {
    this.#options = options
  }

  want(at: number): void {
    if (this.#stopped) return
    this.#wanted = at
    this.#next()
  }

  stop(): void {
    this.#stopped = true
    this.#wanted = null
  }

  #next(): void {
    const at = this.#wanted
    if (at === null || this.#open || this.#resting || this.#stopped) return
    this.#wanted = null
    this.#open = true
    this.#resting = true
    setTimeout(() => {
      this.#resting = false
      this.#next()
    }, this.#options.gapMs)
    void this.#question(at)
  }

  async #question(at: number): Promise<void> {
    try {
      const answer = await this.#options.ask(at)
      if (!this.#stopped) this.#options.deliver(answer, at)
    } catch {
      // A stopped simulation is told by the client itself; what was read last stays.
    } finally {
      this.#open = false
      this.#next()
    }
  }
}
