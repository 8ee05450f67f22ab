// `protocol` and `template`: names, inheritance and the loop over options (proto_start, proto_name of nest/config.Y,
// proto_copy_config of nest/proto.c, BIRD 1.6.8).
import { type BgpDraft, finishBgp, newBgp } from './bgp-draft.ts'
import { parseBgpItem } from './parse-bgp.ts'
import { newCommon, parseCommonItem } from './parse-common.ts'
import {
  newDevice,
  newDirect,
  newKernel,
  newPipe,
  newStatic,
  parseDeviceItem,
  parseDirectItem,
  parseKernelItem,
  parsePipeItem,
  parseStaticItem,
} from './parse-plain.ts'
import type { Reader } from './reader.ts'
import type { RepeatedBodies } from './repeated-body.ts'
import type { BirdConfig, CommonProtocolConfig, ProtocolConfig, ProtocolKindWord } from './tree.ts'

type Draft = Exclude<ProtocolConfig, { kind: 'bgp' }> | BgpDraft

/** What `from` can name, and the counters behind automatic names. */
export interface ProtocolState {
  drafts: Map<string, Draft>
  counters: Map<ProtocolKindWord, number>
  deviceSeen: boolean
  bodies: RepeatedBodies
}

const KINDS: ReadonlySet<string> = new Set(['kernel', 'device', 'direct', 'static', 'bgp', 'pipe'])
/** Protocols of other builds, refused by name. */
const ELSEWHERE: ReadonlySet<string> = new Set(['ospf', 'rip', 'ripng', 'radv', 'babel', 'mrt', 'rpki'])

function newDraft(kind: ProtocolKindWord, common: CommonProtocolConfig): Draft {
  switch (kind) {
    case 'kernel':
      return newKernel(common)
    case 'device':
      return newDevice(common)
    case 'direct':
      return newDirect(common)
    case 'static':
      return newStatic(common)
    case 'bgp':
      return newBgp(common)
    case 'pipe':
      return newPipe(common)
  }
}

/** The keyword `protocol` or `template` is ahead. */
export function parseProtocol(reader: Reader, config: BirdConfig, state: ProtocolState): void {
  const template = reader.accept('template')
  if (!template) reader.expect('protocol')
  const { file } = reader.lexer
  const { line } = reader
  const kind = parseKind(reader, state)
  const place = { kind, file, line, debug: config.debugProtocols, template }
  const { draft, origin } = parseName(reader, place, state)
  const session = draft.kind === 'bgp' && origin !== null ? { draft, origin } : null
  if (session === null) parseItems(reader, draft)
  else if (!state.bodies.take(reader, session.draft, session.origin)) {
    session.draft.options = { ...session.draft.options }
    reader.look()
    const start = reader.lexer.place.position
    parseItems(reader, draft)
    state.bodies.remember(reader, session.draft, { origin: session.origin, start })
  }
  if (template) {
    state.drafts.set(draft.name, draft)
    return
  }
  // What was filled in at the closing brace is there for those who start from this protocol, too.
  const finished = finish(reader, draft, config)
  state.drafts.set(draft.name, finished)
  config.protocols.push(finished)
}

function parseItems(reader: Reader, draft: Draft): void {
  reader.expect('{')
  while (!reader.accept('}')) {
    if (!parseCommonItem(reader, draft) && !parseOwnItem(reader, draft)) throw reader.syntaxError()
    reader.expect(';')
  }
}

function parseKind(reader: Reader, state: ProtocolState): ProtocolKindWord {
  const word = reader.word()
  if (word === 'bfd') {
    reader.take()
    throw reader.unsupported('protocol bfd')
  }
  if ((reader.kind === 'symbol' || reader.kind === 'word') && ELSEWHERE.has(reader.lexer.text)) {
    throw reader.unsupported(`protocol ${reader.lexer.text}`)
  }
  if (!KINDS.has(word)) throw reader.syntaxError()
  reader.take()
  if (word === 'device') {
    if (state.deviceSeen) throw reader.fail('Kernel device protocol already defined')
    state.deviceSeen = true
  }
  return word as ProtocolKindWord
}

interface Declaration {
  kind: ProtocolKindWord
  file: string
  line: number
  /** `debug protocols` so far. */
  debug: number
  template: boolean
}

interface Named {
  draft: Draft
  /** What it was copied from. */
  origin: Draft | null
}

/** Name and origin; the draft to read the options into. */
function parseName(reader: Reader, declaration: Declaration, state: ProtocolState): Named {
  const given = reader.kind === 'symbol' ? reader.takeSymbol() : null
  const from = reader.accept('from') ? reader.takeSymbol() : null
  if (from === null && !reader.at('{')) throw reader.syntaxError()
  const name = given ?? defaultName(reader, declaration.kind, state)
  reader.defineGlobal(name, declaration.template ? TEMPLATE : PROTOCOL)
  const origin = from === null ? null : originOf(reader, from, state)
  if (origin !== null && origin.kind !== declaration.kind) {
    throw reader.fail("Can't copy configuration from a different protocol type")
  }
  const { kind, debug, file, line } = declaration
  const declared = { name, autoName: given === null, file, line }
  const draft =
    origin === null ? newDraft(kind, newCommon(kind, debug, declared)) : Object.assign(copyOf(origin), declared)
  return { draft, origin }
}

const PROTOCOL = { kind: 'protocol' } as const
const TEMPLATE = { kind: 'template' } as const

/** A protocol may name itself: nothing has been said of it yet, so it stays as it is (null). */
function originOf(reader: Reader, name: string, state: ProtocolState): Draft | null {
  const kind = reader.find(name)?.kind
  if (kind !== 'template' && kind !== 'protocol') throw reader.fail('Template or protocol name expected')
  return state.drafts.get(name) ?? null
}

function defaultName(reader: Reader, kind: ProtocolKindWord, state: ProtocolState): string {
  for (;;) {
    const count = (state.counters.get(kind) ?? 0) + 1
    state.counters.set(kind, count)
    if (!reader.globals.has(`${kind}${count}`)) return `${kind}${count}`
  }
}

/** Everything comes from the template, which stays as it was: what is read from now on goes into lists and options of its own. */
function copyOf(origin: Draft): Draft {
  switch (origin.kind) {
    case 'bgp':
      return { ...origin }
    case 'static':
      return { ...origin, routes: [...origin.routes] }
    default:
      return { ...origin }
  }
}

function parseOwnItem(reader: Reader, draft: Draft): boolean {
  switch (draft.kind) {
    case 'kernel':
      return parseKernelItem(reader, draft)
    case 'device':
      return parseDeviceItem(reader, draft)
    case 'direct':
      return parseDirectItem(reader, draft)
    case 'static':
      return parseStaticItem(reader, draft)
    case 'bgp':
      return parseBgpItem(reader, draft)
    case 'pipe':
      return parsePipeItem(reader, draft)
  }
}

function finish(reader: Reader, draft: Draft, config: BirdConfig): ProtocolConfig {
  if (draft.kind !== 'bgp') return draft
  const sorted = config.tables.find((table) => table.name === draft.table)?.sorted ?? false
  return finishBgp(reader, draft, sorted)
}
