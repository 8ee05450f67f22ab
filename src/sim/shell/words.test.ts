import { describe, expect, test } from 'vitest'
import { readArguments } from './arguments.ts'
import { age, svlogdTime } from './clock.ts'
import { splitLine } from './words.ts'

describe('splitLine', () => {
  test.each([
    ['a  b', ['a', 'b']],
    ['birdc disable "Mesh_*" \'x y\'', ['birdc', 'disable', 'Mesh_*', 'x y']],
    ['say "a \\"b\\" c"', ['say', 'a "b" c']],
    ['open "end', ['open', 'end']],
    ['-o="x y"', ['-o=x y']],
    ['   ', []],
  ])('%j', (line, words) => {
    expect(splitLine(line).map((word) => word.text)).toEqual(words)
  })
})

test('options may stand anywhere', () => {
  const args = readArguments(['get', '-o', 'wide', 'pods', '-A', '--tail=3', '-nkube-system'])
  expect(args.words).toEqual(['get', 'pods'])
  expect([args.option('-o'), args.option('--tail'), args.option('-n', '--namespace')]).toEqual([
    'wide',
    '3',
    'kube-system',
  ])
  expect([args.flag('-A'), args.flag('-f')]).toEqual([true, false])
})

test('ages as kubectl rounds them', () => {
  const seconds = (n: number) => age(n * 1e6)
  expect([0, 119, 120, 150, 599, 600, 10799, 10800, 11700].map(seconds)).toEqual([
    '0s',
    '119s',
    '2m',
    '2m30s',
    '9m59s',
    '10m',
    '179m',
    '3h',
    '3h15m',
  ])
  expect([8 * 3600, 47 * 3600, 48 * 3600, 73 * 3600, 8 * 86400].map(seconds)).toEqual(['8h', '47h', '2d', '3d1h', '8d'])
})

test('svlogd stamps five digits of a second', () => {
  expect(svlogdTime(Date.UTC(2026, 10, 24, 7, 5, 34), 811_234)).toBe('2026-11-24_07:05:34.81123')
})
