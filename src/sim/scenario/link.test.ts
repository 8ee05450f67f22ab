import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { encodeBase64url } from './base64url.ts'
import { ENGINE_VERSION } from './engine-version.ts'
import { decodeLink, encodeLink } from './link.ts'
import { DICTIONARY_1 } from './link-dictionary-1.ts'
import { encodeUtf8 } from './utf8.ts'

const DOCUMENT = `# a comment\r\napiVersion: calicoscope.dev/v1\nkind: Scenario\nspec:\n  title: { en: A, zh-CN: 节点 }\n${'# filler line\n'.repeat(40)}  # the last line 😀\n\n`

/** Links of every format and dictionary ever published, with their documents. Never change one; add new ones. */
const GOLDEN: readonly { link: string; document: string }[] = JSON.parse(
  readFileSync(new URL('./golden-links.json', import.meta.url), 'utf8'),
)

describe('link', () => {
  it('brings every golden link back byte for byte', () => {
    expect(GOLDEN.length).toBeGreaterThan(2)
    for (const { link, document } of GOLDEN) expect(decodeLink(link)).toMatchObject({ ok: true, document })
  })

  it('brings any text back exactly, with its view state', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', '\ufeffx', DOCUMENT, '\ud800'),
    )
    fc.assert(
      fc.property(text, fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (document, view) => {
        expect(decodeLink(encodeLink(document, view))).toEqual({ ok: true, document, view: { ...view }, notice: null })
      }),
      { numRuns: 30 },
    )
  })

  it('keeps a view value whatever it is called', () => {
    const view = Object.fromEntries(['__proto__', 'constructor', 'toString'].map((name) => [name, 'x']))
    const decoded = decodeLink(encodeLink('', view))
    expect(decoded.ok && Object.entries(decoded.view)).toEqual(Object.entries(view))
  })

  it('uses only characters that chat programs keep in a link', () => {
    expect(encodeLink(DOCUMENT, { sel: 'node/a b&c', t: '41.2' })).toMatch(
      /^#1[A-Za-z0-9_-]+&sel=node%2Fa%20b%26c&t=41\.2$/,
    )
  })

  it('takes a whole address, and names built-in scenarios', () => {
    const labs = { mesh: 'kind: Cluster\n', 'node-failure': 'x' }
    expect(decodeLink(`https://example.org/app/${encodeLink('a: 1', { lang: 'en' })}`)).toMatchObject({
      document: 'a: 1',
      view: { lang: 'en' },
    })
    expect(decodeLink('#lab=mesh&t=3', labs)).toEqual({
      ok: true,
      document: labs.mesh,
      view: { t: '3' },
      notice: null,
    })
    expect(decodeLink('#lab=node-failur', labs)).toMatchObject({
      ok: false,
      message: expect.stringContaining('did you mean node-failure?'),
    })
    expect(decodeLink('#lab=constructor', labs)).toMatchObject({ ok: false })
  })

  it('says what is wrong and never throws, whatever it gets', () => {
    expect(decodeLink('')).toMatchObject({ ok: false })
    expect(decodeLink('#2abc')).toMatchObject({
      ok: false,
      message: expect.stringContaining('format 2, made by a newer version'),
    })
    expect(decodeLink('#hello')).toMatchObject({ ok: false, message: expect.stringContaining('must start with #1') })
    fc.assert(
      fc.property(fc.string(), (text) => void decodeLink(`#1${text}`)),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8 }), (bytes) => {
        expect(decodeLink(`#1${encodeBase64url(Uint8Array.from([1, ...bytes]))}`).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('notices every changed or missing character and gives what stands before it', () => {
    const link = encodeLink(DOCUMENT)
    for (let at = 3; at < link.length; at += 1) {
      const changed = link.slice(0, at) + (link[at] === 'A' ? 'B' : 'A') + link.slice(at + 1)
      const decoded = decodeLink(changed)
      // The three bytes of the engine version carry no document; the last character has unused bits.
      if (decoded.ok) expect(decoded.document).toBe(DOCUMENT)
      expect(decodeLink(link.slice(0, at)).ok).toBe(false)
    }
    const half = decodeLink(link.slice(0, Math.floor(link.length * 0.7)))
    expect(half.ok === false && half.readable !== null && DOCUMENT.startsWith(half.readable)).toBe(true)
  })

  it('tells a newer engine', () => {
    const bytes = Uint8Array.from([1, 9, 0, 0, 0, 0, 0, 0, ...deflateSync(new Uint8Array())])
    expect(decodeLink(`#1${encodeBase64url(bytes)}`)).toMatchObject({
      ok: true,
      notice: expect.stringContaining('9.0.0'),
    })
    bytes[0] = 77
    expect(decodeLink(`#1${encodeBase64url(bytes)}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('dictionary 77'),
    })
  })

  it('refuses a bomb', () => {
    const packed = deflateSync(new Uint8Array(60_000_000), { dictionary: encodeUtf8(DICTIONARY_1) })
    const bomb = encodeBase64url(Uint8Array.from([1, 0, 1, 0, 0, 0, 0, 0, ...packed]))
    expect(decodeLink(`#1${bomb}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('unpacks to more than'),
    })
    expect(decodeLink(`#1${'A'.repeat(3_000_000)}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('characters'),
    })
  })

  it('has the version of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(ENGINE_VERSION.join('.')).toBe(manifest.version)
  })
})
