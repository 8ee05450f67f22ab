// `url FILE` and `open URL`: a document to its link and back.
import { builtInDocuments } from '../../scenarios/index.ts'
import { decodeLink, encodeLink } from '../sim/index.ts'
import { parseArgs } from './args.ts'
import { BAD_INPUT, DONE, type Io, readText } from './io.ts'

function oneWord(argv: readonly string[], io: Io, what: string): string | null {
  const args = parseArgs(argv, {})
  const word = args.ok && args.words.length === 1 ? args.words[0] : undefined
  if (word !== undefined) return word
  io.err(`calicoscope: ${args.ok ? `needs exactly one ${what}` : args.message}\n`)
  return null
}

export function url(argv: readonly string[], io: Io): number {
  const file = oneWord(argv, io, 'FILE')
  const text = file === null ? null : readText(io, file)
  if (text === null) return BAD_INPUT
  io.out(`${encodeLink(text)}\n`)
  return DONE
}

export function open(argv: readonly string[], io: Io): number {
  const link = oneWord(argv, io, 'URL')
  if (link === null) return BAD_INPUT
  const decoded = decodeLink(link, builtInDocuments)
  if (decoded.ok) {
    if (decoded.notice !== null) io.err(`${decoded.notice}\n`)
    io.out(decoded.document)
    return DONE
  }
  io.err(`${decoded.message}\n`)
  if (decoded.readable !== null) io.out(decoded.readable)
  return BAD_INPUT
}
