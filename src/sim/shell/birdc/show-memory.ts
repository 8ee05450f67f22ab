// `birdc show memory` (nest/cmds.c, cmd_show_memory). Simplified: what BIRD's allocator takes cannot be known from the
// routes; the numbers are made of what tables, attribute sets and protocols of the real daemon took in small runs.
import type { RecordedDaemon } from './daemon.ts'

const TABLE = 11_500
const ROUTE = 250
const ATTRIBUTES = 6_000
const ATTRIBUTE_SET = 600
const PROTOCOL = 2_200
const SESSION = 13_000
/** Configuration, sockets, events and the memory pools themselves. */
const REST = 45_000
const ROA_TABLES = 192

export function showMemory(daemon: RecordedDaemon): string[] {
  const { context, host, now, protocols } = daemon
  const tables = daemon.config.tables.map(({ name }) => context.recording.nets(now, host.id, name))
  const routes = tables.flatMap((nets) => nets.flatMap((net) => net.routes))
  const sets = new Set(routes.map((route) => route.attributes)).size
  const sessions = protocols.filter(({ snapshot }) => snapshot.bgp?.state === 'Established').length
  const sizes: [string, number][] = [
    ['Routing tables', TABLE * tables.length + ROUTE * routes.length],
    ['Route attributes', ATTRIBUTES + ATTRIBUTE_SET * sets],
    ['ROA tables', ROA_TABLES],
    ['Protocols', PROTOCOL * protocols.length + SESSION * sessions],
  ]
  const total = sizes.reduce((sum, [, size]) => sum + size, REST)
  return ['BIRD memory usage', ...[...sizes, ['Total', total] as const].map(([name, size]) => line(name, size))]
}

/** Four digits at most, in the smallest unit that allows it. */
function line(name: string, bytes: number): string {
  let size = bytes
  let unit = 0
  for (; size >= 10_000 && unit < 3; unit++) size = Math.floor((size + 512) / 1024)
  return `${`${name}:`.padEnd(17)} ${String(size).padStart(4)} ${' kMG'[unit]}B`
}
