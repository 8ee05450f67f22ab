// Running a filter on a route (f_run and f_eval_rte of filter/filter.c, BIRD 1.6.8).
import type { CompiledBody, Filter } from './filter.ts'
import {
  ACCEPT,
  CONTINUE,
  ERROR,
  FilterError,
  FilterExit,
  type Machine,
  REJECT,
  RETURN,
  type Status,
} from './machine.ts'
import type { FilterEnvironment, FilterOutcome, FilterRoute } from './route.ts'
import { VOID } from './value.ts'

const QUIET: FilterEnvironment = {
  log: () => {},
  runtimeError: () => {},
  intern: (attributes) => attributes,
  neighbor: () => null,
  interfaceIndex: () => null,
}

/** Reused: filters never nest and never wait. */
const machine: Machine = {
  route: null,
  owned: false,
  attributesChanged: false,
  redirected: false,
  rewritten: false,
  exporting: false,
  environment: QUIET,
  result: VOID,
  output: '',
}

function start(route: FilterRoute | null, environment: FilterEnvironment, exporting: boolean): void {
  machine.route = route
  machine.owned = false
  machine.attributesChanged = false
  machine.redirected = false
  machine.rewritten = false
  machine.exporting = exporting
  machine.environment = environment
  machine.result = VOID
  machine.output = ''
}

/** Runs to the end; a run-time error has been logged and counts as ERROR. */
function execute(body: CompiledBody): Status | 'runtime error' {
  try {
    return body.execute(machine)
  } catch (thrown) {
    if (thrown instanceof FilterExit) return thrown.status
    if (!(thrown instanceof FilterError)) throw thrown
    machine.environment.runtimeError(`filters, line ${thrown.line}: ${thrown.message}`)
    return 'runtime error'
  }
}

function finish(status: Status | 'runtime error', name: string | null): FilterOutcome {
  let route = machine.route!
  if (machine.attributesChanged && route.attributes !== null) {
    route = { ...route, attributes: machine.environment.intern(route.attributes) }
  }
  const { redirected, rewritten } = machine
  switch (status) {
    case ACCEPT:
      return { result: 'accept', route, redirected, rewritten }
    case REJECT:
      return { result: 'reject', route, redirected, rewritten }
    case ERROR:
    case 'runtime error':
      return { result: 'error', route, redirected, rewritten }
    default:
      machine.environment.runtimeError(`Filter ${name ?? '<NULL>'} did not return accept nor reject. Make up your mind`)
      return { result: 'undecided', route, redirected, rewritten }
  }
}

function run(
  filter: Filter,
  route: FilterRoute,
  setting: { environment: FilterEnvironment; exporting: boolean },
): FilterOutcome {
  if (filter === 'all') return { result: 'accept', route, redirected: false, rewritten: false }
  if (filter === 'none') return { result: 'reject', route, redirected: false, rewritten: false }
  start(route, setting.environment, setting.exporting)
  return finish(execute(filter.body), filter.name)
}

/** Import filters, and `show route where`: on the route as the protocol delivered it. */
export function runFilter(filter: Filter, route: FilterRoute, environment: FilterEnvironment): FilterOutcome {
  return run(filter, route, { environment, exporting: false })
}

/** Export filters: the route carries what the protocol prepared for sending. */
export function runExportFilter(filter: Filter, route: FilterRoute, environment: FilterEnvironment): FilterOutcome {
  return run(filter, route, { environment, exporting: true })
}

/** The option block of a static route; anything but a plain end leaves the route as far as it got. */
export function runRouteOptions(body: CompiledBody, route: FilterRoute, environment: FilterEnvironment): FilterRoute {
  start(route, environment, false)
  const status = execute(body)
  const named = status === CONTINUE || status === RETURN ? ACCEPT : status
  return finish(named, null).route
}

/** Evaluates a body whose result is a value, without a route; null after a run-time error, which has been reported. */
export function evaluateBody(body: CompiledBody, environment: Partial<FilterEnvironment>): Machine['result'] | null {
  start(null, { ...QUIET, ...environment }, false)
  try {
    const status = body.evaluate(machine)
    return status === RETURN || status === CONTINUE ? machine.result : null
  } catch (thrown) {
    if (thrown instanceof FilterExit) return null
    if (!(thrown instanceof FilterError)) throw thrown
    machine.environment.runtimeError(`filters, line ${thrown.line}: ${thrown.message}`)
    return null
  }
}
