// Arguments of `show route`, in any order (r_args of nest/config.Y, BIRD 1.6.8).

import type { Prefix } from '../../net/prefix.ts'
import { parseFilter, whereFilter } from '../config/parse-common.ts'
import { parsePrefix, parsePrefixOrAddress } from '../config/parse-values.ts'
import type { Reader } from '../config/reader.ts'
import type { Filter } from '../filter/filter.ts'

export type ExportMode = 'export' | 'preexport' | 'noexport'

export interface RouteRequest {
  net: Prefix | null
  /** The longest match for `net` instead of the very net. */
  longest: boolean
  table: string
  filter: Filter
  all: boolean
  primary: boolean
  filtered: boolean
  output: 'routes' | 'count' | 'stats'
  /** Only routes of this protocol. */
  protocol: string | null
  /** What this protocol would be given. */
  exports: { readonly mode: ExportMode; readonly protocol: string } | null
}

export function newRouteRequest(): RouteRequest {
  return {
    net: null,
    longest: false,
    table: 'master',
    filter: 'all',
    all: false,
    primary: false,
    filtered: false,
    output: 'routes',
    protocol: null,
    exports: null,
  }
}

export function parseRouteRequest(reader: Reader): RouteRequest {
  const query = newRouteRequest()
  while (reader.kind !== 'end') parseArgument(reader, query)
  return query
}

function parseArgument(reader: Reader, query: RouteRequest): void {
  const word = reader.word()
  switch (word) {
    case 'all':
      reader.take()
      query.all = true
      return
    case 'primary':
      reader.take()
      query.primary = true
      return
    case 'filtered':
      reader.take()
      query.filtered = true
      return
    case 'count':
    case 'stats':
      reader.take()
      query.output = word
      return
    case 'table': {
      reader.take()
      const name = reader.takeSymbol()
      if (reader.find(name)?.kind !== 'table') throw reader.fail(`${name} is not a table`)
      query.table = name
      return
    }
    case 'filter':
    case 'where': {
      reader.take()
      const filter = word === 'where' ? whereFilter(reader) : parseFilter(reader)
      if (query.filter !== 'all') throw reader.fail('Filter specified twice')
      query.filter = filter
      return
    }
    case 'protocol': {
      reader.take()
      const name = reader.takeSymbol()
      if (query.protocol !== null) throw reader.fail('Protocol specified twice')
      query.protocol = protocolNamed(reader, name)
      return
    }
    case 'export':
    case 'preexport':
    case 'noexport': {
      reader.take()
      const name = reader.takeSymbol()
      if (query.exports !== null) throw reader.fail('Protocol specified twice')
      query.exports = { mode: word, protocol: protocolNamed(reader, name) }
      return
    }
    case 'for':
      reader.take()
      setNet(reader, query, parsePrefixOrAddress(reader))
      query.longest = true
      return
    default:
      setNet(reader, query, parsePrefix(reader))
  }
}

function protocolNamed(reader: Reader, name: string): string {
  if (reader.find(name)?.kind !== 'protocol') throw reader.fail(`${name} is not a protocol`)
  return name
}

function setNet(reader: Reader, query: RouteRequest, net: Prefix): void {
  if (query.net !== null) throw reader.fail('Only one prefix expected')
  query.net = net
}
