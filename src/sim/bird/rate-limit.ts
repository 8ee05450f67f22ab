// Token bucket for log lines (lib/tbf.h): 1 per second, burst 5; the first line held back is printed as `...`.
export class RateLimit {
  #tokens = 5
  #at = 0
  #marked = false

  /** What to do with a line now. */
  take(second: number): 'print' | 'dots' | 'drop' {
    if (second > this.#at) {
      this.#tokens = Math.min(5, this.#tokens + (second - this.#at))
      this.#at = second
    }
    if (this.#tokens > 0) {
      this.#tokens--
      this.#marked = false
      return 'print'
    }
    if (this.#marked) return 'drop'
    this.#marked = true
    return 'dots'
  }
}
