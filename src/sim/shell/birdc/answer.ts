// What the daemon answers to a request, from the recording (nest/cmds.c, nest/proto.c, nest/rt-table.c).
import { evalTerm } from '../../bird/config/expression.ts'
import { asTheyAre, exporterOf } from '../../bird/control/exporter.ts'
import { parseRequest, type Request } from '../../bird/control/request.ts'
import type { RouteRequest } from '../../bird/control/route-request.ts'
import { chosenProtocols, noneChosen, showProtocols } from '../../bird/control/show-protocols.ts'
import { showRoute } from '../../bird/control/show-route.ts'
import { showStatic } from '../../bird/control/show-static.ts'
import { showStatus } from '../../bird/control/show-status.ts'
import { showSymbols } from '../../bird/control/show-symbols.ts'
import { silent } from '../../bird/explain-export.ts'
import { configureLines } from './configure.ts'
import type { RecordedDaemon } from './daemon.ts'
import { extrasOf } from './limits-hit.ts'
import { showInterfaces } from './show-interfaces.ts'
import { showMemory } from './show-memory.ts'
import { unchangedReply } from './write.ts'

/** `refused`: the daemon's parser did not take it. `action`: it changes something, and the run answers. */
export type Answer =
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly refused: boolean }
  | { readonly kind: 'action' }

const ACTION: Answer = { kind: 'action' }
const say = (lines: readonly string[]): Answer => ({ kind: 'lines', lines, refused: false })
const refuse = (line: string): Answer => ({ kind: 'lines', lines: [line], refused: true })

/** What a restricted client may not ask for. */
const PRIVILEGED: ReadonlySet<Request['command']> = new Set([
  'disable',
  'enable',
  'restart',
  'reload',
  'reload in',
  'reload out',
  'debug',
  'mrtdump',
  'down',
])

/** `restricted`: the client was started with -r. */
export function answer(daemon: RecordedDaemon, text: string, restricted: boolean): Answer {
  const parsed = parseRequest(daemon.config, text)
  if (!parsed.ok) return refuse(parsed.message)
  const { request } = parsed
  const forbidden = PRIVILEGED.has(request.command) || (request.command === 'configure' && request.what !== 'check')
  return restricted && forbidden ? say(['Access denied']) : answerTo(daemon, request)
}

function answerTo(daemon: RecordedDaemon, request: Request): Answer {
  const { status, now, clock } = daemon
  switch (request.command) {
    case 'show status':
      return say(showStatus(status, now, clock))
    case 'show memory':
      return say(showMemory(daemon))
    case 'show interfaces':
      return say(showInterfaces(daemon.interfaces, request.summary))
    case 'show symbols':
      return say(showSymbols(daemon.config, request))
    case 'show protocols': {
      const { all, target } = request
      const extras = (name: string) => extrasOf(daemon, name)
      return say(showProtocols(daemon.protocols, { all, target, now, clock, extras }))
    }
    case 'show route':
      return say(routes(daemon, request.query))
    case 'show one':
      return showOne(daemon, request.kind, request.name)
    case 'eval':
      return say([evalTerm(request.term)])
    case 'restrict':
      return say(['Access restricted'])
    case 'echo':
    case 'dump':
      return say([])
    case 'debug':
    case 'mrtdump': {
      const none = chosenProtocols(daemon.protocols, request.target).length === 0
      return request.command === 'debug' && !none ? ACTION : say(none ? [noneChosen(request.target)] : [])
    }
    case 'configure': {
      const lines = configureLines(daemon, request)
      return lines === null ? ACTION : say(lines)
    }
    case 'down':
      return ACTION
    default: {
      const lines = unchangedReply(request.command, request.target, daemon.protocols)
      return lines === null ? ACTION : say(lines)
    }
  }
}

function routes(daemon: RecordedDaemon, query: RouteRequest): string[] {
  const { context, host, now, clock } = daemon
  const surroundings = {
    intern: asTheyAre,
    connectedInterface: (address: number) => daemon.connectedInterface(address),
    interfaceIndex: (name: string) => daemon.interfaceIndex(name),
  }
  const target = query.exports === null ? null : daemon.protocol(query.exports.protocol)
  const exporter =
    target === null
      ? 'down'
      : exporterOf({
          ...surroundings,
          target,
          table: query.table,
          protocol: (name) => daemon.protocol(name),
          routerId: daemon.status.routerId,
        })
  const nets = context.recording.nets(now, host.id, query.table)
  return showRoute(query, { nets, now, clock, environment: silent(surroundings), exporter })
}

/** proto_get_named: the one asked for, or the only one of its kind. */
function showOne(daemon: RecordedDaemon, kind: string, name: string | null): Answer {
  const { protocols } = daemon
  if (name !== null) {
    const named = protocols.find((each) => each.name === name)
    if (named === undefined) return refuse(`${name}: Not a protocol`)
    if (named.snapshot.kind !== kind) return refuse(`${name}: Not a ${kind} protocol`)
    return staticRoutes(daemon, name)
  }
  const [only, other] = protocols.filter((each) => each.snapshot.kind === kind)
  if (only === undefined) return refuse(`There is no ${kind} protocol running`)
  if (other !== undefined) return refuse(`There are multiple ${kind} protocols running`)
  return staticRoutes(daemon, only.name)
}

function staticRoutes(daemon: RecordedDaemon, name: string): Answer {
  const recorded = daemon.protocol(name)
  if (recorded === null || recorded.config.kind !== 'static') return say([])
  return say(
    showStatic(recorded.config, {
      up: recorded.snapshot.state === 'up',
      connectedInterface: (address) => daemon.connectedInterface(address),
      interfaceUp: (iface) =>
        daemon.interfaces.some((each) => each.name === iface && each.up && each.addresses.length > 0),
    }),
  )
}
