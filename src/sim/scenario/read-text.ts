// Words for the reader: a title or sentence in English, or in English and Simplified Chinese; and the narration's beats.
import { isMap } from 'yaml'
import type { Place, Reader } from './reader.ts'
import type { Beat, LocalizedText } from './types.ts'

/** Text, or `{ en, zh-CN }`. Text alone is English. */
export function readText(reader: Reader, place: Place | undefined): LocalizedText | null {
  if (!place?.node) return null
  if (!isMap(place.node)) {
    const text = reader.string(place)
    return text === null ? null : { en: text.trimEnd() }
  }
  const fields = reader.fields(place, { required: ['en'], optional: ['zh-CN'] })
  const enPlace = fields?.get('en')
  const zhPlace = fields?.get('zh-CN')
  const en = enPlace ? reader.string(enPlace) : null
  const zh = zhPlace ? reader.string(zhPlace) : null
  if (en === null) return null
  return zh === null ? { en: en.trimEnd() } : { en: en.trimEnd(), 'zh-CN': zh.trimEnd() }
}

/** Beats in order of time; equal times keep the document's order. */
export function readNarration(reader: Reader, place: Place | undefined): Beat[] {
  const beats = reader.list(place).flatMap((entry) => {
    const fields = reader.fields(entry, { required: ['at', 'title', 'text'] })
    const atPlace = fields?.get('at')
    const at = atPlace ? reader.duration(atPlace) : null
    const title = readText(reader, fields?.get('title'))
    const text = readText(reader, fields?.get('text'))
    return at === null || title === null || text === null ? [] : [{ at, title, text }]
  })
  return beats.sort((a, b) => a.at - b.at)
}
