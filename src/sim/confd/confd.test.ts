// Every conformance case: what confd of Calico v3.30.2 renders, from Calico's own test suite (../shared/conformance).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { Datastore } from '../datastore/datastore.ts'
import { renderConfd } from './confd.ts'
import { CONFD_FILES } from './types.ts'

const CASES = resolve(import.meta.dirname, '../../../../shared/conformance/confd')
const present = existsSync(CASES)
if (!present) console.warn(`SKIPPED: confd conformance cases are not at ${CASES}`)

function normalised(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}

describe.skipIf(!present)('confd conformance', () => {
  for (const name of present ? readdirSync(CASES).sort() : []) {
    it(name, () => {
      const folder = resolve(CASES, name)
      const documents = parseAllDocuments(readFileSync(resolve(folder, 'input.yaml'), 'utf8')).map((document) =>
        document.toJS(),
      )
      const { node, env } = JSON.parse(readFileSync(resolve(folder, 'case.json'), 'utf8'))
      const store = new Datastore()
      const applied = store.apply(documents)
      expect(applied.ok ? [] : applied.problems).toEqual([])
      const result = renderConfd(store, node, env)
      if (!result.ok) throw new Error(result.message)
      for (const file of CONFD_FILES) {
        const expected = readFileSync(resolve(folder, 'expected', file), 'utf8')
        expect(normalised(result.files.get(file) ?? ''), file).toEqual(normalised(expected))
      }
    })
  }
})
