// A scenario file to a simulation that has loaded it, its problems said on standard error.
import { Simulation } from '../sim/index.ts'
import { type Io, readText, reportProblems } from './io.ts'

export function loadFile(io: Io, file: string): Simulation | null {
  const text = readText(io, file)
  if (text === null) return null
  const simulation = new Simulation()
  const loaded = simulation.load(text)
  reportProblems(io, file, loaded.ok ? loaded.warnings : loaded.problems)
  return loaded.ok ? simulation : null
}
