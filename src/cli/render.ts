// `render`: the six files confd would write for one node of the file's datastore, as it stands.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseScenario, renderNode } from '../sim/index.ts'
import { parseArgs } from './args.ts'
import { BAD_INPUT, DONE, type Io, readText, reasonOf, refuse, reportProblems } from './io.ts'

export function render(argv: readonly string[], io: Io): number {
  const args = parseArgs(argv, { node: { value: true }, out: { value: true }, env: { value: true, many: true } })
  if (!args.ok) return refuse(io, args.message)
  const [file, extra] = args.words
  const node = args.options.get('node')?.[0]
  const out = args.options.get('out')?.[0]
  if (file === undefined || extra !== undefined || node === undefined || out === undefined) {
    return refuse(io, 'render FILE --node N --out DIR [--env KEY=VALUE]...')
  }
  const env: Record<string, string> = {}
  for (const pair of args.options.get('env') ?? []) {
    const equals = pair.indexOf('=')
    if (equals < 1) return refuse(io, `--env needs KEY=VALUE, not '${pair}'`)
    env[pair.slice(0, equals)] = pair.slice(equals + 1)
  }
  const text = readText(io, file)
  if (text === null) return BAD_INPUT
  const parsed = parseScenario(text)
  if (!parsed.ok) {
    reportProblems(io, file, parsed.problems)
    return BAD_INPUT
  }
  reportProblems(io, file, parsed.warnings)
  const rendered = renderNode(parsed.scenario, { node, env })
  if (!rendered.ok) return refuse(io, `${file}: ${rendered.message}`)
  try {
    mkdirSync(out, { recursive: true })
    for (const [name, content] of rendered.files) writeFileSync(join(out, name), content)
  } catch (error) {
    return refuse(io, `${out}: ${reasonOf(error)}`)
  }
  return DONE
}
