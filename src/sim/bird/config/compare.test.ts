// What counts as a change at reconfiguration.
import { describe, expect, it } from 'vitest'
import { sameFilter, sameFilters, sameProtocolOptions, sameStaticRoute } from './compare.ts'
import { parseBirdConfig } from './parser.ts'
import type { ProtocolConfig, StaticConfig } from './tree.ts'

function protocols(text: string): ProtocolConfig[] {
  const result = parseBirdConfig(new Map([['x', text]]), 'x')
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.config.protocols
}

const first = (text: string) => protocols(text)[0]!
const exported = (text: string) => first(text).exportFilter
const using = (filter: string, before = '') => exported(`${before}\nprotocol static { export ${filter}; }`)

describe('filters', () => {
  it('are compared by structure, not by name, layout or line', () => {
    expect(sameFilter(using('filter a', 'filter a { accept; }'), using('filter b', '\n\nfilter b {\naccept;\n}'))).toBe(
      true,
    )
    expect(
      sameFilter(using('where net ~ 10.0.0.0/8'), using('filter { if net ~ 10.0.0.0/8 then accept; reject; }')),
    ).toBe(true)
    expect(sameFilter(using('where net ~ 10.0.0.0/8'), using('where net ~ 10.0.0.0/9'))).toBe(false)
    const prints = (list: string) => using(`filter { print ${list}; accept; }`)
    expect(sameFilter(prints('"a", "b"'), prints('"a", "b"'))).toBe(true)
    expect(sameFilter(prints('"a,string b"'), prints('"a", "b"'))).toBe(false)
    expect(sameFilter(prints('"1"'), prints('1'))).toBe(false)
    expect(sameFilter(using('all'), using('all'))).toBe(true)
    expect(sameFilter(using('all'), using('filter { accept; }'))).toBe(false)
  })

  it('see into the functions they call and the constants they name', () => {
    const calling = (body: string) => using('filter { f(); reject; }', `function f() { ${body} }`)
    expect(sameFilter(calling('accept;'), calling('accept;'))).toBe(true)
    expect(sameFilter(calling('accept;'), calling('print "x"; accept;'))).toBe(false)
    const naming = (value: string) => using('where bgp_med = K', `define K = ${value};`)
    expect(sameFilter(naming('5'), naming('5'))).toBe(true)
    expect(sameFilter(naming('5'), naming('6'))).toBe(false)
  })

  it('tell sets, cases, masks and strings apart', () => {
    const pairs = [
      ['where net ~ [10.0.0.0/8+]', 'where net ~ [10.0.0.0/8{8,31}]'],
      ['where bgp_path ~ [= 1 * =]', 'where bgp_path ~ [= 1 ? =]'],
      ['where bgp_med ~ [1, 2]', 'where bgp_med ~ [1, 3]'],
      ['where ifname ~ "a"', 'where ifname ~ "b"'],
      ['filter { case net.len { 1: accept; else: reject; } }', 'filter { case net.len { 2: accept; else: reject; } }'],
    ] as const
    for (const [a, b] of pairs) {
      expect(sameFilter(using(a), using(a))).toBe(true)
      expect(sameFilter(using(a), using(b))).toBe(false)
    }
  })
})

describe('options', () => {
  const bgp = (options: string) => first(`protocol bgp x { local as 1; neighbor 10.0.0.1 as 1; ${options} }`)

  it('of BGP restart the session when any differs', () => {
    for (const change of [
      'passive;',
      'hold time 9;',
      'password "x";',
      'rr client;',
      'router id 1.2.3.4;',
      'disabled;',
    ]) {
      expect(sameProtocolOptions(bgp(''), bgp(change)), change).toBe(false)
    }
  })

  it('of BGP do not count filters, limits, descriptions, debug and preference', () => {
    for (const change of ['export all;', 'import limit 5;', 'description "d";', 'debug all;', 'preference 5;']) {
      expect(sameProtocolOptions(bgp(''), bgp(change)), change).toBe(true)
    }
    expect(sameFilters(bgp(''), bgp('export all;'))).toEqual({ import: true, export: false })
  })

  it('of the kernel protocol: persist and graceful restart are soft', () => {
    const kernel = (options: string) => first(`protocol kernel { ${options} }`)
    for (const soft of ['persist;', 'graceful restart;', 'export all;']) {
      expect(sameProtocolOptions(kernel(''), kernel(soft)), soft).toBe(true)
    }
    for (const hard of ['learn;', 'scan time 5;', 'merge paths;', 'metric 5;', 'kernel table 5;', 'device routes;']) {
      expect(sameProtocolOptions(kernel(''), kernel(hard)), hard).toBe(false)
    }
  })

  it('of direct, pipe and device', () => {
    const direct = (patterns: string) => first(`protocol direct { interface ${patterns}; }`)
    expect(sameProtocolOptions(direct('"a", "b"'), direct('"a","b"'))).toBe(true)
    expect(sameProtocolOptions(direct('"a"'), direct('-"a"'))).toBe(false)
    const pipe = (options: string) => first(`table t; table u; protocol pipe { ${options} }`)
    expect(sameProtocolOptions(pipe('peer table t;'), pipe('peer table u;'))).toBe(false)
    const device = (time: number) => first(`protocol device { scan time ${time}; }`)
    expect(sameProtocolOptions(device(1), device(2))).toBe(true)
  })
})

describe('static routes', () => {
  const route = (text: string) => (first(`protocol static { route 10.0.0.0/8 ${text}; }`) as StaticConfig).routes[0]!

  it('are the same when target and options are', () => {
    const same = [
      'blackhole',
      'via 10.9.0.1',
      'multipath via 10.9.0.1 weight 2 via 10.9.0.2',
      'blackhole { preference = 5; }',
    ]
    for (const text of same) expect(sameStaticRoute(route(text), route(text)), text).toBe(true)
    expect(sameStaticRoute(route('blackhole'), route('prohibit'))).toBe(false)
    expect(sameStaticRoute(route('via 10.9.0.1'), route('via 10.9.0.2'))).toBe(false)
    expect(sameStaticRoute(route('blackhole'), route('blackhole { preference = 5; }'))).toBe(false)
    expect(sameStaticRoute(route('blackhole { preference = 6; }'), route('blackhole { preference = 5; }'))).toBe(false)
  })
})
