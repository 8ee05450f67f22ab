import { expect, test } from 'vitest'
import { mutantsOf } from './mutants.ts'

test('small changes, none of them in types', () => {
  const text =
    "type A = 'x' | 1\nexport const f = (a: number): string => (a < 2 && true ? 'y' : '')\nif (f(1) === 'y') f(0)\n"
  const shown = mutantsOf('x.ts', text).map(({ line, was, text: now }) => `${line} ${was} ${now}`)
  expect(shown).toEqual([
    '2 a < 2 && true !(a < 2 && true)',
    '2 && ||',
    '2 < <=',
    '2 2 (2 + 1)',
    '2 true false',
    "2 'y' ''",
    "3 f(1) === 'y' !(f(1) === 'y')",
    '3 === !==',
    '3 1 (1 + 1)',
    "3 'y' ''",
    '3 0 (0 + 1)',
  ])
})
