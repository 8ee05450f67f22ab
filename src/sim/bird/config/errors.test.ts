// Wrong files and what BIRD 1.6.8 answers (`bird -p -c bird.cfg`): text, line, column. Every row was put to the real daemon.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ParseOptions, parseBirdConfig } from './parser.ts'

function answer(text: string, options: ParseOptions = {}): string {
  const result = parseBirdConfig(new Map([['bird.cfg', text]]), 'bird.cfg', options)
  if (result.ok) return ''
  expect(result.problems).toHaveLength(1)
  const { file, line, column, message } = result.problems[0]!
  expect(file).toBe('bird.cfg')
  return `${line}:${column} ${message}`
}

const TABLE: readonly (readonly [string, string])[] = [
  ['router id 10.0.0.1', '1:11 syntax error'],
  ['protocol device {', '1:17 syntax error'],
  ['protocol static {}\n/* unterminated', '2:15 Unterminated comment'],
  ['protocol static {}\n router', '1:2 syntax error'],
  ['protocol static {}\n router   ', '1:8 syntax error'],
  ['protocol static {}\n router # hello', '1:15 syntax error'],
  ['protocol static {} /* /* */ */', '1:23 Comment nesting not supported'],
  ['protocol static { route 1.2.3.0/24 via "x\n}', '1:40 Unterminated string'],
  ['protocol static {} eval "";', '1:27 Integer expression expected'],
  ['protocol static {} define X = 99999999999;', '1:31 Number out of range'],
  ['define X = 0xfffffffff; protocol static {}', '1:12 Number out of range'],
  ['define X = 0x; protocol static {}', '1:13 syntax error'],
  ['define X = 300.1.1.1;', '1:12 Invalid IPv4 address 300.1.1.1'],
  ['define X = 1.2.3.4.5; protocol static {}', '1:20 syntax error'],
  ['define X = ::1; protocol static {}', '1:12 This is an IPv4 router, therefore IPv6 addresses are not supported'],
  ['define aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1;', '1:8 Symbol too long'],
  ["define X = 'ab; protocol static {}", '1:12 Unknown character'],
  ['protocol static {} $', '1:20 Unknown character'],
  ['protocol static {} & ', '1:20 Unknown character'],
  [
    'protocol static {}\n  include "nosuch.cfg";',
    '2:1 Unable to open included file ./nosuch.cfg: No such file or directory',
  ],
  ['include "";', '1:1 Include with empty argument'],
  ["include 'x';", '1:1 syntax error'],
  ['define X = 1; define X = 2; protocol static {}', '1:27 Symbol already defined'],
  ['define X = 1/0; protocol static {}', '1:15 Runtime error'],
  ['define X = net; protocol static {}', '1:15 Runtime error'],
  ['define true = 1;', '1:8 syntax error'],
  ['define X 5;', '1:10 syntax error'],
  ['protocol bgp { local as 1; }', '1:28 Neighbor must be configured'],
  ['protocol bgp x { neighbor 1.2.3.4 as 5; }', '1:41 Local AS number must be set'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4; }', '1:48 Remote AS number must be set'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; rr client; }', '1:64 Only internal neighbor can be RR client'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 5; rs client; }', '1:64 Only external neighbor can be RS client'],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; multihop; gateway direct; }',
    '1:79 Multihop BGP cannot use direct gateway mode',
  ],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 5; gateway direct; }',
    '1:69 Multihop BGP cannot use direct gateway mode',
  ],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; multihop 300; }', '1:65 Multihop must be in range 1-255'],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; multihop 5; interface "eth0"; }',
    '1:83 Multihop BGP cannot be bound to interface',
  ],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 5; check link; }',
    '1:65 Multihop BGP cannot depend on link state',
  ],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; secondary; }',
    '1:64 BGP with secondary option requires sorted table',
  ],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; graceful restart off; long lived graceful restart on; }',
    '1:107 Long-lived graceful restart requires basic graceful restart',
  ],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; enable as4 off; neighbor as 70000; }',
    '1:88 Neighbor AS number out of range (AS4 not available)',
  ],
  [
    'protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; neighbor 1.2.3.5 as 7; }',
    '1:74 Only one neighbor per BGP instance is allowed',
  ],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; neighbor port 70000; }', '1:67 Invalid port number'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; password x; }', '1:62 String expected'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; error wait time 5; }', '1:70 syntax error'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; add paths foo; }', '1:63 Number expected'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; import limit 1 action foo; }', '1:75 syntax error'],
  ['protocol bgp x { local as -1; neighbor 1.2.3.4 as 6; }', '1:27 syntax error'],
  ['protocol bgp x { local as 5; neighbor 1.2.3.4 as 6; disable after cease { foo }; }', '1:75 syntax error'],
  ['protocol bgp peer { }', '1:14 syntax error'],
  ['protocol static s {}', '1:17 syntax error'],
  [
    'table x sorted; protocol bgp { table x; local as 1; neighbor 1.2.3.4 as 1; }',
    '1:76 BGP in recursive mode prohibits sorted table',
  ],
  ['function f() { accept; } filter f { accept; }', '1:33 Symbol already defined'],
  ['filter g { if net ~ nosuch then accept; }', '1:28 nosuch: variable expected.'],
  ['protocol static { route 10.0.0.1/8 blackhole; }', '1:34 Invalid prefix'],
  ['protocol static { route 10.0.0.0/33 blackhole; }', '1:34 Invalid prefix length 33'],
  ['protocol static { route 10.0.0.0:255.0.255.0 blackhole; }', '1:34 Invalid netmask 255.0.255.0'],
  ['protocol static { route 10.0.0.0/8 via eth0; }', '1:40 IP address expected'],
  ['protocol static { route 10.0.0.0/8 via 1.2.3.4 weight 5; }', '1:48 syntax error'],
  ['protocol static { route 10.0.0.0/8 multipath via 1.2.3.4 weight 257; }', '1:65 Weight must be in range 1-256'],
  ['protocol static { route 10.0.0.0/8 blackhole { krt_metric = 5 }; }', '1:63 syntax error'],
  ['protocol static { preference 70000; }', '1:30 Invalid preference'],
  ['protocol static { preference X; }', '1:30 Number expected'],
  ['protocol static { table x; }', '1:25 Table name expected'],
  ['protocol static { import filter nosuch; }', '1:33 No such filter.'],
  ['protocol static { description D; }', '1:31 String expected'],
  ['protocol static { router id x; }', '1:29 Number or IPv4 address constant expected'],
  ['protocol static { import filter { "x" = 1; }; }', '1:35 syntax error'],
  ['protocol static { import filter int x; { }; export filter int x; { }; }', '1:63 Symbol already defined'],
  ['protocol bgp x from nosuch { local as 5; neighbor 1.2.3.4 as 6; }', '1:21 Template or protocol name expected'],
  ['template bgp t { } protocol static x from t {}', "1:43 Can't copy configuration from a different protocol type"],
  ['protocol static t { } protocol static t from t {}', '1:46 Symbol already defined'],
  ['template static t {}', '1:20 No protocol is specified in the config file'],
  ['protocol kernel { }\nprotocol kernel { }\n', '1:0 Kernel syncer (kernel1) already attached to table master'],
  ['protocol kernel { merge paths on limit 300; }', '1:40 Merge paths limit must be in range 1-255'],
  ['protocol device {} protocol device {}', '1:29 Kernel device protocol already defined'],
  ['protocol direct { interface a; }', '1:29 IP address expected'],
  ['protocol pipe { }', '1:17 Name of peer routing table not specified'],
  ['protocol pipe { peer table x; }', '1:29 Routing table name expected'],
  ['protocol pipe { peer table master; }', '1:36 Primary table and peer table must be different'],
  ['table x; table x; protocol static {}', '1:17 Symbol already defined'],
  ['# only comment\n', '1:0 No protocol is specified in the config file'],
  ['listen bgp address X;', '1:20 IP address expected'],
  ['timeformat foo "x";', '1:12 syntax error'],
  ['log stderr { foo };', '1:14 syntax error'],
  ['log stderr { constructor };', '1:14 syntax error'],
  ['function f() { if bgp_ext_community ~ [constructor] then return 1; }', '1:40 constructor: constant expected'],
  ['function f() { if bgp_ext_community ~ [(toString, 1, 2)] then return 1; }', '1:49 toString: variable expected.'],
  ['function a() { b(); }', "1:18 You can't call something which is not a function. Really."],
  ['function a(int x) { return x; } function b() { a(); }', '1:50 Wrong number of arguments for function a.'],
  ['function a(int x; int x) { }', '1:23 Symbol already defined'],
  ['function a(string set x) { }', "1:19 You can't create sets of this type."],
  ['function a() { a = 5; }', '1:21 You may set only variables.'],
  ["function 'if'() { } protocol static {}", '1:10 syntax error'],
  ['function f() { return; }', '1:22 syntax error'],
  ['function f() { if true { } }', '1:24 syntax error'],
  ['function f() { case 1 { x: accept; } }', '1:25 syntax error'],
  ['function f() { 5; }', '1:16 syntax error'],
  ['filter z { net = 10.0.0.0/8; accept; } protocol static {}', '1:28 This static attribute is read-only.'],
  ['filter z { bgp_med.empty; } protocol static {}', "1:25 Can't empty that attribute"],
  ['filter z { if (defined(ifname) then accept; } protocol static {}', '1:32 syntax error'],
  ['protocol static { export filter { if net ~ 10.0.0.0/8+ then accept; }; }', '1:56 syntax error'],
  ['protocol static { export where net ~ [ 10.0.0.1/8 ]; }', '1:49 Invalid network prefix: 10.0.0.1/8.'],
  ['protocol static { export where net ~ [ 10.0.0.0/8{8,x} ]; }', '1:53 syntax error'],
  ['protocol static { export where 7 % 4 = 3; }', '1:34 syntax error'],
]

describe('wrong files', () => {
  it.each(TABLE)('%j', (text, expected) => {
    expect(answer(text)).toBe(expected)
  })
})

const CAPTURE = resolve(import.meta.dirname, '../../../../../shared/reference/bird-captures/config-errors.txt')
const present = existsSync(CAPTURE)
if (!present) console.warn(`skipped: ${CAPTURE} is absent, so its messages are not compared`)

/** The capture names the text, then `   => bird: t.cfg:L:C message` (none when it was accepted) and ` rc=`. */
function captured(): { text: string; expected: string }[] {
  const cases: { text: string; expected: string }[] = []
  const lines = readFileSync(CAPTURE, 'utf8').split('\n')
  const start = lines.indexOf('protocol bgp { local as 1; }')
  for (let i = start; i < lines.length; i += lines[i + 1]?.includes('rc=0') ? 2 : 3) {
    if (!lines[i]) break
    const message = /=> bird: t\.cfg:(.*)$/.exec(lines[i + 1] ?? '')
    cases.push({ text: lines[i]!, expected: message?.[1] ?? '' })
  }
  return cases
}

describe.skipIf(!present)('captured messages', () => {
  // Each file began with a router id on the same line.
  it.each(present ? captured() : [])('$text', ({ text, expected }) => {
    expect(answer(`router id 1.1.1.1; ${text}\n`)).toBe(expected)
  })

  it('are all of them', () => expect(captured()).toHaveLength(30))
})

describe('what BIRD knows and the model does not', () => {
  it.each([
    ['protocol ospf { }', '1:10 `protocol ospf` is known to BIRD but not simulated'],
    ['protocol bfd { }', '1:10 `protocol bfd` is known to BIRD but not simulated'],
    ['protocol static { vrf "x"; }', '1:19 `vrf` is known to BIRD but not simulated'],
    ['protocol bgp x { bfd on; }', '1:22 `bfd` is known to BIRD but not simulated'],
    ['roa table x; protocol static {}', '1:5 `roa table` is known to BIRD but not simulated'],
    ['filter f { quitbird; } protocol static {}', '1:12 `quitbird` is known to BIRD but not simulated'],
  ])('%s', (text, expected) => {
    expect(answer(text)).toBe(expected)
  })

  it('switching BFD off is harmless', () => {
    expect(answer('protocol bgp x { bfd off; local as 1; neighbor 10.0.0.1 as 1; }')).toBe('')
  })
})

describe('krt_tunnel', () => {
  const text = 'filter f { krt_tunnel = "tunl0"; accept; } protocol static {}'

  it('is a word of the Calico daemon only', () => {
    expect(answer(text)).toBe('')
    expect(answer(text, { calico: false })).toBe('1:32 You may set only variables.')
  })
})
