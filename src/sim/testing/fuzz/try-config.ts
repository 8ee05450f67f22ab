// One configuration with mistakes, as far as it goes: read, and when it can be read, its filters run.
import { parseBirdConfig } from '../../bird/config/parser.ts'
import {
  type FilterEnvironment,
  type FilterRoute,
  RouteDest,
  RouteScope,
  RouteSource,
} from '../../bird/filter/route.ts'
import { runExportFilter, runFilter } from '../../bird/filter/run.ts'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'

const ROUTE: FilterRoute = {
  net: prefix('10.1.0.0/16'),
  proto: 'x',
  source: RouteSource.BGP,
  from: ip('10.9.0.2'),
  gw: ip('10.9.0.2'),
  ifname: 'eth0',
  ifindex: 2,
  dest: RouteDest.ROUTER,
  scope: RouteScope.UNIVERSE,
  preference: 100,
  attributes: { origin: 0, asPath: [{ type: 2, asns: [65002] }], nextHop: ip('10.9.0.2'), communities: [65537] },
  kernelAttributes: null,
}

const QUIET: FilterEnvironment = {
  log: () => {},
  runtimeError: () => {},
  intern: (attributes) => attributes,
  neighbor: () => ({ ifname: 'eth0', ifindex: 2 }),
  interfaceIndex: () => 2,
}

/** Message with line and column, or the empty string when the file is taken. */
export function tryConfig(text: string): string {
  const files = new Map([['bird.cfg', text]])
  const result = parseBirdConfig(files, 'bird.cfg', { calico: false })
  if (!result.ok) {
    const [problem, another] = result.problems
    if (problem === undefined || another !== undefined) throw new Error('there is exactly one problem')
    if (problem.line < 1 || problem.line > text.split('\n').length + 1) throw new Error(`line ${problem.line}`)
    return `${problem.file.replace(/^\.\//, '')}:${problem.line}:${problem.column} ${problem.message}`
  }
  const { config } = result
  for (const filter of config.filters.values()) runFilter(filter, ROUTE, QUIET)
  for (const protocol of config.protocols) {
    runFilter(protocol.importFilter, ROUTE, QUIET)
    runExportFilter(protocol.exportFilter, ROUTE, QUIET)
  }
  return ''
}
