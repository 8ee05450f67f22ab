// Configurations with mistakes: whatever they say, they are taken or refused with one problem in one place, and what is
// taken can be run. `npm run fuzz` tries a hundred thousand, and asks `bird -p` about some.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { mutatedConfig } from '../../testing/fuzz/configs.ts'
import { tryConfig } from '../../testing/fuzz/try-config.ts'

const COUNT = 2000
const originals = JSON.parse(readFileSync(resolve(import.meta.dirname, 'wrong-files/cases.json'), 'utf8')) as string[]

test(`${COUNT} configurations with mistakes`, () => {
  const answers = Array.from({ length: COUNT }, (_, seed) => tryConfig(mutatedConfig(originals, seed)))
  expect(new Set(answers.map((said) => said.replace(/^\S+ /, ''))).size).toBeGreaterThan(40)
  expect(answers.filter((said) => said === '').length).toBeGreaterThan(50)
})
