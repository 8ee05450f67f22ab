// Messages with mistakes: nothing falls over, and each gets the NOTIFICATION that another reading of the rules says
// (testing/fuzz). `npm run fuzz` tries a hundred thousand, and some on the real daemon.
import { expect, test } from 'vitest'
import { decodeVerdict } from '../testing/fuzz/decode-verdict.ts'
import { expectedVerdict } from '../testing/fuzz/message-oracle.ts'
import { mutatedMessage } from '../testing/fuzz/messages.ts'

const COUNT = 2000

test(`${COUNT} messages with mistakes get the right answer`, () => {
  const wrong: string[] = []
  const codes = new Set<string>()
  for (let seed = 0; seed < COUNT; seed++) {
    const bytes = mutatedMessage(seed)
    const expected = expectedVerdict(bytes)
    codes.add(expected.split(' ')[0] as string)
    const got = decodeVerdict(bytes)
    if (got !== expected) wrong.push(`${seed} ${Buffer.from(bytes).toString('hex')}: ${got}, not ${expected}`)
  }
  expect(wrong).toEqual([])
  // The mistakes are of many kinds.
  expect(codes.size).toBeGreaterThan(14)
})
