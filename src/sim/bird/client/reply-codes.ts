// The reply codes that `birdc -v` shows (doc/reply_codes of BIRD 1.6.8, nest/cli.c): a code and a dash where it changes,
// blanks where it stays, a blank behind the code of a last line that carries text.

/** Lines with one of these codes end an answer. */
interface Coded {
  readonly code: number
  readonly text: string
  readonly last: boolean
}

type CodeRule = readonly [pattern: RegExp, code: number, last: boolean]

/** What every command may answer, by its text. */
const COMMON: readonly CodeRule[] = [
  [/^Network not in table$/, 8001, true],
  [/^No protocols match$/, 8003, true],
  [/^Protocol is down$/, 8005, true],
  [/^Access denied$/, 8007, true],
  [/^Access restricted$/, 16, true],
  [/^runtime error$/, 8008, true],
  [/^Reading configuration from /, 2, false],
  [/^Reconfigured$/, 3, true],
  [/^Reconfiguration in progress$/, 4, true],
  [/^Reconfiguration already in progress, /, 5, true],
  [/^Reconfiguration ignored, shutting down$/, 6, true],
  [/^Shutdown requested$/, 7, true],
  [/^\S+: already disabled$/, 8, false],
  [/^\S+: disabled$/, 9, false],
  [/^\S+: already enabled$/, 10, false],
  [/^\S+: enabled$/, 11, false],
  [/^\S+: restarted$/, 12, false],
  [/^\S+: reloading$/, 15, false],
  [/^\S+: reload failed$/, 8006, false],
  [/^Reconfiguration confirmed$/, 18, true],
  [/^Nothing to do$/, 19, true],
  [/^Configuration OK$/, 20, true],
  [/^Undo requested$/, 21, false],
  [/^Undo scheduled in \d+ s$/, 22, false],
]

const BY_COMMAND: Readonly<Record<string, readonly CodeRule[]>> = {
  'show status': [
    [/^BIRD /, 1000, false],
    [/^(Daemon is up and running|Shutdown in progress|Reconfiguration in progress)$/, 13, true],
    [/^Graceful restart recovery|^ {2}Wait/, 24, false],
    [/./, 1011, false],
  ],
  'show protocols': [
    [/^name {5}proto /, 2002, false],
    [/^\S/, 1002, false],
    [/^/, 1006, false],
  ],
  'show route': [
    [/^\d+ of \d+ routes for \d+ networks$/, 14, true],
    [/^\tvia /, 1007, false],
    [/^\tType:/, 1008, false],
    [/^\t/, 1012, false],
    [/^/, 1007, false],
  ],
  'show interfaces': [
    [/^interface state address$/, 2005, false],
    [/^\t.*MTU=/, 1004, false],
    [/^\t/, 1003, false],
    [/\(index=\d+\)$/, 1001, false],
    [/^/, 1005, false],
  ],
  'show symbols': [[/^/, 1010, false]],
  'show static': [[/^\S+\/|^\t/, 1009, false]],
  'show memory': [[/^/, 1018, false]],
  configure: [[/./, 8002, true]],
}

const SYMBOL_CLASSES = /^show symbols(?: (?:table|filter|function|protocol|template|roa))*$/

/** `refused`: the parser said so, and nothing was done. */
export function withCodes(command: string, lines: readonly string[], refused: boolean): string[] {
  const rules = [...COMMON, ...(BY_COMMAND[groupOf(command)] ?? [])]
  const coded = lines.map((text): Coded => {
    if (refused) return { code: 9001, text, last: true }
    if (/^eval\b/.test(command) && text !== 'runtime error') return { code: 23, text, last: true }
    if (/^\S+ is not a protocol$/.test(text)) return { code: 9002, text, last: true }
    const rule = rules.find(([pattern]) => pattern.test(text))
    return { code: rule?.[1] ?? 9001, text, last: rule?.[2] ?? true }
  })
  // `show symbols NAME` is one line, which is the last.
  const lonely = /^show symbols\b/.test(command) && !SYMBOL_CLASSES.test(command)
  let before = -1
  return coded.map(({ code, text, last }) => {
    const head = last || lonely ? `${digits(code)} ` : code === before ? '     ' : `${digits(code)}-`
    before = code
    return head + text
  })
}

const digits = (code: number): string => String(code).padStart(4, '0')

function groupOf(command: string): string {
  return Object.keys(BY_COMMAND).find((group) => command === group || command.startsWith(`${group} `)) ?? command
}
