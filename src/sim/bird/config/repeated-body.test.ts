import { describe, expect, test } from 'vitest'
import { parseBirdConfig } from './parser.ts'

const HEAD = `router id 10.0.0.1;
function exported(bool internal) { if internal then accept; }
filter tagged { bgp_local_pref = 50; accept; }
template bgp near { local as 64512; hold time 90; }
template bgp far from near { multihop 4; }
`
const session = (name: string, neighbor: string, rest: string, from = 'near') =>
  `protocol bgp ${name} from ${from} {\n  neighbor ${neighbor};\n${rest}}\n`
const MESH = '  import all;\n  export filter {\n    exported(true);\n    reject;\n  };\n'
const LINES = '  import where bgp_local_pref > 10;\n  export filter { bgp_med = 1; accept; };\n  password "a { b";\n'

const parse = (text: string) => parseBirdConfig(new Map([['bird.cfg', text]]), 'bird.cfg')

/** The same text with a comment of its own in every body, so that none is like another. */
const allDifferent = (text: string) => {
  let count = 0
  return text.replaceAll(/ as (\d+);\n/g, (item) => `${item.trimEnd()} # ${count++}\n`)
}

const readable = (text: string) => {
  const result = parse(text)
  return result.ok ? result.config.protocols : result.problems
}

/** Of the cases that are wrong: what is said of them. */
const WRONG: Readonly<Record<string, string>> = {
  'an address that is none': 'Invalid IPv4 address 10.0.5.256',
  'an AS that is too large': 'Number out of range',
  'AS 0': 'Remote AS number must be set',
  'an error behind them': 'syntax error',
  'a name used twice': 'Symbol already defined',
}

describe('bodies that repeat but for their neighbor', () => {
  test.each([
    [
      'a mesh',
      [1, 2, 3, 4].map((n) => session(`m${n}`, `10.0.0.${n} as 64512`, n % 2 ? MESH : `${MESH}  passive on;\n`)),
    ],
    [
      'internal and external ones',
      [64512, 64513, 64512].map((as, n) => session(`p${n}`, `10.0.1.${n} as ${as}`, MESH)),
    ],
    [
      'other templates',
      ['near', 'far', 'near', 'far'].map((t, n) => session(`t${n}`, `10.0.2.${n} as 64600`, MESH, t)),
    ],
    ['filters that say where they stand', [1, 2, 3].map((n) => session(`f${n}`, `10.0.3.${n} as 64512`, LINES))],
    ['named filters', [1, 2].map((n) => session(`n${n}`, `10.0.4.${n} as 64512`, '  import filter tagged;\n'))],
    ['an address that is none', [session('a', '10.0.5.1 as 64512', MESH), session('b', '10.0.5.256 as 64512', MESH)]],
    [
      'an AS that is too large',
      [session('a', '10.0.5.1 as 64512', MESH), session('b', '10.0.5.2 as 4294967296', MESH)],
    ],
    ['AS 0', [session('a', '10.0.5.1 as 64512', MESH), session('b', '10.0.5.2 as 0', MESH)]],
    ['an error behind them', [1, 2, 3].map((n) => session(`m${n}`, `10.0.0.${n} as 64512`, MESH)).concat('protocol x')],
    ['a name used twice', [1, 1].map((n) => session(`m${n}`, '10.0.0.9 as 64512', MESH))],
  ])('%s: as if each were read by itself', (what, sessions) => {
    const text = HEAD + sessions.join('')
    const result = parse(text)
    expect(result.ok ? undefined : result.problems[0]?.message).toBe(WRONG[what])
    expect(JSON.stringify(readable(text))).toBe(JSON.stringify(readable(allDifferent(text))))
  })

  test('options of one are not those of another', () => {
    const result = parse(HEAD + [1, 2].map((n) => session(`m${n}`, `10.0.0.${n} as ${64511 + n}`, MESH)).join(''))
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const bgp = result.config.protocols.flatMap((p) => (p.kind === 'bgp' ? [p] : []))
    expect(bgp.map((p) => [p.name, p.neighbor & 255, p.neighborAs, p.options.multihop])).toEqual([
      ['m1', 1, 64512, 64],
      ['m2', 2, 64513, null],
    ])
  })
})
