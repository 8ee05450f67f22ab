// What `check` and lessons ask of a finished run: the scenario's own expectations, then the invariants of any cluster.
import { checkExpectations } from './analysis/expect.ts'
import { checkInvariants } from './analysis/invariants.ts'
import type { RecordingReader } from './recording/types.ts'
import type { Scenario } from './scenario/types.ts'

export interface Failure {
  /** Line of the expectation in the document; null for an invariant. */
  line: number | null
  at: number
  message: string
}

/** How long a run goes on behind its last action when nothing else says it. */
const TAIL = 300_000_000

/** The last action plus 300 s. */
export function defaultUntil(scenario: Scenario): number {
  return (scenario.timeline.at(-1)?.at ?? 0) + TAIL
}

/** Until when a run must be computed to be verified. */
export function verifiedUntil(scenario: Scenario): number {
  const asked = scenario.expect.map((expectation) => expectation.at ?? expectation.by ?? 0)
  return Math.max(defaultUntil(scenario), ...asked)
}

/** Invariants are looked at before every action and at the end, each time only if the cluster is at rest. */
export function verify(recording: RecordingReader, scenario: Scenario): Failure[] {
  const expected = checkExpectations(recording, scenario.expect).filter((result) => !result.holds)
  const failures: Failure[] = expected.map(({ expectation, message }) => {
    return { line: expectation.line, at: expectation.at ?? expectation.by ?? 0, message }
  })
  const moments = new Set(scenario.timeline.map((action) => action.at - 1).filter((at) => at > 0))
  moments.add(recording.until)
  for (const moment of moments) {
    for (const { at, message } of checkInvariants(recording, moment)) {
      failures.push({ line: null, at, message: `at ${at / 1_000_000} s: invariant: ${message}` })
    }
  }
  return failures
}
