// What goes into a recording's hash is written member by member from the columns; it must be what readers are given.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CanonicalWriter } from '../recording/canonical.ts'
import { Recording } from '../recording/recording.ts'
import { parseScenario } from '../scenario/parse.ts'
import { World } from './world.ts'

/** A copy in which every object has its members as members. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const names = (value as { members?: readonly string[] }).members ?? Object.keys(value)
  return Object.fromEntries(names.map((name) => [name, plain((value as Record<string, unknown>)[name])]))
}

test('the hash is that of the entries as readers get them', () => {
  const parsed = parseScenario(readFileSync(new URL('../../../scenarios/node-failure.yaml', import.meta.url), 'utf8'))
  if (!parsed.ok) throw new Error('node-failure.yaml cannot be read')
  const recording = new Recording()
  new World(parsed.scenario, recording.writer).runTo(400_000_000)
  const writer = new CanonicalWriter()
  const sha = createHash('sha256')
  const kinds = new Set<string>()
  for (let index = 0; index < recording.length; index++) {
    const { at, entry } = recording.entryAt(index)
    kinds.add(entry.kind)
    writer.write(at)
    writer.write(plain(entry))
    sha.update(writer.take())
  }
  for (const kind of ['log', 'bird', 'message', 'tcp', 'status', 'protocol', 'net', 'fib'])
    expect(kinds).toContain(kind)
  expect(recording.hash(recording.until)).toBe(sha.digest('hex'))
})
