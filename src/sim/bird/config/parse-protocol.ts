// `protocol` and `template`: names, inheritance and the loop over options (proto_start, proto_name of nest/config.Y,
// proto_copy_config of nest/proto.c, BIRD 1.6.8).
import { type BgpDraft, finishBgp, newBgp, parseBgpItem } from './parse-bgp.ts'
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
import type { BirdConfig, CommonProtocolConfig, ProtocolConfig, ProtocolKindWord } from './tree.ts'

export type Draft = Exclude<ProtocolConfig, { kind: 'bgp' }> | BgpDraft

/** What `from` can name, and the counters behind automatic names. */
export interface ProtocolState {
  drafts: Map<string, Draft>
  counters: Map<ProtocolKindWord, number>
  deviceSeen: boolean
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
  const draft = newDraft(kind, newCommon(kind, config.debugProtocols))
  draft.file = file
  draft.line = line
  const named = parseName(reader, draft, { state, template })
  reader.expect('{')
  while (!reader.accept('}')) {
    if (!parseCommonItem(reader, named) && !parseOwnItem(reader, named)) throw reader.syntaxError()
    reader.expect(';')
  }
  state.drafts.set(named.name, named)
  if (!template) config.protocols.push(finish(reader, named, config))
}

function parseKind(reader: Reader, state: ProtocolState): ProtocolKindWord {
  const word = reader.word()
  if (word === 'bfd') {
    reader.take()
    throw reader.unsupported('protocol bfd')
  }
  if (reader.kind === 'symbol' && ELSEWHERE.has(reader.lexer.text))
    throw reader.unsupported(`protocol ${reader.lexer.text}`)
  if (!KINDS.has(word)) throw reader.syntaxError()
  reader.take()
  if (word === 'device') {
    if (state.deviceSeen) throw reader.fail('Kernel device protocol already defined')
    state.deviceSeen = true
  }
  return word as ProtocolKindWord
}

function parseName(
  reader: Reader,
  draft: Draft,
  { state, template }: { state: ProtocolState; template: boolean },
): Draft {
  const name = reader.kind === 'symbol' ? reader.takeSymbol() : null
  const origin = reader.accept('from') ? reader.takeSymbol() : null
  if (origin === null && !reader.at('{')) throw reader.syntaxError()
  draft.autoName = name === null
  draft.name = name ?? defaultName(reader, draft.kind, state)
  reader.defineGlobal(draft.name, { kind: template ? 'template' : 'protocol' })
  if (origin === null) return draft
  const kind = reader.find(origin)?.kind
  if (kind !== 'template' && kind !== 'protocol') throw reader.fail('Template or protocol name expected')
  return inherit(reader, draft, state.drafts.get(origin))
}

function defaultName(reader: Reader, kind: ProtocolKindWord, state: ProtocolState): string {
  for (;;) {
    const count = (state.counters.get(kind) ?? 0) + 1
    state.counters.set(kind, count)
    if (!reader.globals.has(`${kind}${count}`)) return `${kind}${count}`
  }
}

/** Everything but the name and the place comes from the template, which stays as it was. */
function inherit(reader: Reader, draft: Draft, origin: Draft | undefined): Draft {
  // A protocol may name itself in `from`: nothing has been said yet, so nothing changes.
  if (origin === undefined) return draft
  if (origin.kind !== draft.kind) throw reader.fail("Can't copy configuration from a different protocol type")
  const { name, autoName, file, line } = draft
  const copy = { ...origin, name, autoName, file, line }
  if (copy.kind === 'bgp') copy.options = { ...copy.options }
  if (copy.kind === 'static') copy.routes = [...copy.routes]
  return copy
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
