// Bodies of filters by the hundred, operators on every kind of value above all, and the lines that BIRD 1.6.8 logged when a
// static route went through them (`npm run filter-bodies` asks anew).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prefix } from '../../net/prefix.ts'
import { parseBirdConfig } from '../config/parser.ts'
import { type FilterEnvironment, type FilterRoute, RouteDest, RouteScope, RouteSource } from './route.ts'
import { runFilter } from './run.ts'

const read = (name: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, 'bodies', name), 'utf8'))
const bodies = read('cases.json') as string[]
const answers = read('answers.json') as (string[] | null)[]

const ROUTE: FilterRoute = {
  net: prefix('10.0.0.0/24'),
  proto: 's1',
  source: RouteSource.STATIC,
  from: 0,
  gw: 0,
  ifname: '',
  ifindex: 0,
  dest: RouteDest.BLACKHOLE,
  scope: RouteScope.UNIVERSE,
  preference: 200,
  attributes: { med: 9 },
  kernelAttributes: null,
}

/** null: the configuration is refused. */
function linesOf(body: string): string[] | null {
  const text = `protocol static { import filter { ${body} accept; }; }`
  const parsed = parseBirdConfig(new Map([['b', text]]), 'b', { calico: false })
  if (!parsed.ok) return null
  const lines: string[] = []
  const environment: FilterEnvironment = {
    log: (line) => void lines.push(line),
    runtimeError: (line) => void lines.push(line.replace(/(filters, line) \d+/, '$1 N')),
    intern: (attributes) => attributes,
    neighbor: () => null,
    interfaceIndex: (name) => (name === 'lo' ? 1 : null),
  }
  runFilter(parsed.config.protocols[0]!.importFilter, ROUTE, environment)
  return lines
}

describe('what a filter logs', () => {
  it.each(bodies.map((body, index) => ({ body, index })))('$body', ({ body, index }) => {
    expect(linesOf(body)).toEqual(answers[index])
  })
})
