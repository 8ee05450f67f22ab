// Every code that the field tree can give must have its sentence. The codes are read from the source of the tree itself.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FieldView } from '../../../sim/index.ts'
import { inspector as en } from '../../i18n/en/inspector.ts'
import { inspector as zh } from '../../i18n/zh-CN/inspector.ts'
import { byteMeanings, explainField } from './explain-field.ts'

const codec = (name: string) => readFileSync(new URL(`../../../sim/bgp/codec/${name}`, import.meta.url), 'utf8')
const tree = ['field-tree.ts', 'field-tree-attributes.ts', 'field-tree-open.ts'].map(codec).join('\n')
const names = readFileSync(new URL('../../../sim/bgp/capabilities.ts', import.meta.url), 'utf8')
const table = codec('attribute-table.ts')

const attributes = [...table.matchAll(/^ {2}(\d+): \{ name: '[^']+', flags: \w+, length: (\w+)(, unit: \d+)?/gm)].map(
  ([, type, length, unit]) => ({ type: type!, empty: length === '0', unit: unit !== undefined }),
)
/** AS_PATH, AS4_PATH and the aggregators are split into parts; they have no single value. */
const SPLIT = new Set(['2', '7', '17', '18'])
const capabilities = [...names.matchAll(/^ {2}(\d+): '/gm)].map(([, code]) => code!)

const literal = [...tree.matchAll(/code: (?:addPath \? )?'([\w-]+)'(?: : '([\w-]+)')?/g)].flatMap(([, a, b]) =>
  b ? [a!, b] : [a!],
)
const made = [
  ...attributes.map(({ type }) => `attribute-${type}`),
  'attribute-unknown',
  ...attributes
    .filter(({ type, unit, empty }) => !unit && !empty && !SPLIT.has(type))
    .map(({ type }) => `value-${type}`),
  'value-unknown',
  ...attributes.filter(({ unit }) => unit).map(({ type }) => `item-${type}`),
  ...capabilities.map((code) => `capability-${code}`),
]

const field = (more: Partial<FieldView>): FieldView => ({
  id: 'x',
  name: 'Name',
  value: '',
  offset: 0,
  length: 1,
  code: null,
  data: {},
  children: [],
  ...more,
})

describe('explanations of fields', () => {
  it('finds the codes in the source', () => {
    expect(literal.length).toBeGreaterThan(40)
    expect(attributes).toHaveLength(16)
    expect(capabilities).toHaveLength(8)
    const templates = [...tree.matchAll(/code: `([^`]+)`/g)].map(([, text]) => text!.replace(/\$\{.*\}$/, ''))
    expect([...new Set(templates)].sort()).toEqual(['attribute-', 'capability-', 'item-', 'value-'])
  })

  it.each([
    ['en', en],
    ['zh-CN', zh],
  ] as const)('has a sentence for every code in %s', (_, catalog) => {
    const missing = [...literal, ...made].filter((code) => !(code in catalog.fields))
    expect(missing).toEqual([])
    for (const code of [...literal, ...made]) {
      const data = {
        value: 1,
        bytes: 4,
        bits: 26,
        count: 2,
        kind: 'AS_SEQUENCE',
        type: 'UPDATE',
        flags: 'optional',
        name: 'X',
      }
      const sentence = explainField(
        field({ code, value: '64512', data: { ...data, error: 2, subcode: 2, text: 'Bad peer AS', capability: 1 } }),
        catalog,
      )
      expect(sentence, code).toMatch(/[.。]$/)
      expect(sentence, code).not.toMatch(/undefined|\[object|NaN/)
      expect(sentence.split('`').length % 2, code).toBe(1)
    }
  })

  it('falls back for capabilities and fields that nobody knows', () => {
    expect(explainField(field({ code: 'capability-200', data: { capability: 200 } }), en)).toContain('200')
    expect(explainField(field({ name: 'Capability Value' }), en)).toContain('Capability Value')
  })

  it('reads the bytes of a prefix one by one', () => {
    const bytes = [0x1a, 0xc0, 0xa7, 0x6e, 0x80]
    const meanings = byteMeanings(field({ code: 'prefix', length: 5 }), bytes, en.message)
    expect(meanings.map(({ text }) => text)).toEqual(['26 bits', '192', '167', '110', '128'])
    expect(meanings.map(({ leading }) => leading)).toEqual([true, false, false, false, false])
    expect(byteMeanings(field({ length: 16 }), new Array(16).fill(255), en.message)).toEqual([])
    const withPath = byteMeanings(field({ code: 'prefix-add-path', length: 9 }), [0, 0, 0, 1, ...bytes], en.message)
    expect(withPath[4]).toEqual({ byte: 0x1a, text: '26 bits', leading: true })
  })
})
