// The predicates of `expect` against a recording (docs/scenario-format.md), with what was found instead when one fails.
import type { RecordingReader } from '../recording/types.ts'
import type { Expectation, Predicate } from '../scenario/types.ts'
import { evaluate, type Finding } from './predicates.ts'
import { reach } from './reachability.ts'
import { applyEntry, WorldState } from './world-state.ts'

export interface ExpectationResult {
  expectation: Expectation
  holds: boolean
  /** One sentence: what was asked, and what is there instead. */
  message: string
}

export function checkExpectations(
  recording: RecordingReader,
  expectations: readonly Expectation[],
): ExpectationResult[] {
  return expectations.map((expectation) => check(recording, expectation))
}

function check(recording: RecordingReader, expectation: Expectation): ExpectationResult {
  const { predicate, not } = expectation
  const by = expectation.by !== undefined
  const at = expectation.at ?? expectation.by ?? 0
  const finding = evaluate(recording, predicate, at)
  const when = !by || finding.holds ? (finding.holds ? at : null) : firstTime(recording, predicate, at)
  const holds = (when !== null) !== not
  const time = `${by ? 'by' : 'at'} ${at / 1_000_000} s`
  return {
    expectation,
    holds,
    message: `${time}: ${not ? 'not ' : ''}${describe(predicate)}: ${found(finding, { when, by, not })}`,
  }
}

function found(finding: Finding, { when, by, not }: { when: number | null; by: boolean; not: boolean }): string {
  if (by && not && when !== null) return `it held at ${when / 1_000_000} s`
  return by && when === null ? `never; at the end ${finding.detail}` : finding.detail
}

/** The earliest time up to `until` at which the predicate holds; null when there is none. */
function firstTime(recording: RecordingReader, predicate: Predicate, until: number): number | null {
  if (predicate.kind === 'reachable') return firstReach(recording, predicate, until)
  for (const at of timesOf(recording, predicate)) {
    if (at > until) break
    if (evaluate(recording, predicate, at).holds) return at
  }
  return null
}

/** Times at which the answer may change. */
function timesOf(recording: RecordingReader, predicate: Exclude<Predicate, { kind: 'reachable' }>): readonly number[] {
  if (predicate.kind === 'message') return predicate.count === undefined ? [] : messageTimes(recording)
  const host = recording.hostId(predicate.host)
  if (host === null || predicate.kind === 'log') return []
  const kinds = { session: 'protocol', route: 'net', kernel: 'fib' } as const
  return recording.changes(kinds[predicate.kind], host)
}

function messageTimes(recording: RecordingReader): number[] {
  const times: number[] = []
  for (let id = 0; id < recording.messageCount; id++) {
    const at = recording.message(id)?.sentAt
    if (at !== undefined && times.at(-1) !== at) times.push(at)
  }
  return times
}

function firstReach(
  recording: RecordingReader,
  predicate: Extract<Predicate, { kind: 'reachable' }>,
  until: number,
): number | null {
  const world = new WorldState()
  const end = recording.indexAfter(until)
  let touched = false
  for (let index = 0; index < end; index++) {
    const { at, entry } = recording.entryAt(index)
    if (entry.kind === 'resource' && entry.resource === 'IPPool') world.setPools(recording.resources(at, 'IPPool'))
    touched = applyEntry(world, entry, recording.hosts) || touched
    const last = index + 1 >= end || recording.entryAt(index + 1).at !== at
    if (!touched || !last) continue
    if (reach(world, predicate).ok) return at
    touched = false
  }
  return null
}

function describe(predicate: Predicate): string {
  const { kind, ...fields } = predicate
  const parts = Object.entries(fields).map(
    ([key, value]) => `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  )
  return `${kind} { ${parts.join(', ')} }`
}
