// `lab`: the bundle with which real daemons can repeat a scenario.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseDuration } from '../sim/index.ts'
import { parseArgs } from './args.ts'
import { BAD_INPUT, DONE, type Io, reasonOf, refuse } from './io.ts'
import { loadFile } from './load.ts'

export function lab(argv: readonly string[], io: Io): number {
  const args = parseArgs(argv, { out: { value: true }, until: { value: true } })
  if (!args.ok) return refuse(io, args.message)
  const [file, extra] = args.words
  const out = args.options.get('out')?.[0]
  if (file === undefined || extra !== undefined || out === undefined) {
    return refuse(io, 'lab FILE --out DIR [--until T]')
  }
  const text = args.options.get('until')?.[0]
  const until = text === undefined ? undefined : parseDuration(text)
  if (until === null) return refuse(io, `'${text}' is not a time such as 250ms, 90s, 1.5m, 2h or a number of seconds`)
  const simulation = loadFile(io, file)
  if (simulation === null) return BAD_INPUT
  try {
    for (const [path, content] of simulation.labBundle(until ?? simulation.defaultUntil()).files) {
      mkdirSync(dirname(join(out, path)), { recursive: true })
      writeFileSync(join(out, path), content)
    }
  } catch (error) {
    return refuse(io, `${out}: ${reasonOf(error)}`)
  }
  return DONE
}
