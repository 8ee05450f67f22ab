// Files by the hundred, right and wrong, and what `bird -p` of BIRD 1.6.8 said to each (`npm run wrong-files` asks anew):
// the parser says the same, with the same line and column.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { caseFiles } from '../../testing/case-files.ts'
import { parseBirdConfig } from './parser.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, 'wrong-files', name), 'utf8')) as string[]
const cases = read('cases.json')
const answers = read('answers.json')

const UNSUPPORTED = / is known to BIRD but not simulated$/

function answer(text: string): string {
  const result = parseBirdConfig(caseFiles(text), 'bird.cfg', { calico: false })
  if (result.ok) return ''
  const { file, line, column, message } = result.problems[0]!
  return `${file.replace(/^\.\//, '')}:${line}:${column} ${message}`
}

describe('what bird -p says', () => {
  const taken = (said: string) => (UNSUPPORTED.test(said) ? '' : said)

  it.each(cases.map((text, index) => ({ text, index })))('$text', ({ text, index }) => {
    // The daemon takes what is refused here by name.
    expect(taken(answer(text))).toBe(answers[index]!)
  })

  it('to all but the few with what the model lacks', () => {
    const lacking = cases.filter((text) => UNSUPPORTED.test(answer(text)))
    expect(lacking).toEqual(['roa table r;\nprotocol static { }\n'])
  })

  it('to files that are wrong, most of all', () => {
    expect(answers).toHaveLength(cases.length)
    expect(answers.filter((said) => said !== '').length).toBeGreaterThan(300)
  })
})
