/** A scenario to be judged. */
export interface Work {
  name: string
  text: string
}
