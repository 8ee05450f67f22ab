// Configurations with mistakes in them: the words of whole files, changed, left out, doubled, exchanged, or taken from
// somewhere else.
import { RESERVED } from '../../bird/config/keywords.ts'
import { Chance } from './chance.ts'

const WORDS: readonly string[] = [
  ...RESERVED.keys(),
  ...'{ } ( ) [ ] ; , . : = != ~ !~ < > <= >= && || ! + - * / % .. [= =] ? "" "x" "*" x y 0 1 32 33 255 65535 65536'.split(
    ' ',
  ),
  ...'4294967295 4294967296 0x1f 10.0.0.0 10.0.0.0/8 10.0.0.1/8 1.2.3.4 300.1.1.1 ::1 # /* */ // \' " @'.split(' '),
]

const TOKEN = /"[^"\n]*"|[A-Za-z_0-9.]+|\s+|[^\sA-Za-z_0-9.]/g

/** `originals`: files to begin with. */
export function mutatedConfig(originals: readonly string[], seed: number): string {
  const chance = new Chance(seed)
  const tokens = chance.pick(originals).match(TOKEN) ?? []
  for (let count = 1 + chance.below(4); count > 0; count--) mutate(tokens, originals, chance)
  return tokens.join('')
}

function mutate(tokens: string[], originals: readonly string[], chance: Chance): void {
  const at = chance.below(tokens.length + 1)
  const length = 1 + chance.below(6)
  switch (chance.below(7)) {
    case 0:
      tokens.splice(at, length)
      return
    case 1:
      tokens.splice(at, 0, ` ${chance.pick(WORDS)} `)
      return
    case 2:
      tokens.splice(at, 1, chance.pick(WORDS))
      return
    case 3:
      tokens.splice(at, 0, ...tokens.slice(at, at + length))
      return
    case 4: {
      const other = chance.below(tokens.length + 1)
      const [a, b] = [tokens[at] ?? '', tokens[other] ?? '']
      if (at < tokens.length) tokens[at] = b
      if (other < tokens.length) tokens[other] = a
      return
    }
    case 5: {
      const more = chance.pick(originals).match(TOKEN) ?? []
      const from = chance.below(more.length + 1)
      tokens.splice(at, 0, ...more.slice(from, from + 3 * length))
      return
    }
    default:
      if (chance.below(4) === 0) tokens.length = Math.min(tokens.length, at)
  }
}
