// Semantic zoom (section 6): what is drawn follows from the drawn card width, with 12 % hysteresis.
export type Level = 0 | 1 | 2

export const CARD = { w: 264, h: 152 } as const
export const ROUTER = { w: 220, h: 96 } as const

const FROM = [0, 56, 140] as const
const SLACK = 0.12

export function levelOf(width: number): Level {
  return width >= FROM[2] ? 2 : width >= FROM[1] ? 1 : 0
}

/** The level after a change of width: the border must be passed by 12 % before the picture changes. */
export function nextLevel(now: Level, width: number): Level {
  const plain = levelOf(width)
  if (plain === now) return now
  const border = plain > now ? FROM[plain] : FROM[(plain + 1) as Level]
  const passed = plain > now ? width >= border * (1 + SLACK) : width < border * (1 - SLACK)
  if (passed) return plain
  // Two levels at once: the nearer border may already be passed.
  return Math.abs(plain - now) === 2 ? 1 : now
}
