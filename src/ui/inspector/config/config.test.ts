import { describe, expect, it } from 'vitest'
import { countChanges, diffLines, hunks } from './diff.ts'
import { highlight } from './highlight.ts'

const signs = (before: string, after: string) => diffLines(before, after).map(({ sign, text }) => sign + text)

describe('the difference of two versions', () => {
  it('keeps removed lines where they stood', () => {
    expect(signs('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d'])
    expect(signs('', 'a\nb\n')).toEqual(['+a', '+b'])
    expect(signs('a\n', '')).toEqual(['-a'])
    expect(signs('a\nb\n', 'a\nb\n')).toEqual([' a', ' b'])
  })

  it('finds the fewest changes between repeated lines', () => {
    const before = 'protocol static {\n}\n'
    const after = 'protocol static {\n   route 192.167.110.128/26 blackhole;\n}\nfunction calico_aggr ()\n{\n}\n'
    expect(countChanges(diffLines(before, after))).toEqual({ added: 4, removed: 0 })
  })

  it('gives back both versions', () => {
    const before = 'a\nb\nb\nc\nd\n'
    const after = 'b\na\nb\nd\nd\ne\n'
    const lines = diffLines(before, after)
    const side = (sign: string) => lines.filter((line) => line.sign !== sign).map(({ text }) => text)
    expect(side('+').join('\n')).toBe('a\nb\nb\nc\nd')
    expect(side('-').join('\n')).toBe('b\na\nb\nd\nd\ne')
  })

  it('leaves unchanged stretches out of the hunks', () => {
    const lines = diffLines('1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nx\n6\n7\n8\n9\n')
    expect(hunks(lines, 1).map((line) => (line === null ? '…' : line.sign + line.text))).toEqual([
      '…',
      ' 4',
      '-5',
      '+x',
      ' 6',
      '…',
    ])
  })
})

describe('highlighting', () => {
  const tones = (line: string) =>
    highlight(line)
      .filter(({ tone }) => tone !== 'plain')
      .map(({ tone, text }) => `${tone}:${text}`)

  it('knows comments, strings, addresses and words, and loses no character', () => {
    expect(tones('  neighbor 172.18.0.3 as 64512;')).toEqual(['word:neighbor', 'number:172.18.0.3', 'number:64512'])
    expect(tones('if ( net ~ 192.167.0.0/16 ) then { accept; } # pool')).toEqual([
      'word:if',
      'number:192.167.0.0/16',
      'word:then',
      'word:accept',
      'comment:# pool',
    ])
    expect(tones('interface -"cali*", "*"; # "x"')).toEqual([
      'word:interface',
      'string:"cali*"',
      'string:"*"',
      'comment:# "x"',
    ])
    const line = 'include "bird_aggr.cfg"; call \'bgp_x_importFilterV4\'();'
    expect(
      highlight(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line)
  })
})
