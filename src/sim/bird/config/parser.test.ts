// What a configuration means: defaults, inheritance, names, includes; and that nothing makes the parser throw or hang.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import { RESERVED } from './keywords.ts'
import { parseBirdConfig } from './parser.ts'
import { type BgpConfig, type BirdConfig, DEBUG_ALL, DebugFlag, type ProtocolConfig } from './tree.ts'

function parse(text: string, others: Record<string, string> = {}): BirdConfig {
  const files = new Map([['/etc/bird.cfg', text], ...Object.entries(others)])
  const result = parseBirdConfig(files, '/etc/bird.cfg')
  if (!result.ok)
    throw new Error(`${result.problems[0]!.file} ${result.problems[0]!.line} ${result.problems[0]!.message}`)
  return result.config
}

function protocol<K extends ProtocolConfig['kind']>(text: string, kind: K): Extract<ProtocolConfig, { kind: K }> {
  const found = parse(text).protocols.find((one) => one.kind === kind)
  return found as Extract<ProtocolConfig, { kind: K }>
}

const bgp = (options: string): BgpConfig => protocol(`protocol bgp x { ${options} }`, 'bgp')

describe('bgp', () => {
  it('has the defaults of the daemon', () => {
    const { options, ...common } = bgp('local as 1; neighbor 10.0.0.1 as 2;')
    expect(common).toMatchObject({ preference: 100, importFilter: 'all', exportFilter: 'none', disabled: false })
    expect(options).toMatchObject({
      neighborPort: 179,
      holdTime: 240,
      startupHoldTime: 240,
      keepaliveTime: null,
      connectDelayTime: 5,
      connectRetryTime: 120,
      errorWaitTimeMin: 60,
      errorWaitTimeMax: 300,
      gracefulRestart: 'aware',
      longLivedGracefulRestart: 'aware',
      multihop: null,
      gatewayMode: 'direct',
      defaultLocalPref: 100,
      defaultMed: 0,
      capabilities: null,
      allowLocalAs: 0,
      allowLocalPref: false,
      pathMetric: true,
      medMetric: false,
      igpMetric: true,
      preferOlder: false,
      deterministicMed: false,
      enableRouteRefresh: true,
      enableAs4: true,
      enableExtendedMessages: false,
      interpretCommunities: true,
      ttlSecurity: false,
      secondary: false,
      checkLink: false,
      disableAfterError: false,
      disableAfterCease: 0,
    })
  })

  it('is multihop 64 and recursive inside one AS', () => {
    expect(bgp('local as 1; neighbor 10.0.0.1 as 1;').options).toMatchObject({ multihop: 64, gatewayMode: 'recursive' })
    expect(bgp('local as 1; neighbor 10.0.0.1 as 1; direct;').options).toMatchObject({
      multihop: null,
      gatewayMode: 'direct',
    })
    expect(bgp('local as 1; neighbor 10.0.0.1 as 2; multihop 3;').options).toMatchObject({ multihop: 3 })
  })

  it('takes what is written', () => {
    const text =
      'local 10.0.0.9 as 1; neighbor 10.0.0.1 port 180 as 1; passive on; password "x"; rr client; rr cluster id 1.2.3.4; add paths rx; graceful restart time 10; allow local as; error wait time 5,30; hold time 90; disable after cease { administrative shutdown }; next hop keep; import limit 5 action block;'
    const config = bgp(text)
    expect(config.importLimit).toEqual({ limit: 5, action: 'block' })
    expect(config.options).toMatchObject({
      sourceAddress: ip('10.0.0.9'),
      neighborPort: 180,
      passive: true,
      password: 'x',
      rrClient: true,
      rrClusterId: ip('1.2.3.4'),
      addPathRx: true,
      addPathTx: false,
      gracefulRestartTime: 10,
      allowLocalAs: Number.POSITIVE_INFINITY,
      errorWaitTimeMin: 5,
      errorWaitTimeMax: 30,
      holdTime: 90,
      disableAfterCease: 4,
      nextHopKeep: true,
    })
  })

  it('turns a restarting limit into a disabling one when it stays down after errors', () => {
    const text = 'local as 1; neighbor 10.0.0.1 as 1; disable after error; import limit 5 action restart;'
    expect(bgp(text).importLimit?.action).toBe('disable')
  })
})

describe('templates', () => {
  it('lend all their options and stay as they were', () => {
    const config = parse(`template bgp t { local as 1; passive; description "d"; disabled; export filter { accept; }; }
      protocol bgp a from t { neighbor 10.0.0.1 as 1; passive off; }
      protocol bgp b from t { neighbor 10.0.0.2 as 1; }
      protocol bgp c from a { }`)
    const [a, b, c] = config.protocols as [BgpConfig, BgpConfig, BgpConfig]
    expect(config.protocols).toHaveLength(3)
    expect(a).toMatchObject({ name: 'a', description: 'd', disabled: true, options: { passive: false } })
    expect(b.options.passive).toBe(true)
    expect(b.exportFilter).toBe(a.exportFilter)
    expect(c).toMatchObject({ name: 'c', neighbor: ip('10.0.0.1'), options: { multihop: 64 } })
  })
})

describe('protocols of other kinds', () => {
  it('have their options', () => {
    const text =
      'protocol kernel { learn; persist; scan time 2; merge paths on; graceful restart; metric 5; kernel table 7; } protocol device { scan time 2; }'
    expect(protocol(text, 'kernel')).toMatchObject({
      learn: true,
      persist: true,
      scanTime: 2,
      mergePaths: 16,
      gracefulRestart: true,
      metric: 5,
      kernelTable: 7,
      preference: 10,
    })
    expect(protocol('protocol kernel {}', 'kernel')).toMatchObject({ mergePaths: 0, kernelTable: 254, scanTime: 60 })
    expect(protocol('protocol direct { interface -"cali*", "*" 10.0.0.0/8; }', 'direct').interfaces).toEqual([
      { positive: false, name: 'cali*', prefix: null },
      { positive: true, name: '*', prefix: prefix('10.0.0.0/8') },
    ])
    expect(protocol('protocol direct {}', 'direct').interfaces).toBeNull()
  })

  it('static routes lead anywhere', () => {
    const config = protocol(
      `protocol static { route 10.0.0.0/8 via 10.9.0.1; route 10.1.0.0/16 via "eth0"; route 10.2.0.0/16 recursive 10.9.0.2;
        route 10.3.0.0/16 drop; route 10.4.0.0/16 reject; route 10.5.0.0/16 prohibit;
        route 10.6.0.0/16 multipath via 10.9.0.1 weight 2 via 10.9.0.2; route 10.7.0.0/16 blackhole { preference = 5; }; }`,
      'static',
    )
    expect(config.routes.map((route) => route.target.kind)).toEqual(
      'gateway device recursive blackhole unreachable prohibit multipath blackhole'.split(' '),
    )
    expect(config.routes[0]).toEqual({
      net: prefix('10.0.0.0/8'),
      target: { kind: 'gateway', gateway: ip('10.9.0.1'), iface: null },
      options: null,
    })
    expect(config.routes[7]!.options).not.toBeNull()
  })

  it('pipes', () => {
    expect(protocol('table t; protocol pipe { peer table t; }', 'pipe')).toMatchObject({
      peerTable: 't',
      mode: 'transparent',
    })
  })

  it('get names that are free', () => {
    const config = parse('protocol static static1 {} protocol static {} protocol static {} protocol kernel {}')
    expect(config.protocols.map((one) => one.name)).toEqual(['static1', 'static2', 'static3', 'kernel1'])
    expect(config.protocols.map((one) => one.autoName)).toEqual([false, true, true, true])
  })

  it('know where they stand and what debugging was the default', () => {
    const config = parse(
      'protocol static {}\ndebug protocols all\nprotocol static { }\nprotocol static { debug { states, events }; }',
    )
    expect(config.protocols.map((one) => one.line)).toEqual([1, 3, 4])
    expect(config.protocols.map((one) => one.debug)).toEqual([0, DEBUG_ALL, DebugFlag.STATES | DebugFlag.EVENTS])
  })
})

describe('statements outside protocols', () => {
  it('are kept', () => {
    const config =
      parse(`router id 10.0.0.1; listen bgp address 10.0.0.2 port 180; graceful restart wait 10; table t sorted
      log "f" { info, error }; timeformat route iso long; define X = 5; protocol static {}`)
    expect(config.routerId).toBe(ip('10.0.0.1'))
    expect(config.listen).toEqual({ address: ip('10.0.0.2'), port: 180 })
    expect(config.gracefulRestartWait).toBe(10)
    expect(config.tables.map(({ name, sorted }) => `${name} ${sorted}`)).toEqual(['master false', 't true'])
    expect(config.logs).toEqual([{ target: { kind: 'file', path: 'f' }, categories: ['info', 'error'] }])
    expect(config.timeFormats.route.format1).toBe('%Y-%m-%d %T')
    expect(config.symbols.get('X')?.description).toBe('constant')
    expect(config.symbols.get('static1')?.description).toBe('protocol')
    expect(config.symbols.get('ipp_bird')?.description).toBe('constant')
  })
})

describe('include', () => {
  it('reads beside the including file, by name and by pattern, in sorted order', () => {
    const config = parse('include "b.cfg";\n  include "d/*.cfg" ;\nprotocol static final {}', {
      '/etc/b.cfg': 'protocol static b {}',
      '/etc/d/2.cfg': 'protocol static two {}',
      '/etc/d/1.cfg': 'protocol static one {}',
      '/etc/d/.hidden.cfg': 'protocol static hidden {}',
      '/etc/d/deep/3.cfg': 'protocol static three {}',
    })
    expect(config.protocols.map((one) => one.name)).toEqual(['b', 'one', 'two', 'final'])
    expect(config.protocols[0]!.file).toBe('/etc/b.cfg')
  })

  it('names the file of a mistake', () => {
    const files = new Map([
      ['/etc/bird.cfg', '\ninclude "b.cfg";\n'],
      ['/etc/b.cfg', 'protocol static {}\n foo'],
    ])
    expect(parseBirdConfig(files, '/etc/bird.cfg')).toEqual({
      ok: false,
      problems: [{ file: '/etc/b.cfg', line: 2, column: 2, message: 'syntax error' }],
    })
  })

  it('a comment that ends with its file takes the rest of the including line along', () => {
    const config = parse('include "b.cfg"; foo\nprotocol static {}', { '/etc/b.cfg': '# foo' })
    expect(config.protocols).toHaveLength(1)
  })

  it('ends at depth 8', () => {
    const files = new Map([['a', 'include "a";']])
    const result = parseBirdConfig(files, 'a')
    expect(result.ok ? '' : result.problems[0]!.message).toBe('Max include depth reached')
  })

  it('needs the main file', () => {
    const result = parseBirdConfig(new Map(), 'a')
    expect(result.ok ? '' : result.problems[0]!.message).toBe(
      'Unable to open configuration file a: No such file or directory',
    )
  })
})

describe('equal filters written in place', () => {
  const use = (body: string) => `protocol bgp NAME { local as 1; neighbor 10.0.0.1 as 1; export filter ${body}; }`
  const twice = (body: string) => {
    const text = `function f(bool b) { if b then accept; }\n${use(body).replace('NAME', 'a')}\n${use(body).replace('NAME', 'b')}`
    return parse(text).protocols.map((one) => one.exportFilter)
  }

  it('are one object when their lines cannot show', () => {
    const [a, b] = twice('{\n f(true);\n reject;\n}')
    expect(b).toBe(a)
  })

  it('are two when a run-time error would tell them apart', () => {
    const [a, b] = twice('{ if bgp_med then accept; }')
    expect(b).not.toBe(a)
  })

  it('leave the position right behind them', () => {
    const body = '{\n f(true);\n reject;\n}'
    const text = `function f(bool b) { }\n${use(body).replace('NAME', 'a')}\n${use(body).replace('NAME', 'b')} foo`
    const result = parseBirdConfig(new Map([['x', text]]), 'x')
    expect(result.ok ? null : result.problems[0]).toMatchObject({ line: 9, column: 6 })
  })
})

describe('any text', () => {
  const words = [...RESERVED.keys(), ...'; { } ( ) [ ] [= =] = , . .. : + - * / ! ~ && || < <= /* */ # \n'.split(' ')]
  const token = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(
      'x',
      '5',
      '70000',
      '10.0.0.0',
      '10.0.0.0/8',
      '"text"',
      "'q-1'",
      'protocol',
      'filter',
      'function',
      '{',
      '}',
      ';',
    ),
    fc.string({ maxLength: 3 }),
  )

  it('is answered, never thrown at', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), fc.boolean(), (tokens, spaced) => {
        const result = parseBirdConfig(new Map([['x', tokens.join(spaced ? ' ' : '')]]), 'x', {
          family: spaced ? 4 : 6,
        })
        expect(result.ok || result.problems.length === 1).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('may nest as deep as it likes', () => {
    const deep = `define X = ${'('.repeat(100_000)}`
    const result = parseBirdConfig(new Map([['x', deep]]), 'x')
    expect(result.ok ? '' : result.problems[0]!.message).toBe('memory exhausted')
    const blocks = `function f() { ${'if true then '.repeat(100_000)}`
    expect(parseBirdConfig(new Map([['x', blocks]]), 'x').ok).toBe(false)
  })
})
