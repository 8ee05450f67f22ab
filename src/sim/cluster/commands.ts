// Commands of the timeline that change something on a host, and what they print: birdc and ip. Reading commands belong
// to the shell, which answers them from the recording; here they do nothing.
import type { BirdDaemon } from '../bird/daemon.ts'
import type { Machine } from '../node/machine.ts'
import { type CommandResult, ipCommand } from './ip-command.ts'

export interface CommandContext {
  readonly machine: Machine
  /** Path that birdc names when nobody listens there. */
  readonly controlSocket: string
  /** Re-reads the configuration that stands on the disk. */
  readonly files: ReadonlyMap<string, string>
}

export function runCommand(context: CommandContext, command: string): CommandResult | null {
  const words = splitWords(command)
  const [tool, ...rest] = words
  if (tool === 'birdc' || tool === 'birdcl') return birdCommand(context, withoutOptions(rest))
  if (tool === 'ip') return ipCommand(context.machine.kernel, rest)
  return null
}

/** Words as a shell splits them; quotes keep blanks together and stay away from the word. */
function splitWords(command: string): string[] {
  const words: string[] = []
  const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g
  for (const match of command.matchAll(pattern)) words.push(match[1] ?? match[2] ?? match[3] ?? '')
  return words
}

/** birdc's own options before the command: `-s SOCKET`, `-v`, `-r`. */
function withoutOptions(words: readonly string[]): string[] {
  let at = 0
  while (words[at]?.startsWith('-') === true) at += words[at] === '-s' ? 2 : 1
  // A whole command in one quoted word is a command line of its own.
  return words.slice(at).flatMap((word, index) => (index === 0 && word.includes(' ') ? splitWords(word) : [word]))
}

const COMMANDS = ['configure', 'disable', 'down', 'enable', 'reload', 'restart'] as const
const READING = ['show', 'help', 'echo', 'eval', 'debug', 'dump', 'mrtdump', 'restrict', 'quit', 'exit']

/** BIRD takes any beginning of a word that fits one command alone. */
function commandOf(word: string): string | null {
  const fits = [...COMMANDS, ...READING].filter((name) => name.startsWith(word))
  return fits.includes(word) ? word : fits.length === 1 ? (fits[0] ?? null) : null
}

function birdCommand(context: CommandContext, words: readonly string[]): CommandResult | null {
  const { machine } = context
  const [word = '', ...rest] = words
  const name = commandOf(word)
  if (name !== null && READING.includes(name)) return null
  const daemon = machine.daemon
  if (daemon === null) {
    return { reply: `Unable to connect to server control socket (${context.controlSocket}): Connection refused` }
  }
  const lines = name === null ? ['syntax error'] : act(context, daemon, { name, words: rest })
  machine.settle()
  return { reply: lines.join('\n') }
}

function act(
  context: CommandContext,
  daemon: BirdDaemon,
  command: { name: string; words: readonly string[] },
): readonly string[] {
  const { now } = context.machine
  const [target, message, surplus] = command.words.map(asPattern)
  switch (command.name) {
    case 'configure':
      return configure(context, daemon, command.words)
    case 'down':
      if (target !== undefined) return ['syntax error']
      daemon.terminate(now)
      return ['Shutdown requested']
    case 'reload': {
      const direction = target === 'in' || target === 'out' ? target : 'both'
      const name = direction === 'both' ? target : message
      const extra = direction === 'both' ? message : surplus
      return name === undefined || extra !== undefined ? ['syntax error'] : daemon.reload(now, name, direction)
    }
    default:
      if (target === undefined || surplus !== undefined) return ['syntax error']
      if (command.name === 'disable') return daemon.disable(now, target, message)
      if (command.name === 'enable') return daemon.enable(now, target)
      return daemon.restart(now, target, message)
  }
}

/** A pattern keeps the quotes by which BIRD knows it; splitting the line took them away. */
function asPattern(word: string): string {
  return /^[\w*?]*[*?][\w*?]*$/.test(word) ? `"${word}"` : word
}

/** `configure timeout` without a number (UNDO_TIMEOUT, conf/conf.h). */
const UNDO_TIMEOUT = 300

/** configure [soft] [timeout [SECONDS]], configure check, confirm or undo. */
function configure(context: CommandContext, daemon: BirdDaemon, words: readonly string[]): readonly string[] {
  const { now } = context.machine
  const [first, ...others] = words
  const other = (['check', 'confirm', 'undo'] as const).find((known) => known === first)
  if (other !== undefined) {
    return others.length > 0 ? ['syntax error'] : daemon.reconfigure(now, context.files, other)
  }
  const mode = first === 'soft' ? 'soft' : 'configure'
  const [timeout, seconds, surplus] = mode === 'soft' ? others : words
  if (timeout === undefined) return daemon.reconfigure(now, context.files, mode)
  if (timeout !== 'timeout' || surplus !== undefined || !/^\d*$/.test(seconds ?? '')) return ['syntax error']
  return daemon.reconfigure(now, context.files, mode, seconds === undefined ? UNDO_TIMEOUT : Number(seconds))
}
