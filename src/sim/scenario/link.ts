// A scenario as the fragment of a link: `#1` + base64url(header, deflated document), then `&key=value` view state.
// Format 1's header: dictionary, engine version (3 bytes), CRC-32 of the document's UTF-8 (4 bytes, big endian).
// What was published must open for ever: link.test.ts keeps links of every format and dictionary.
import { deflateSync, Inflate } from 'fflate'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { crc32 } from './crc32.ts'
import { ENGINE_VERSION } from './engine-version.ts'
import { DICTIONARY_1 } from './link-dictionary-1.ts'
import { didYouMean } from './suggest.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

export type DecodedLink =
  | { ok: true; document: string; view: Record<string, string>; notice: string | null }
  | { ok: false; message: string; readable: string | null }

const FORMAT = '1'
const HEADER = 8
/** A fragment longer than this is refused, and so is a document that unpacks to more. */
const MAX_FRAGMENT = 2_000_000
const MAX_DOCUMENT = 8_000_000
const DICTIONARIES: ReadonlyMap<number, string> = new Map([[1, DICTIONARY_1]])
const NEWEST_DICTIONARY = 1

const dictionaryBytes = new Map<number, Uint8Array>()
function dictionary(id: number): Uint8Array | null {
  const text = DICTIONARIES.get(id)
  if (text === undefined) return null
  const bytes = dictionaryBytes.get(id) ?? encodeUtf8(text)
  dictionaryBytes.set(id, bytes)
  return bytes
}

/** The fragment, `#` included, that restores `document` byte for byte. */
export function encodeLink(document: string, view: Readonly<Record<string, string>> = {}): string {
  const bytes = encodeUtf8(document)
  const packed = deflateSync(bytes, {
    level: 9,
    mem: 12,
    dictionary: dictionary(NEWEST_DICTIONARY) ?? new Uint8Array(),
  })
  const checksum = crc32(bytes)
  const header = [NEWEST_DICTIONARY, ...ENGINE_VERSION, checksum >>> 24, checksum >>> 16, checksum >>> 8, checksum]
  const all = new Uint8Array(HEADER + packed.length)
  all.set(header.map((byte) => byte & 255))
  all.set(packed, HEADER)
  return `#${FORMAT}${encodeBase64url(all)}${viewText(view)}`
}

function viewText(view: Readonly<Record<string, string>>): string {
  return Object.entries(view)
    .map(([key, value]) => `&${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join('')
}

function refuse(message: string, readable: string | null = null): DecodedLink {
  return { ok: false, message, readable }
}

/** Reads a fragment or a whole address. `builtIn` has the documents that `#lab=NAME` may name. */
export function decodeLink(link: string, builtIn: Readonly<Record<string, string>> = {}): DecodedLink {
  const trimmed = link.trim()
  const hash = trimmed.indexOf('#')
  const fragment = hash >= 0 ? trimmed.slice(hash + 1) : trimmed
  if (fragment.length > MAX_FRAGMENT) {
    return refuse(`The link has ${fragment.length} characters; at most ${MAX_FRAGMENT} are read.`)
  }
  const [head = '', ...rest] = fragment.split('&')
  const view = readView(rest)
  if (head.startsWith('lab=')) return openBuiltIn(unescapeText(head.slice(4)), { builtIn, view })
  if (/^[2-9]/.test(head)) {
    return refuse(
      `The link has format ${head[0]}, made by a newer version; this version reads format ${FORMAT}. Update to open it.`,
    )
  }
  if (!head.startsWith(FORMAT)) {
    return refuse('This is not a link of a scenario: it must start with #1 or #lab=NAME.')
  }
  return openDocument(head.slice(FORMAT.length), view)
}

function openBuiltIn(
  name: string,
  from: { builtIn: Readonly<Record<string, string>>; view: Record<string, string> },
): DecodedLink {
  const { builtIn, view } = from
  const document = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined
  if (document !== undefined) return { ok: true, document, view, notice: null }
  const names = Object.keys(builtIn)
  return refuse(
    `There is no built-in scenario '${name}'${didYouMean(name, names)}.${names.length > 0 ? ` There are: ${names.join(', ')}.` : ''}`,
  )
}

function openDocument(data: string, view: Record<string, string>): DecodedLink {
  const { bytes, complete } = decodeBase64url(data)
  if (bytes.length <= HEADER) return refuse('The link is cut off: too little of it is left to hold a document.')
  const preset = dictionary(bytes[0] ?? 0)
  const version = [...bytes.slice(1, 4)]
  if (preset === null) {
    return refuse(
      `The link was packed with dictionary ${bytes[0]}, which this version does not have; engine ${version.join('.')} made it. The link is damaged, or newer than this version.`,
    )
  }
  const unpacked = unpack(bytes.slice(HEADER), preset)
  if (unpacked.tooLarge) return refuse(`The link unpacks to more than ${MAX_DOCUMENT} bytes; it is not opened.`)
  const { text, complete: whole } = decodeUtf8(unpacked.bytes)
  const checksum = new DataView(bytes.buffer).getUint32(4)
  if (!complete || !unpacked.complete || !whole || crc32(unpacked.bytes) !== checksum) {
    const readable = text.length > 0 ? text : null
    const end =
      readable === null
        ? 'Nothing of it can be read.'
        : 'What could be read is shown; it may be wrong from some point on.'
    return refuse(`The link is damaged: characters are missing or changed. ${end}`, readable)
  }
  return { ok: true, document: text, view, notice: noticeOf(version) }
}

function noticeOf(version: readonly number[]): string | null {
  const own = ENGINE_VERSION
  const order =
    [0, 1, 2].map((index) => (version[index] ?? 0) - (own[index] ?? 0)).find((difference) => difference !== 0) ?? 0
  if (order <= 0) return null
  return `The link was made with version ${version.join('.')}, newer than this ${own.join('.')}: the run may differ.`
}

interface Unpacked {
  bytes: Uint8Array
  complete: boolean
  tooLarge: boolean
}

/** A damaged stream is unpacked again in small steps, to get all that stands before the damage. */
function unpack(packed: Uint8Array, preset: Uint8Array): Unpacked {
  const whole = inflate(packed, { preset, step: 4_096 })
  return whole.complete || whole.tooLarge ? whole : inflate(packed, { preset, step: 16 })
}

/** In steps, so that a bomb is noticed before it has grown. */
function inflate(packed: Uint8Array, { preset, step }: { preset: Uint8Array; step: number }): Unpacked {
  const chunks: Uint8Array[] = []
  let size = 0
  let complete = false
  const inflater = new Inflate({ dictionary: preset }, (chunk, final) => {
    chunks.push(chunk)
    size += chunk.length
    complete = complete || final
  })
  try {
    for (let at = 0; at < packed.length && size <= MAX_DOCUMENT; at += step)
      inflater.push(packed.slice(at, at + step), false)
    // The end is checked apart: a stream that was cut off fails here, with its beginning already out.
    if (size <= MAX_DOCUMENT) inflater.push(new Uint8Array(), true)
  } catch {
    complete = false
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return { bytes, complete, tooLarge: size > MAX_DOCUMENT }
}

function readView(pairs: readonly string[]): Record<string, string> {
  // Not member by member: `__proto__` is a name like any other here.
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const equals = pair.indexOf('=')
      return equals > 0 ? [[unescapeText(pair.slice(0, equals)), unescapeText(pair.slice(equals + 1))]] : []
    }),
  )
}

function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
