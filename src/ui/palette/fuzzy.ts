// How well a query fits a text: its letters in order, better when they start words or stand together. Works on any script.
/** null: does not fit. Higher is better. */
export function scoreOf(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '')
  if (wanted === '') return 0
  const within = text.toLowerCase()
  const whole = within.indexOf(query.toLowerCase().trim())
  if (whole >= 0) return 1000 - whole - within.length / 100 + (isStart(within, whole) ? 100 : 0)
  let score = 0
  let from = 0
  let before = -2
  for (const letter of wanted) {
    const at = within.indexOf(letter, from)
    if (at < 0) return null
    score += at === before + 1 ? 8 : isStart(within, at) ? 6 : -1
    before = at
    from = at + 1
  }
  return score - within.length / 100
}

function isStart(text: string, at: number): boolean {
  return at === 0 || /[\s\-./:,(]/.test(text[at - 1] ?? '')
}
