// Command-line words: options with values or without, in any order, `--name value` or `--name=value`.

export interface OptionSpec {
  /** Whether a value follows. */
  value: boolean
  /** Whether it may stand more than once. */
  many?: boolean
}

export type ParsedArgs =
  | { ok: true; words: readonly string[]; options: ReadonlyMap<string, readonly string[]> }
  | { ok: false; message: string }

export function parseArgs(argv: readonly string[], specs: Readonly<Record<string, OptionSpec>>): ParsedArgs {
  const words: string[] = []
  const options = new Map<string, string[]>()
  let literal = false
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    if (literal || !word.startsWith('--')) words.push(word)
    else if (word === '--') literal = true
    else {
      const equals = word.indexOf('=')
      const name = word.slice(2, equals < 0 ? undefined : equals)
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
      if (spec === undefined) return { ok: false, message: `unknown option --${name}; there is ${listOf(specs)}` }
      if (options.has(name) && spec.many !== true) return { ok: false, message: `--${name} stands twice` }
      if (!spec.value && equals >= 0) return { ok: false, message: `--${name} takes no value` }
      const value = !spec.value ? '' : equals >= 0 ? word.slice(equals + 1) : argv[++index]
      if (value === undefined) return { ok: false, message: `--${name} needs a value` }
      options.set(name, [...(options.get(name) ?? []), value])
    }
  }
  return { ok: true, words, options }
}

function listOf(specs: Readonly<Record<string, OptionSpec>>): string {
  const names = Object.keys(specs).map((name) => `--${name}`)
  return names.length === 0 ? 'none' : names.join(', ')
}
