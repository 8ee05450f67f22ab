// Options of the kernel, device, direct, static and pipe protocols (sysdep/unix/krt.Y, nest/config.Y,
// proto/static/config.Y, proto/pipe/config.Y of BIRD 1.6.8).

import type { Command } from '../filter/ast.ts'
import { LazyBody } from '../filter/body.ts'
import { parseCommand } from '../filter/parse-command.ts'
import { parseTable } from './parse-common.ts'
import {
  parseAddress,
  parseInterfacePatterns,
  parseNumber,
  parsePrefix,
  parsePrefixOrAddress,
  parseSwitch,
} from './parse-values.ts'
import type { Reader } from './reader.ts'
import type {
  CommonProtocolConfig,
  DeviceConfig,
  DirectConfig,
  KernelConfig,
  PipeConfig,
  StaticConfig,
  StaticTarget,
} from './tree.ts'

/** Number of next hops when `merge paths` is on without a limit. */
const MERGE_LIMIT = 16
const MAIN_TABLE = 254
const SCAN_TIME = 60

export function newKernel(common: CommonProtocolConfig): KernelConfig {
  return {
    ...common,
    kind: 'kernel',
    persist: false,
    scanTime: SCAN_TIME,
    learn: false,
    deviceRoutes: false,
    gracefulRestart: false,
    mergePaths: 0,
    kernelTable: MAIN_TABLE,
    metric: 0,
  }
}

export function parseKernelItem(reader: Reader, config: KernelConfig): boolean {
  const word = reader.word()
  switch (word) {
    case 'persist':
      reader.take()
      config.persist = parseSwitch(reader)
      return true
    case 'scan':
      reader.take()
      reader.expect('time')
      config.scanTime = parseNumber(reader)
      return true
    case 'learn':
      reader.take()
      config.learn = parseSwitch(reader)
      return true
    case 'device':
      reader.take()
      reader.expect('routes')
      config.deviceRoutes = parseSwitch(reader)
      return true
    case 'graceful':
      reader.take()
      reader.expect('restart')
      config.gracefulRestart = parseSwitch(reader)
      return true
    case 'merge':
      reader.take()
      reader.expect('paths')
      parseMerge(reader, config)
      return true
    case 'kernel':
      reader.take()
      reader.expect('table')
      config.kernelTable = parseNumber(reader)
      return true
    case 'metric':
      reader.take()
      config.metric = parseNumber(reader)
      return true
    default:
      return false
  }
}

function parseMerge(reader: Reader, config: KernelConfig): void {
  const enabled = parseSwitch(reader)
  let limit = MERGE_LIMIT
  if (reader.accept('limit')) {
    limit = parseNumber(reader)
    if (limit < 1 || limit > 255) throw reader.fail('Merge paths limit must be in range 1-255')
  }
  config.mergePaths = enabled ? limit : 0
}

export function newDevice(common: CommonProtocolConfig): DeviceConfig {
  return { ...common, kind: 'device', scanTime: SCAN_TIME, primary: [] }
}

export function parseDeviceItem(reader: Reader, config: DeviceConfig): boolean {
  if (reader.accept('scan')) {
    reader.expect('time')
    config.scanTime = parseNumber(reader)
    return true
  }
  if (!reader.accept('primary')) return false
  const name = reader.kind === 'text' ? reader.takeText() : null
  config.primary = [...config.primary, { name, prefix: parsePrefixOrAddress(reader) }]
  return true
}

export function newDirect(common: CommonProtocolConfig): DirectConfig {
  return { ...common, kind: 'direct', interfaces: null, checkLink: false }
}

export function parseDirectItem(reader: Reader, config: DirectConfig): boolean {
  if (reader.accept('interface')) {
    // Every line is a group of its own; groups are tried in order like patterns.
    config.interfaces = [...(config.interfaces ?? []), ...parseInterfacePatterns(reader)]
    return true
  }
  if (!reader.accept('check')) return false
  reader.expect('link')
  config.checkLink = parseSwitch(reader)
  return true
}

export function newPipe(common: CommonProtocolConfig): PipeConfig {
  return { ...common, kind: 'pipe', peerTable: '', mode: 'transparent' }
}

export function parsePipeItem(reader: Reader, config: PipeConfig): boolean {
  if (reader.accept('peer')) {
    reader.expect('table')
    const name = reader.takeSymbol()
    if (!reader.at(';')) throw reader.syntaxError()
    if (reader.find(name)?.kind !== 'table') throw reader.fail('Routing table name expected')
    config.peerTable = name
    return true
  }
  if (!reader.accept('mode')) return false
  if (reader.accept('opaque')) config.mode = 'opaque'
  else {
    reader.expect('transparent')
    config.mode = 'transparent'
  }
  return true
}

/** What is wrong with a pipe; asked when the whole file has been read. */
export function pipeProblem(config: PipeConfig): string | null {
  if (config.peerTable === '') return 'Name of peer routing table not specified'
  return config.peerTable === config.table ? 'Primary table and peer table must be different' : null
}

export function newStatic(common: CommonProtocolConfig): StaticConfig {
  return { ...common, kind: 'static', checkLink: false, igpTable: null, routes: [] }
}

export function parseStaticItem(reader: Reader, config: StaticConfig): boolean {
  if (reader.accept('check')) {
    reader.expect('link')
    config.checkLink = parseSwitch(reader)
    return true
  }
  if (reader.accept('igp')) {
    reader.expect('table')
    config.igpTable = parseTable(reader, 'Table name expected')
    return true
  }
  if (!reader.accept('route')) return false
  const net = parsePrefix(reader)
  const target = parseTarget(reader)
  config.routes.push({ net, target, options: parseRouteOptions(reader) })
  return true
}

function parseTarget(reader: Reader): StaticTarget {
  const word = reader.word()
  reader.take()
  switch (word) {
    case 'via': {
      if (reader.kind === 'text') return { kind: 'device', iface: reader.takeText() }
      const gateway = parseAddress(reader)
      return { kind: 'gateway', gateway, iface: parseScope(reader) }
    }
    case 'recursive':
      return { kind: 'recursive', gateway: parseAddress(reader) }
    case 'blackhole':
    case 'drop':
      return { kind: 'blackhole' }
    case 'unreachable':
    case 'reject':
      return { kind: 'unreachable' }
    case 'prohibit':
      return { kind: 'prohibit' }
    case 'multipath':
      return { kind: 'multipath', nexthops: parseNexthops(reader) }
    default:
      throw reader.fail('syntax error')
  }
}

/** `%interface` of a link-local gateway. */
function parseScope(reader: Reader): string | null {
  return reader.accept('%') ? reader.takeSymbol() : null
}

function parseNexthops(reader: Reader): { gateway: number; iface: string | null; weight: number }[] {
  const nexthops = []
  do {
    reader.expect('via')
    const nexthop = { gateway: parseAddress(reader), iface: parseScope(reader), weight: 1 }
    while (reader.at('weight') || reader.at('bfd')) {
      if (reader.accept('weight')) {
        nexthop.weight = parseNumber(reader)
        if (nexthop.weight < 1 || nexthop.weight > 256) throw reader.fail('Weight must be in range 1-256')
      } else refuseBfd(reader)
    }
    nexthops.push(nexthop)
  } while (reader.at('via'))
  return nexthops
}

function refuseBfd(reader: Reader): void {
  reader.expect('bfd')
  if (parseSwitch(reader)) throw reader.unsupported('bfd')
}

function parseRouteOptions(reader: Reader): LazyBody | null {
  if (!reader.accept('{')) return null
  const commands: Command[] = []
  while (!reader.accept('}')) {
    if (reader.at('bfd')) {
      refuseBfd(reader)
      reader.expect(';')
    } else commands.push(parseCommand(reader))
  }
  return commands.length === 0 ? null : new LazyBody({ commands, locals: [], parameters: [] })
}
