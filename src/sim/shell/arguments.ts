// Options of kubectl and calicoctl, wherever they stand in the line.

export interface Arguments {
  readonly words: readonly string[]
  option(...names: readonly string[]): string | null
  flag(...names: readonly string[]): boolean
}

/** Options that take a value, as `-o yaml`, `-oyaml`, `--output=yaml` or `--output yaml`. */
const VALUED = new Set([
  '-o',
  '--output',
  '-n',
  '--namespace',
  '-f',
  '--filename',
  '-c',
  '--container',
  '-l',
  '--selector',
  '--tail',
  '--since',
  '--image',
  '-p',
  '--patch',
  '--type',
])

export function readArguments(given: readonly string[]): Arguments {
  const words: string[] = []
  const values = new Map<string, string>()
  for (let i = 0; i < given.length; i++) {
    const word = given[i]!
    if (!word.startsWith('-') || word === '-') words.push(word)
    else if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      if (equals > 0) values.set(word.slice(0, equals), word.slice(equals + 1))
      else values.set(word, VALUED.has(word) ? (given[++i] ?? '') : '')
    } else {
      const short = word.slice(0, 2)
      if (!VALUED.has(short)) for (const letter of word.slice(1)) values.set(`-${letter}`, '')
      else values.set(short, word.length > 2 ? word.slice(2).replace(/^=/, '') : (given[++i] ?? ''))
    }
  }
  return {
    words,
    option: (...names) => names.map((name) => values.get(name)).find((value) => value !== undefined) ?? null,
    flag: (...names) => names.some((name) => values.has(name)),
  }
}
