// Calico's selector language, by the grammar and error texts of reference section 2.
import { describe, expect, it } from 'vitest'
import { parseSelector, selectorMatches } from './selector.ts'

const labels = { rack: 'a', 'route-reflector': 'true', role: 'edge-1', empty: '' }

describe('selector', () => {
  it.each([
    ['', true],
    ['all()', true],
    ['!all()', false],
    ['global()', true],
    ['has(rack)', true],
    ['has( rack )', true],
    ['!has(rack)', false],
    ['!!has(rack)', true],
    ["rack == 'a'", true],
    ['rack=="b"', false],
    ["rack != 'b'", true],
    ["none != 'b'", true],
    ["none == ''", false],
    ["empty == ''", true],
    ["rack in {'a', 'b'}", true],
    ["rack in {'a','b',}", true],
    ['rack in {}', false],
    ["rack not in {'a'}", false],
    ["none not in {'a'}", true],
    ["none in {'a'}", false],
    ['rack notin {"b"}', true],
    ["role contains 'ge-'", true],
    ["role starts with 'edge'", true],
    ["role startswith 'edge'", true],
    ["role ends  with '1'", true],
    ["none contains ''", false],
    ["has(rack) && rack == 'b' || has(role)", true],
    ["has(rack) && (rack == 'b' || has(none))", false],
    ["route-reflector == 'true'", true],
    ['has(projectcalico.org/x)', false],
    ["RACK == 'a'", false],
    ['\thas(rack) ', true],
  ])('%s', (text, expected) => {
    expect(parseSelector(text)).toMatchObject({ ok: true })
    expect(selectorMatches(text, labels)).toBe(expected)
  })

  it.each([
    ["rack = 'a'", 'expected =='],
    ['has(a) & has(b)', 'expected &&'],
    ['has(a) | has(b)', 'expected ||'],
    ["rack == 'a", 'unterminated string'],
    ["rack is 'a'", 'expected operator after label "rack"'],
    ['rack', 'expected operator after label "rack"'],
    ["rack == 'a' has(b)", 'unexpected content at end of selector has(b)'],
    ['rack == ', 'expected string'],
    ["rack in 'a'", 'expected set literal'],
    ["rack in {'a'", 'expected }'],
    ['(has(a)', 'expected )'],
    ['has(a', 'expected )'],
    ["rack\n== 'a'", 'expected operator after label "rack"'],
    ["rack innocent {'a'}", 'expected operator after label "rack"'],
  ])('refuses %j: %s', (text, message) => {
    const parsed = parseSelector(text)
    expect(parsed.ok ? '' : parsed.error.message).toBe(message)
    expect(selectorMatches(text, labels)).toBe(false)
  })

  it('does not take `has (` for a call', () => {
    expect(parseSelector('has (rack)').ok).toBe(false)
  })
})
