// spec.expect: one predicate each, with `at` or `by`, and `not` to negate (docs/scenario-format.md).
import type { BgpState, ProtocolState } from '../bird/ports.ts'
import { parseIp } from '../net/address.ts'
import type { NameContext } from './read-timeline.ts'
import type { Place, Reader } from './reader.ts'
import { didYouMean } from './suggest.ts'
import type { Expectation, Predicate } from './types.ts'

type Kind = Predicate['kind']
const SHAPES: Readonly<Record<Kind, { required: readonly string[]; optional?: readonly string[] }>> = {
  reachable: { required: ['from', 'to'], optional: ['bothWays'] },
  session: { required: ['host', 'protocol', 'state'], optional: ['info'] },
  route: { required: ['host', 'prefix'], optional: ['via', 'protocol', 'best', 'attributes'] },
  kernel: { required: ['host', 'line'] },
  log: { required: ['host', 'match'] },
  message: { required: ['type', 'from', 'to'], optional: ['prefix', 'count', 'after'] },
}
const KINDS = Object.keys(SHAPES) as Kind[]

const STATES: readonly (BgpState | ProtocolState)[] = [
  'Idle',
  'Connect',
  'Active',
  'OpenSent',
  'OpenConfirm',
  'Established',
  'Close',
  'Passive',
  'Down',
  'down',
  'start',
  'wait',
  'feed',
  'up',
  'stop',
  'flush',
]
const MESSAGE_TYPES = [
  'OPEN',
  'UPDATE',
  'ANNOUNCE',
  'WITHDRAW',
  'END-OF-RIB',
  'NOTIFICATION',
  'KEEPALIVE',
  'ROUTE-REFRESH',
] as const

function readHostName(reader: Reader, place: Place, context: NameContext): string | null {
  const name = reader.string(place)
  if (name === null || context.nodes.has(name) || context.hosts.has(name)) return name
  return reader.problem(place, `no node or host '${name}'${didYouMean(name, [...context.nodes, ...context.hosts])}`)
}

function readEndpoint(reader: Reader, place: Place, context: NameContext & { address: boolean }): string | null {
  const text = reader.string(place)
  if (text === null) return null
  if (context.address && parseIp(text) !== null) return text
  const [kind, first = '', second] = text.split('/')
  if (kind === 'pod' && first !== '' && second !== undefined && second !== '') return text
  const names = kind === 'node' ? context.nodes : kind === 'host' ? context.hosts : null
  if (names === null || second !== undefined) {
    const address = context.address ? ' or an address' : ''
    return reader.problem(place, `must be pod/NAMESPACE/NAME, host/NAME, node/NAME${address}, not '${text}'`)
  }
  return names.has(first) ? text : reader.problem(place, `no ${kind} '${first}'${didYouMean(first, names)}`)
}

function readField(reader: Reader, place: Place, context: NameContext & { kind: Kind; key: string }): unknown {
  switch (context.key) {
    case 'host':
      return readHostName(reader, place, context)
    case 'from':
    case 'to':
      if (context.kind === 'message') return readHostName(reader, place, context)
      return readEndpoint(reader, place, { ...context, address: context.key === 'to' })
    case 'bothWays':
    case 'best':
      return reader.boolean(place)
    case 'state':
      return reader.oneOf(place, STATES)
    case 'type':
      return reader.oneOf(place, MESSAGE_TYPES)
    case 'info':
    case 'line':
    case 'match':
      return reader.regularExpression(place)
    case 'prefix':
      return reader.prefix(place, true) === null ? null : reader.string(place)
    case 'via':
      return reader.address(place) === null ? null : reader.string(place)
    case 'attributes':
      return reader.stringMap(place)
    case 'count':
      return readCount(reader, place)
    case 'after':
      return reader.duration(place)
    default:
      return reader.string(place)
  }
}

function readCount(reader: Reader, place: Place): number | null {
  const count = reader.integer(place)
  return count !== null && count < 0 ? reader.problem(place, 'must not be negative') : count
}

function readPredicate(reader: Reader, place: Place, context: NameContext & { kind: Kind }): Predicate | null {
  const fields = reader.fields(place, SHAPES[context.kind])
  if (fields === null) return null
  const out: Record<string, unknown> = { kind: context.kind }
  if (context.kind === 'reachable') out.bothWays = true
  for (const [key, field] of fields) out[key] = readField(reader, field, { ...context, key })
  return out as Predicate
}

function readExpectation(reader: Reader, entry: Place, context: NameContext): Expectation | null {
  const before = reader.problems.length
  const fields = reader.fields(entry, { optional: ['at', 'by', 'not', ...KINDS] })
  if (fields === null) return null
  const atPlace = fields.get('at')
  const byPlace = fields.get('by')
  if ((atPlace === undefined) === (byPlace === undefined)) reader.problem(entry, "needs either 'at' or 'by'")
  const at = atPlace ? reader.duration(atPlace) : null
  const by = byPlace ? reader.duration(byPlace) : null
  const notPlace = fields.get('not')
  const not = notPlace ? reader.boolean(notPlace) : false
  const kinds = KINDS.filter((kind) => fields.has(kind))
  if (kinds.length !== 1) reader.problem(entry, `needs exactly one predicate of ${KINDS.join(', ')}`)
  const kind = kinds[0]
  const place = kind ? fields.get(kind) : undefined
  const predicate = kind && place ? readPredicate(reader, place, { ...context, kind }) : null
  if (predicate === null || reader.problems.length > before) return null
  const time = at !== null ? { at } : { by: by ?? 0 }
  return { ...time, not: not ?? false, predicate, line: reader.position(entry.at).line }
}

export function readExpectations(reader: Reader, place: Place | undefined, context: NameContext): Expectation[] {
  return reader.list(place).flatMap((entry) => readExpectation(reader, entry, context) ?? [])
}
