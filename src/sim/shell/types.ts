// What a command line needs (the recording at one time) and what comes of it.
import type { Micros } from '../bird/ports.ts'
import type { RecordingReader } from '../recording/types.ts'
import type { Action } from '../scenario/types.ts'

export interface ShellContext {
  readonly recording: RecordingReader
  readonly at: Micros
  /** The part of the scenario that commands show: when t=0 was. */
  readonly scenario: { readonly startEpochMs: number }
}

/** A program that stays: the lines that follow in its terminal are its own until it leaves. */
export interface Session {
  readonly program: 'birdc'
  readonly host: string
  /** Of the daemon that it is connected to; another one at another moment is not it. */
  readonly bootedAt: Micros
  readonly verbose: boolean
  readonly restricted: boolean
}

/** Answer to one command line. */
export type CommandResult =
  /**
   * What the command prints, byte for byte, final newline included. `session`: what goes on from here; null: it ends.
   * `file`: what it wrote, for the page to save, since hosts have no disk to keep it on.
   */
  | { type: 'output'; text: string; session?: Session | null; file?: { name: string; bytes: Uint8Array } }
  /** A command that changes something: becomes an action at the playhead. `ends`: the last words of its session. */
  | { type: 'action'; action: Action; ends?: string }
  | { type: 'clear' }

/** Lines as a program prints them. */
export function output(lines: readonly string[]): CommandResult {
  return { type: 'output', text: textOf(lines) }
}

export function textOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** A line that no real program printed: what this product adds, marked so that nobody takes it for output. */
export function note(sentence: string): string {
  return `# CalicoScope: ${sentence}`
}
