// Options of `protocol bgp` (proto/bgp/config.Y of BIRD 1.6.8).

import type { BgpDraft, Mode } from './bgp-draft.ts'
import { parseTable } from './parse-common.ts'
import { expectWords, parseAddress, parseId, parseNumber, parseOneOf, parseSwitch, parseText } from './parse-values.ts'
import type { Reader } from './reader.ts'

const MODE = (on: boolean): Mode => (on ? 'able' : 'off')

type Rule = (reader: Reader, draft: BgpDraft) => void

function on(set: (options: BgpDraft['options'], value: boolean) => void, words = ''): Rule {
  return (reader, draft) => {
    if (words !== '') expectWords(reader, words)
    set(draft.options, parseSwitch(reader))
  }
}

function time(reader: Reader, words = 'time'): number {
  expectWords(reader, words)
  return parseNumber(reader)
}

const RULES: Readonly<Record<string, Rule>> = {
  local(reader, { options }) {
    if (!reader.at('as')) options.sourceAddress = parseAddress(reader)
    reader.expect('as')
    options.localAs = parseNumber(reader)
  },
  neighbor: parseNeighbor,
  source(reader, { options }) {
    reader.expect('address')
    options.sourceAddress = parseAddress(reader)
  },
  interface(reader, { options }) {
    options.iface = reader.takeText()
  },
  direct(_, { options }) {
    options.multihop = null
  },
  multihop(reader, { options }) {
    options.multihop = 64
    if (reader.at(';')) return
    options.multihop = parseNumber(reader)
    if (!reader.at(';')) throw reader.syntaxError()
    if (options.multihop < 1 || options.multihop > 255) throw reader.fail('Multihop must be in range 1-255')
  },
  next(reader, { options }) {
    reader.expect('hop')
    if (reader.accept('self')) options.nextHopSelf = true
    else {
      reader.expect('keep')
      options.nextHopKeep = true
    }
  },
  missing(reader) {
    reader.expect('lladdr')
    parseOneOf(reader, { self: 1, drop: 1, ignore: 1 })
  },
  gateway(reader, { options }) {
    options.gatewayMode = parseOneOf(reader, { direct: 'direct', recursive: 'recursive' } as const)
  },
  rr(reader, { options }) {
    if (reader.accept('client')) options.rrClient = true
    else {
      expectWords(reader, 'cluster id')
      options.rrClusterId = parseId(reader)
    }
  },
  rs(reader, { options }) {
    reader.expect('client')
    options.rsClient = true
  },
  passive: on((options, value) => {
    options.passive = value
  }),
  password(reader, { options }) {
    options.password = parseText(reader)
  },
  setkey: on((options, value) => {
    options.setkey = value
  }),
  hold(reader, { options }) {
    options.holdTime = time(reader)
  },
  startup(reader, { options }) {
    options.startupHoldTime = time(reader, 'hold time')
  },
  start(reader, { options }) {
    options.connectDelayTime = time(reader, 'delay time')
  },
  keepalive(reader, { options }) {
    options.keepaliveTime = time(reader)
    if (options.keepaliveTime === 0) options.keepaliveTime = null
  },
  connect(reader, { options }) {
    if (reader.accept('delay')) options.connectDelayTime = time(reader)
    else options.connectRetryTime = time(reader, 'retry time')
  },
  error(reader, { options }) {
    if (reader.accept('forget')) {
      options.errorForgetTime = time(reader)
      return
    }
    options.errorWaitTimeMin = time(reader, 'wait time')
    reader.expect(',')
    options.errorWaitTimeMax = parseNumber(reader)
  },
  path: on((options, value) => {
    options.pathMetric = value
  }, 'metric'),
  med: on((options, value) => {
    options.medMetric = value
  }, 'metric'),
  igp(reader, { options }) {
    if (reader.accept('table')) options.igpTable = parseTable(reader, 'Table name expected')
    else {
      reader.expect('metric')
      options.igpMetric = parseSwitch(reader)
    }
  },
  prefer: on((options, value) => {
    options.preferOlder = value
  }, 'older'),
  deterministic: on((options, value) => {
    options.deterministicMed = value
  }, 'med'),
  default(reader, { options }) {
    if (reader.accept('bgp_med')) options.defaultMed = parseNumber(reader)
    else {
      reader.expect('bgp_local_pref')
      options.defaultLocalPref = parseNumber(reader)
    }
  },
  add(reader, { options }) {
    reader.expect('paths')
    if (reader.accept('rx')) [options.addPathRx, options.addPathTx] = [true, false]
    else if (reader.accept('tx')) [options.addPathRx, options.addPathTx] = [false, true]
    else {
      const both = parseSwitch(reader)
      options.addPathRx = both
      options.addPathTx = both
    }
  },
  graceful(reader, { options }) {
    reader.expect('restart')
    if (reader.accept('time')) options.gracefulRestartTime = parseNumber(reader)
    else options.gracefulRestart = reader.accept('aware') ? 'aware' : MODE(parseSwitch(reader))
  },
  long(reader, { options }) {
    reader.expect('lived')
    if (reader.accept('stale')) {
      options.longLivedStaleTime = time(reader)
      return
    }
    expectWords(reader, 'graceful restart')
    options.longLivedGracefulRestart = reader.accept('aware') ? 'aware' : MODE(parseSwitch(reader))
  },
  enable(reader, { options }) {
    if (reader.accept('as4')) options.enableAs4 = parseSwitch(reader)
    else if (reader.accept('extended')) {
      reader.expect('messages')
      options.enableExtendedMessages = parseSwitch(reader)
    } else {
      expectWords(reader, 'route refresh')
      options.enableRouteRefresh = parseSwitch(reader)
    }
  },
  capabilities: on((options, value) => {
    options.capabilities = value
  }),
  advertise: on((options, value) => {
    options.advertiseIpv4 = value
  }, 'ipv4'),
  allow(reader, { options }) {
    if (reader.accept('bgp_local_pref')) {
      options.allowLocalPref = parseSwitch(reader)
      return
    }
    expectWords(reader, 'local as')
    options.allowLocalAs = reader.at(';') ? Number.POSITIVE_INFINITY : parseNumber(reader)
  },
  interpret: on((options, value) => {
    options.interpretCommunities = value
  }, 'communities'),
  secondary: on((options, value) => {
    options.secondary = value
  }),
  ttl: on((options, value) => {
    options.ttlSecurity = value
  }, 'security'),
  check: on((options, value) => {
    options.checkLink = value
  }, 'link'),
  disable(reader, { options }) {
    reader.expect('after')
    if (reader.accept('error')) options.disableAfterError = parseSwitch(reader)
    else {
      reader.expect('cease')
      options.disableAfterCease = parseCeaseMask(reader)
    }
  },
  bfd(reader) {
    if (reader.at('graceful') || parseSwitch(reader)) throw reader.unsupported('bfd')
  },
  route(reader, draft) {
    reader.expect('limit')
    draft.importLimit = { limit: parseNumber(reader), action: 'restart' }
  },
}

function parseNeighbor(reader: Reader, draft: BgpDraft): void {
  const { options } = draft
  let given: number | null = null
  if (reader.kind === 'ip' || reader.kind === 'symbol') {
    given = parseAddress(reader)
    if (reader.accept('%')) options.iface = reader.takeSymbol()
  }
  for (;;) {
    if (reader.accept('port')) {
      options.neighborPort = parseNumber(reader)
      if (options.neighborPort < 1 || options.neighborPort > 65535) throw reader.fail('Invalid port number')
    } else if (reader.accept('as')) draft.neighborAs = parseNumber(reader)
    else break
  }
  if (given === null) return
  if (!reader.at(';')) throw reader.syntaxError()
  if (draft.neighbor !== 0) throw reader.fail('Only one neighbor per BGP instance is allowed')
  draft.neighbor = given
}

/** Words of the cease subcodes (RFC 4486) and the subcode each stands for. */
const CEASE: readonly (readonly [string, number])[] = [
  ['cease', 0],
  ['prefix limit hit', 1],
  ['administrative shutdown', 2],
  ['peer deconfigured', 3],
  ['administrative reset', 4],
  ['connection rejected', 5],
  ['configuration change', 6],
  ['connection collision', 7],
  ['out of resources', 8],
]

/** Every subcode but connection rejected and collision. */
const CEASE_ALL = 0x1ff & ~((1 << 5) | (1 << 7))

function parseCeaseMask(reader: Reader): number {
  if (!reader.accept('{')) return parseSwitch(reader) ? CEASE_ALL : 0
  let mask = 0
  do mask |= 1 << parseCeaseFlag(reader)
  while (reader.accept(','))
  reader.expect('}')
  return mask
}

function parseCeaseFlag(reader: Reader): number {
  let candidates = CEASE.map(([words, subcode]) => ({ words: words.split(' '), subcode }))
  for (let i = 0; ; i++) {
    const word = reader.word()
    candidates = candidates.filter((candidate) => candidate.words[i] === word)
    if (candidates.length === 0) throw reader.syntaxError()
    reader.take()
    const complete = candidates.find((candidate) => candidate.words.length === i + 1)
    if (complete !== undefined) return complete.subcode
  }
}

/** One option; false when it is none of BGP's. */
export function parseBgpItem(reader: Reader, draft: BgpDraft): boolean {
  const rule = Object.hasOwn(RULES, reader.word()) ? RULES[reader.word()] : undefined
  if (rule === undefined) return false
  reader.take()
  rule(reader, draft)
  return true
}
