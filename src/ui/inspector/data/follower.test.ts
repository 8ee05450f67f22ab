import { describe, expect, it, vi } from 'vitest'
import { Follower } from './follower.ts'

function fake() {
  const asked: number[] = []
  const delivered: [string, number][] = []
  const answers: (() => void)[] = []
  const follower = new Follower<string>({
    ask: (at) =>
      new Promise((resolve) => {
        asked.push(at)
        answers.push(() => resolve(`answer ${at}`))
      }),
    deliver: (answer, at) => delivered.push([answer, at]),
    gapMs: 50,
  })
  return { follower, asked, delivered, answers }
}

describe('a follower of the playhead', () => {
  it('has one question open and skips to the latest wanted time', async () => {
    vi.useFakeTimers()
    const { follower, asked, delivered, answers } = fake()
    follower.want(1)
    follower.want(2)
    follower.want(3)
    expect(asked).toEqual([1])
    answers[0]!()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toEqual([1])
    await vi.advanceTimersByTimeAsync(50)
    expect(asked).toEqual([1, 3])
    answers[1]!()
    await vi.advanceTimersByTimeAsync(100)
    expect(delivered).toEqual([
      ['answer 1', 1],
      ['answer 3', 3],
    ])
    vi.useRealTimers()
  })

  it('delivers nothing after it was stopped', async () => {
    vi.useFakeTimers()
    const { follower, asked, delivered, answers } = fake()
    follower.want(1)
    follower.want(2)
    follower.stop()
    answers[0]!()
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toEqual([1])
    expect(delivered).toEqual([])
    vi.useRealTimers()
  })
})
