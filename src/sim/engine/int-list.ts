// A growing list of small integers in four bytes each: indices of entries, of which a large run has tens of millions.

export class IntList {
  #items = new Int32Array(16)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const items = new Int32Array(this.#length * 2)
      items.set(this.#items)
      this.#items = items
    }
    this.#items[this.#length++] = item
  }

  /** The item at a place that exists. */
  at(index: number): number {
    return this.#items[index]!
  }
}
