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

/** Answer to one command line. */
export type CommandResult =
  /** What the command prints, byte for byte, final newline included. */
  | { type: 'output'; text: string }
  /** A command that changes something: becomes an action at the playhead. */
  | { type: 'action'; action: Action }
  | { type: 'clear' }

/** Lines as a program prints them. */
export function output(lines: readonly string[]): CommandResult {
  return { type: 'output', text: lines.length === 0 ? '' : `${lines.join('\n')}\n` }
}

/** A line that no real program printed: what this product adds, marked so that nobody takes it for output. */
export function note(sentence: string): string {
  return `# CalicoScope: ${sentence}`
}
