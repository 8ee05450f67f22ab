// A router of a generated scenario as values, and the bird.conf it means. Timers are short, so that runs come to rest
// within seconds.

export interface Session {
  name: string
  /** The peer's host. */
  peer: string
  neighbor: string
  remoteAs: number
  source: string
  passive: boolean
  /** The TCP MD5 secret of this side. */
  password: string | null
  nextHop: 'self' | 'keep' | null
  allowLocalAs: boolean
  /** Lines of the protocol beyond those. */
  options: string[]
  importLines: string[]
  exportLines: string[]
}

/** A second table with routes of its own behind a pipe. */
export interface Aside {
  statics: string[]
  /** Filters as seen from the main table. */
  importLines: string[]
  exportLines: string[]
}

export interface Router {
  name: string
  id: string
  as: number
  /** Address by network. */
  addresses: Record<string, string>
  addPaths: 'off' | 'on' | 'rx' | 'tx'
  graceful: boolean
  recovery: boolean
  mergePaths: boolean
  recursive: boolean
  statics: string[]
  aside: Aside | null
  sessions: Session[]
}

export function routerConfig(router: Router): string {
  const lines = [
    `router id ${router.id};`,
    'graceful restart wait 8;',
    'protocol kernel {',
    '  learn; persist; scan time 2; import all; export all; graceful restart;',
    ...(router.mergePaths ? ['  merge paths on;'] : []),
    '}',
    'protocol device { scan time 2; }',
    'protocol direct { interface "*"; }',
    'protocol static {',
    ...router.statics.map((route) => `  route ${route};`),
    '}',
    ...(router.aside === null ? [] : asideLines(router.aside)),
    'template bgp peers {',
    `  local as ${router.as};`,
    '  hold time 9; connect delay time 1; connect retry time 5; error wait time 2,4;',
    ...(router.addPaths === 'off' ? [] : [`  add paths ${router.addPaths};`]),
    ...(router.graceful ? ['  graceful restart; graceful restart time 5;'] : []),
    '}',
    ...router.sessions.flatMap((session) => sessionLines(router, session)),
  ]
  return `${lines.join('\n')}\n`
}

function asideLines(aside: Aside): string[] {
  return [
    'table aside;',
    'protocol static beside {',
    '  table aside;',
    ...aside.statics.map((route) => `  route ${route};`),
    '}',
    'protocol pipe across {',
    '  peer table aside;',
    ...filterLines('import', aside.importLines),
    ...filterLines('export', aside.exportLines),
    '}',
  ]
}

function sessionLines(router: Router, session: Session): string[] {
  const external = session.remoteAs !== router.as
  const gateway = !external && router.recursive ? ['  gateway recursive;'] : []
  return [
    `protocol bgp ${session.name} from peers {`,
    `  neighbor ${session.neighbor} as ${session.remoteAs};`,
    `  source address ${session.source};`,
    ...(session.passive ? ['  passive on;'] : []),
    ...(session.password === null ? [] : [`  password "${session.password}";`]),
    ...(session.nextHop === null ? [] : [`  next hop ${session.nextHop};`]),
    ...(session.allowLocalAs ? ['  allow local as 1;'] : []),
    ...gateway,
    ...session.options.map((option) => `  ${option};`),
    ...filterLines('import', session.importLines),
    ...filterLines('export', session.exportLines),
    '}',
  ]
}

function filterLines(direction: 'import' | 'export', lines: readonly string[]): string[] {
  return [`  ${direction} filter {`, ...lines.map((line) => `    ${line}`), '    accept;', '  };']
}
