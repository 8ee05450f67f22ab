// `run`: a scenario to command output (--exec), captures (--json) and the recording's hash (--hash).
import { writeFileSync } from 'node:fs'
import { parseDuration, type Simulation } from '../sim/index.ts'
import { parseArgs } from './args.ts'
import { BAD_INPUT, DONE, type Io, reasonOf } from './io.ts'
import { loadFile } from './load.ts'

interface Moment {
  at: number
  /** As given on the command line. */
  text: string
}
interface Exec {
  host: string
  command: string
}
interface Request {
  file: string
  until: Moment | null
  at: readonly Moment[]
  exec: readonly Exec[]
  json: string | null
  hash: boolean
}

export function run(argv: readonly string[], io: Io): number {
  const request = readRequest(argv)
  if (typeof request === 'string') {
    io.err(`calicoscope: ${request}\n`)
    return BAD_INPUT
  }
  const simulation = loadFile(io, request.file)
  if (simulation === null) return BAD_INPUT
  const until = request.until ?? { at: simulation.defaultUntil(), text: `${simulation.defaultUntil() / 1_000_000}s` }
  const moments = request.at.length > 0 ? request.at : [until]
  simulation.runTo(Math.max(until.at, ...moments.map((moment) => moment.at)))
  const missing = request.exec.find(({ host }) => !simulation.hasHost(host))
  if (missing !== undefined) {
    io.err(`calicoscope: no host '${missing.host}'; there is ${simulation.hostNames().join(', ')}\n`)
    return BAD_INPUT
  }
  execute(simulation, io, { moments, exec: request.exec })
  if (request.json !== null && !writeCaptures(simulation, io, { out: request.json, moments, until: until.at }))
    return BAD_INPUT
  if (request.hash) io.out(`${simulation.hash(until.at)}\n`)
  return DONE
}

const OPTIONS = {
  until: { value: true },
  at: { value: true, many: true },
  exec: { value: true, many: true },
  json: { value: true },
  hash: { value: false },
}

/** The request, or what is wrong with it. */
function readRequest(argv: readonly string[]): Request | string {
  const args = parseArgs(argv, OPTIONS)
  if (!args.ok) return args.message
  const [file, extra] = args.words
  if (file === undefined || extra !== undefined)
    return 'run FILE [--until T] [--at T]... [--exec "HOST: COMMAND"]... [--json OUT] [--hash]'
  const times = [...(args.options.get('until') ?? []), ...(args.options.get('at') ?? [])]
  const wrong = times.find((text) => parseDuration(text) === null)
  if (wrong !== undefined) return `'${wrong}' is not a time such as 250ms, 90s, 1.5m, 2h or a number of seconds`
  const moment = (text: string): Moment => ({ text, at: parseDuration(text) ?? 0 })
  const exec: Exec[] = []
  for (const text of args.options.get('exec') ?? []) {
    const match = /^([^\s:]+):\s*(\S.*)$/s.exec(text)
    if (match === null) return `--exec needs "HOST: COMMAND", not '${text}'`
    exec.push({ host: match[1] ?? '', command: (match[2] ?? '').trimEnd() })
  }
  const until = args.options.get('until')?.[0]
  return {
    file,
    until: until === undefined ? null : moment(until),
    at: (args.options.get('at') ?? []).map(moment),
    exec,
    json: args.options.get('json')?.[0] ?? null,
    hash: args.options.has('hash'),
  }
}

function execute(simulation: Simulation, io: Io, what: { moments: readonly Moment[]; exec: readonly Exec[] }): void {
  const headings = what.moments.length * what.exec.length > 1
  for (const { at, text } of what.moments) {
    for (const { host, command } of what.exec) {
      if (headings) io.out(`### ${host} ${text}: ${command}\n`)
      io.out(simulation.commandOutput(at, host, command))
    }
  }
}

function writeCaptures(
  simulation: Simulation,
  io: Io,
  what: { out: string; moments: readonly Moment[]; until: number },
): boolean {
  const captures = what.moments.map(({ at }) => ({ at: at / 1_000_000, hosts: simulation.capture(at) }))
  try {
    writeFileSync(what.out, `${JSON.stringify({ hash: simulation.hash(what.until), captures }, null, 2)}\n`)
    return true
  } catch (error) {
    io.err(`${what.out}: ${reasonOf(error)}\n`)
    return false
  }
}
