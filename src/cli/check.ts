// `check FILE`: runs, then holds the recording to the scenario's expectations and to what must hold of any cluster at rest.
import { parseArgs } from './args.ts'
import { BAD_INPUT, DONE, FAILED, type Io } from './io.ts'
import { loadFile } from './load.ts'

export function check(argv: readonly string[], io: Io): number {
  const args = parseArgs(argv, {})
  const [file, extra] = args.ok ? args.words : []
  if (!args.ok || file === undefined || extra !== undefined) {
    io.err(`calicoscope: ${args.ok ? 'check FILE' : args.message}\n`)
    return BAD_INPUT
  }
  const simulation = loadFile(io, file)
  if (simulation === null) return BAD_INPUT
  const failures = simulation.verify()
  for (const { line, message } of failures) io.out(`${file}${line === null ? '' : `:${line}`}: ${message}\n`)
  return failures.length === 0 ? DONE : FAILED
}
