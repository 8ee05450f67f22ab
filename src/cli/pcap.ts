// `pcap`: BGP on the wire as a capture file.
import { writeFileSync } from 'node:fs'
import { parseDuration } from '../sim/index.ts'
import { parseArgs } from './args.ts'
import { BAD_INPUT, DONE, type Io, reasonOf, refuse } from './io.ts'
import { loadFile } from './load.ts'

const USAGE = 'pcap FILE --out X.pcapng [--until T] [--interface HOST[/IFACE]]...'

export function pcap(argv: readonly string[], io: Io): number {
  const specs = { out: { value: true }, until: { value: true }, interface: { value: true, many: true } }
  const args = parseArgs(argv, specs)
  if (!args.ok) return refuse(io, args.message)
  const [file, extra] = args.words
  const out = args.options.get('out')?.[0]
  if (file === undefined || extra !== undefined || out === undefined) return refuse(io, USAGE)
  const text = args.options.get('until')?.[0]
  const until = text === undefined ? undefined : parseDuration(text)
  if (until === null) return refuse(io, `'${text}' is not a time such as 250ms, 90s, 1.5m, 2h or a number of seconds`)
  const simulation = loadFile(io, file)
  if (simulation === null) return BAD_INPUT
  const capture = simulation.pcap(until ?? simulation.defaultUntil(), args.options.get('interface') ?? [])
  if ('unknown' in capture) {
    const hosts = simulation.hostNames().join(', ')
    return refuse(io, `no host or interface '${capture.unknown}'; hosts are ${hosts}, an interface is HOST/eth0`)
  }
  try {
    writeFileSync(out, capture)
  } catch (error) {
    return refuse(io, `${out}: ${reasonOf(error)}`)
  }
  return DONE
}
