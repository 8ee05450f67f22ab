// The sentence of a field: by its code, with fallbacks for capabilities nobody knows and fields without a code.
import type { FieldView } from '../../../sim/index.ts'
import type { inspector as catalog } from '../../i18n/en/inspector.ts'
import { binaryOf } from './field-rows.ts'

type Catalog = Pick<typeof catalog, 'fields' | 'message'>

export function explainField(field: FieldView, t: Catalog): string {
  const { code } = field
  if (code === null) return t.message.plain(field.name)
  const sentences: Readonly<Record<string, ((f: FieldView) => string) | undefined>> = t.fields
  const known = sentences[code] ?? (code.startsWith('capability-') ? t.fields['capability-unknown'] : undefined)
  return known ? known(field) : t.message.plain(field.name)
}

export interface ByteMeaning {
  byte: number
  text: string
  /** The byte that the others depend on: a prefix's length. */
  leading: boolean
}

/** What single bytes of a short field say: a prefix's length and octets, otherwise numbers or flag bits. */
export function byteMeanings(
  field: FieldView,
  bytes: readonly number[],
  words: { bits: (count: number) => string },
): ByteMeaning[] {
  const own = bytes.slice(field.offset, field.offset + field.length)
  if (own.length === 0 || own.length > 9) return []
  const isPrefix = field.code === 'prefix' || field.code === 'prefix-add-path'
  const lengthAt = field.code === 'prefix-add-path' ? 4 : 0
  return own.map((byte, index) => {
    if (field.code === 'attribute-flags') return { byte, text: binaryOf(byte), leading: true }
    const leading = (isPrefix && index === lengthAt) || field.code === 'prefix-length'
    return { byte, text: leading ? words.bits(byte) : String(byte), leading }
  })
}
