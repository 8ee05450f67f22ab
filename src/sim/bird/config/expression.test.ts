// `eval` against the daemon's own answers: the shared capture, and a table of further expressions put to a BIRD 1.6.8.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evalExpression, parseFilterExpression } from './expression.ts'
import { parseBirdConfig } from './parser.ts'
import type { BirdConfig } from './tree.ts'

const CAPTURES = resolve(import.meta.dirname, '../../../../../shared/reference/bird-captures/filters')
const present = existsSync(CAPTURES)
if (!present) console.warn(`skipped: ${CAPTURES} is absent, so eval is not compared with the capture`)

function parse(text: string): BirdConfig {
  const result = parseBirdConfig(new Map([['bird.cfg', text]]), 'bird.cfg')
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.config
}

describe.skipIf(!present)('captured eval', () => {
  const config = present ? parse(readFileSync(`${CAPTURES}/eval-bird.cfg`, 'utf8')) : null
  const lines = present ? readFileSync(`${CAPTURES}/eval.txt`, 'utf8').trim().split('\n') : []
  const cases = lines.map((line) => {
    const [text, answer] = line.split(/\s+=> /)
    return { text: text!, answer: answer!.replace(/\|\s*$/, '') }
  })

  it.each(cases)('$text', ({ text, answer }) => {
    expect(evalExpression(config!, text)).toBe(answer)
  })
})

const DEFINITIONS = `
define K = 5; define A = 10.0.0.0; define P = 10.0.0.0/8; define S = [1, 3..K];
function five() { return 5; }
function tail() { five(); }
function nothing() { }
function condition(int x) { if x = 1 then five(); else if x = 2 then five(); }
function branch(int x) { case x { 1: if true then five(); 2: five(); else: } }
function stop() { accept; }
function locals(int x) int y; { y = x; if x > 1 then { y = y + 1; } return y; }
function quads() quad q; { q = 1.2.3.4; return q; }
function wrong() int x; { x = "a"; }
protocol static {}`

const ERROR = 'runtime error'

/** Expression and what BIRD 1.6.8 prints. */
const TABLE: readonly (readonly [string, string])[] = [
  ['(rt,1,2)', '(rt, 1, 2)'],
  ['(ro, 1.2.3.4, 5)', '(ro, 1.2.3.4, 5)'],
  ['(generic, 1, 2)', '(unknown 0x0, 1, 2)'],
  ['(generic, 0x43000001, 0x10)', '(generic, 0x43000001, 0x10)'],
  ['(unknown 5, 1,2)', '(unknown 0x5, 1, 2)'],
  ['(unknown 0x4300,70000,2)', '(generic, 0x43000001, 0x11700002)'],
  ['(rt,70000,2)', '(rt, 70000, 2)'],
  ['(rt,70000,70000)', 'Value 70000 out of range (0-65535)'],
  ['[10.0.0.0/8]', '[10.0.0.0/8{1.0.0.0}]'],
  ['[10.0.0.0/8+, 192.168.0.0/16{20,24}]', '[10.0.0.0/8{1.255.255.255}, 192.168.0.0/16{0.0.31.0}]'],
  ['[10.0.0.0/8-]', '[0.0.0.0/0, 10.0.0.0/8{255.0.0.0}]'],
  ['[10.0.0.0/8{4,5}]', '[8.0.0.0/5{24.0.0.0}]'],
  ['[0.0.0.0/0+]', '[0.0.0.0/0, 0.0.0.0/0{255.255.255.255}]'],
  ['[10.0.0.0/8{5,4}]', 'Invalid prefix pattern range: {5, 4}.'],
  ['[= 1 2..3 * ? =]', '[= 1 2..3 * ? =]'],
  ['[= =]', '[= =]'],
  ['/ 1 2 ?/', '[= 1 2 * =]'],
  ['[3, 1, 2]', '[1, 2, 3]'],
  ['[1..5,3]', '[1..5, 3]'],
  ['[5..3]', '[5..3]'],
  ['[1, 1.2.3.4]', '[1.2.3.4, 1]'],
  ['[(1,*)]', '[(1,0)..(1,65535)]'],
  ['[(1..2,3)]', '[(1,3), (2,3)]'],
  ['[(*,*)]', '[(0,0)..(65535,65535)]'],
  ['[(2..1,5)]', 'From value cannot be higher that To value in pair sets'],
  ['[(1,2,3)]', '[(1, 2, 3)]'],
  ['[(1,1..2,*)]', '[(1, 1, 0)..(1, 2, 4294967295)]'],
  ['[(1,2,3)..(4,5,6)]', '[(1, 2, 3)..(4, 5, 6)]'],
  ['[(*,1,2)]', 'syntax error'],
  ['[(rt,1,*)]', '[(rt, 1, 0)..(rt, 1, 4294967295)]'],
  ['[(rt,70000,*)]', '[(rt, 70000, 0)..(rt, 70000, 65535)]'],
  ['[RTS_STATIC..RTS_BGP]', '[(enum 30)1..(enum 30)11]'],
  ['[K, K..9, (K)]', '[5, 5..9, 5]'],
  ['[(true)]', 'Set-incompatible type'],
  ['[five]', 'five: constant expected'],
  ['[P]', 'P: set-incompatible type'],
  ['3 ~ [1..5,3,7]', 'TRUE'],
  ['4 ~ [1..10,2,3]', 'FALSE'],
  ['5 ~ [1.2.3.4]', ERROR],
  ['RTS_BGP ~ [5,11]', ERROR],
  ['RTS_BGP ~ [ORIGIN_IGP]', ERROR],
  ['RTS_BGP = ORIGIN_IGP', 'FALSE'],
  ['RTS_BGP < ORIGIN_EGP', ERROR],
  ['true ~ [1]', ERROR],
  ['(rt,1,2) ~ [(rt,1,*)]', 'TRUE'],
  ['add(--empty--,(rt,1,2)) ~ [(rt,1,*)]', 'TRUE'],
  ['(1,2,3) ~ add(---empty---,(1,2,3))', 'TRUE'],
  ['-empty- ~ [1]', ERROR],
  ['-empty- ~ [1.2.3.4]', 'FALSE'],
  ['+empty+ ~ [(1,*)]', 'FALSE'],
  ['add(-empty-, 1.2.3.4)', '(clist (258,772))'],
  ['delete(add(-empty-,(1,2)), add(-empty-,(1,2)))', '(clist )'],
  ['filter(add(-empty-,(1,2)), (1,2))', ERROR],
  ['delete(prepend(prepend(+empty+, 1), 2),1)', '(path 2)'],
  ['filter(prepend(prepend(+empty+, 1), 2),[1,7])', '(path 1)'],
  ['add(--empty--,--empty--)', '(eclist )'],
  ['---empty---.len', '0'],
  ['(1,2).len', ERROR],
  ['1.2.3.4.mask(33)', '0.0.0.0'],
  ['10.0.0.0/8 < 10.0.0.0/9', 'TRUE'],
  ['+empty+ < +empty+', ERROR],
  ['[1,2] = [1,2]', 'TRUE'],
  ['[1,2] = [1,3]', 'FALSE'],
  ['-empty- = add(-empty-,(1,2))', 'FALSE'],
  ['1 = true', 'FALSE'],
  ['prepend(+empty+, 5) ~ [= 1..9 =]', 'TRUE'],
  ['prepend(+empty+, 5) ~ [= (2+3) =]', 'TRUE'],
  ['prepend(+empty+, 5) ~ [= K =]', 'TRUE'],
  ['prepend(+empty+, 5) ~ [= ("a") =]', ERROR],
  ['prepend(prepend(+empty+, 5),7) ~ / ? /', 'TRUE'],
  ['"a"+"b"', ERROR],
  ['1 + 2 = 3', 'TRUE'],
  ['1 = 2 || 3 = 3', 'TRUE'],
  ['1 = 1 = 1', 'syntax error'],
  ['false && 1', 'FALSE'],
  ['true || 1', 'TRUE'],
  ['false || 1', ERROR],
  ['(65535+1, 5)', ERROR],
  ['("a",1)', "Can't operate with value of non-integer type in pair constructor"],
  ['(1.2.3.4,1)', ERROR],
  ['(1,"a",2)', "LC - Can't operate with value of non-integer type in tuple constructor"],
  ['(rt,"a",1)', "Can't operate with key of non-integer/IPv4 type in EC constructor"],
  ['10.0.0.0/8/2', ERROR],
  ['A/8', ERROR],
  ['10.0.0.0/33', 'Invalid network prefix: 10.0.0.0/33.'],
  ['"abc" ~ "**"', 'FALSE'],
  ['"a*c" ~ "**c"', 'TRUE'],
  ['"ab" ~ "*?"', 'FALSE'],
  ['"a?b" ~ "*?b"', 'TRUE'],
  ['"abcabd" ~ "*ab?"', 'TRUE'],
  ['10/2/5', '1'],
  ['5 >= 6', 'FALSE'],
  ['1 !~ 1', ERROR],
  ['nosuch', 'nosuch: variable expected.'],
  ['nosuch()', "You can't call something which is not a function. Really."],
  ['five(1)', 'Wrong number of arguments for function five.'],
  ['tail()', '5'],
  ['nothing()', '(void)'],
  ['condition(1)', 'TRUE'],
  ['condition(2)', 'FALSE'],
  ['condition(3)', 'FALSE'],
  ['branch(1)', 'FALSE'],
  ['branch(2)', '5'],
  ['branch(3)', '(void)'],
  ['stop()', ERROR],
  ['locals(locals(2))', '4'],
  ['quads()', '1.2.3.4'],
  ['wrong()', ERROR],
  ['net.len', ERROR],
  ['SCOPE_UNDEFINED', '(enum 32)5'],
  ['defined(nothing())', 'FALSE'],
  ['nothing() < 1', 'TRUE'],
]

describe('eval', () => {
  const config = parse(DEFINITIONS)

  it.each(TABLE)('%s', (text, answer) => {
    expect(evalExpression(config, text)).toBe(answer)
  })

  it('logs run-time errors with their line and print with its text', () => {
    const log: string[] = []
    evalExpression(config, '5/0', (line) => log.push(line))
    expect(log).toEqual(['filters, line 1: Mother told me not to divide by 0'])
  })
})

describe('filters given to show route', () => {
  const config = parse('filter f { accept; } protocol static {}')

  it('may be named, written in place or a condition', () => {
    for (const text of ['filter f', 'filter { reject; }', 'where net ~ 10.0.0.0/8']) {
      expect(parseFilterExpression(config, text).ok).toBe(true)
    }
  })

  it('answer with the message when they are wrong', () => {
    expect(parseFilterExpression(config, 'filter g')).toEqual({ ok: false, message: 'No such filter.' })
    expect(parseFilterExpression(config, 'where xyz')).toEqual({ ok: false, message: 'xyz: variable expected.' })
    expect(parseFilterExpression(config, 'where 1 1')).toEqual({ ok: false, message: 'syntax error' })
  })

  it('leave the configuration as it was', () => {
    parseFilterExpression(config, 'filter int x; { accept; }')
    expect(config.globals.has('x')).toBe(false)
  })
})
