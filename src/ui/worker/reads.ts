// Everything that is read at a time: what has not been computed yet is computed first, so that no answer is of an earlier world
// than the one that was asked for.
import type { Micros, Simulation } from '../../sim/index.ts'
import type { Service } from './protocol.ts'

type Reads =
  | 'view'
  | 'host'
  | 'session'
  | 'explain'
  | 'prefix'
  | 'exec'
  | 'complete'
  | 'check'
  | 'manifest'
  | 'pcap'
  | 'hash'

/** `runTo` computes up to a time that lies ahead. */
export function readsOf(simulation: Simulation, runTo: (at: Micros) => Promise<void>): Pick<Service, Reads> {
  const atTime =
    <Rest extends unknown[], Answer>(read: (at: Micros, ...rest: Rest) => Answer) =>
    async (at: Micros, ...rest: Rest): Promise<Answer> => {
      if (at > simulation.until) await runTo(at)
      return read.call(simulation, at, ...rest)
    }
  return {
    view: atTime(simulation.view),
    host: atTime(simulation.host),
    session: atTime(simulation.session),
    explain: atTime(simulation.explain),
    prefix: atTime(simulation.prefix),
    exec: atTime(simulation.exec),
    complete: atTime(simulation.complete),
    check: atTime(simulation.check),
    manifest: atTime(simulation.manifest),
    hash: atTime(simulation.hash),
    pcap: atTime((until, interfaces: readonly string[]) => {
      const capture = simulation.pcap(until, interfaces)
      return 'unknown' in capture ? null : capture
    }),
  }
}
