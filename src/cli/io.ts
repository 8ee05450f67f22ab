// Files in, text out. Standard output carries results alone; whatever went wrong goes to standard error.
import { readFileSync } from 'node:fs'
import type { Problem } from '../sim/index.ts'

export interface Io {
  out(text: string): void
  err(text: string): void
}

/** Exit statuses: done, a check failed, bad input. */
export const DONE = 0
export const FAILED = 1
export const BAD_INPUT = 2

/** A file's text, kept to the byte (a byte order mark too); `-` is standard input. null: said on `io.err` why not. */
export function readText(io: Io, file: string): string | null {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    io.err(`${file}: ${reasonOf(error)}\n`)
    return null
  }
}

export function reasonOf(error: unknown): string {
  const code = (error as { code?: string }).code
  if (code === 'ENOENT') return 'no such file or directory'
  if (code === 'EISDIR') return 'is a directory'
  if (code === 'EACCES') return 'permission denied'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8 text'
  return error instanceof Error ? error.message : String(error)
}

/** Says on `io.err` why nothing was done; gives the exit status. */
export function refuse(io: Io, message: string): number {
  io.err(`calicoscope: ${message}\n`)
  return BAD_INPUT
}

/** `FILE:LINE:COLUMN: FIELD: MESSAGE`, one a line. */
export function reportProblems(io: Io, file: string, problems: readonly Problem[]): void {
  for (const { line, column, field, message, severity } of problems) {
    const word = severity === 'warning' ? 'warning: ' : ''
    io.err(`${file}:${line}:${column}: ${word}${field === '' ? '' : `${field}: `}${message}\n`)
  }
}
