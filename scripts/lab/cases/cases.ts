// Histories written by hand: where chance seldom goes, or where it would leave the outcome open. Short ones stand here,
// others are documents of their own beside this file.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Step } from '../generate/plan.ts'
import { conf, type HostSpec, scenario } from './scenario.ts'

type Case = () => { hosts: HostSpec[]; timeline: Step[] }

const kill = (at: number, host: string): Step => ({ at, action: 'kill-bird', target: `host/${host}` })
const stop = (at: number, host: string): Step => ({ at, action: 'stop-bird', target: `host/${host}` })
const start = (at: number, host: string): Step => ({ at, action: 'start-bird', target: `host/${host}` })
const off = (at: number, host: string): Step => ({ at, action: 'power-off', target: `host/${host}` })
const on = (at: number, host: string): Step => ({ at, action: 'power-on', target: `host/${host}` })
const cut = (at: number, host: string): Step => ({ at, action: 'cut-link', target: `link/${host}/lan` })
const mend = (at: number, host: string): Step => ({ at, action: 'mend-link', target: `link/${host}/lan` })
const birdc = (at: number, host: string, command: string): Step => ({
  at,
  action: 'exec',
  target: `host/${host}`,
  command: `birdc ${command}`,
})
const set = (at: number, spec: HostSpec): Step => ({
  at,
  action: 'set-bird-conf',
  target: `host/${spec.name}`,
  text: conf(spec),
})

const GRACEFUL = 'graceful restart; graceful restart time 8;'

/** a, b, c in a full mesh with graceful restart; each has one block. */
function mesh(options = GRACEFUL): HostSpec[] {
  const names = ['a', 'b', 'c']
  return names.map((name, index) => ({
    name,
    last: 11 + index,
    as: 64512,
    args: ['-R'],
    statics: [`10.244.${index + 1}.0/26 blackhole`],
    options,
    sessions: names
      .filter((peer) => peer !== name)
      .map((peer) => ({ peer, last: 11 + names.indexOf(peer), as: 64512, dials: name > peer })),
  }))
}

/** One session with a few routes on either side. */
function pair(left = '', right = '', as: { left?: number; right?: number } = {}): [HostSpec, HostSpec] {
  const [one, other] = [as.left ?? 64512, as.right ?? 64512]
  return [
    {
      name: 'a',
      last: 11,
      as: one,
      statics: ['10.244.1.0/26 blackhole', '10.244.5.0/24 via 10.0.0.50', '10.244.6.0/24 unreachable'],
      sessions: [{ peer: 'b', last: 12, as: other, dials: false, options: left }],
    },
    {
      name: 'b',
      last: 12,
      as: other,
      statics: ['10.244.2.0/26 blackhole', '10.244.7.0/24 blackhole'],
      sessions: [{ peer: 'a', last: 11, as: one, dials: true, options: right }],
    },
  ]
}

function reflectors(clusters: [string, string]): HostSpec[] {
  const client = (name: string, last: number): HostSpec => ({
    name,
    last,
    as: 64512,
    args: ['-R'],
    options: `${GRACEFUL} add paths on;`,
    statics: [`10.244.${last}.0/26 blackhole`],
    sessions: ['rr1', 'rr2'].map((peer, index) => ({ peer, last: 2 + index, as: 64512, dials: true })),
  })
  const reflector = (index: number): HostSpec => ({
    name: `rr${index + 1}`,
    last: 2 + index,
    as: 64512,
    args: ['-R'],
    options: `${GRACEFUL} add paths on;`,
    statics: [`10.244.10${index}.0/26 blackhole`],
    sessions: [
      { peer: index === 0 ? 'rr2' : 'rr1', last: 3 - index, as: 64512, dials: index === 1 },
      ...['c1', 'c2'].map((peer, at) => ({
        peer,
        last: 11 + at,
        as: 64512,
        dials: false,
        options: `rr client; rr cluster id ${clusters[index]};`,
      })),
    ],
  })
  return [reflector(0), reflector(1), client('c1', 11), client('c2', 12)]
}

/** Two nodes of one AS behind a ToR of another. */
function tor(member = '', above = ''): HostSpec[] {
  const node = (name: string, last: number): HostSpec => ({
    name,
    last,
    as: 64512,
    statics: [`10.244.${last}.0/26 blackhole`],
    sessions: [{ peer: 'tor', last: 2, as: 64601, dials: true, options: member }],
  })
  return [
    {
      name: 'tor',
      last: 2,
      as: 64601,
      statics: ['203.0.113.0/24 blackhole'],
      sessions: ['n1', 'n2'].map((peer, index) => ({
        peer,
        last: 11 + index,
        as: 64512,
        dials: false,
        options: above,
      })),
    },
    node('n1', 11),
    node('n2', 12),
  ]
}

const CASES: Readonly<Record<string, Case>> = {
  'killed-in-recovery': () => ({
    hosts: mesh(),
    timeline: [
      kill(14, 'b'),
      start(16, 'b'),
      kill(17, 'b'),
      start(19, 'b'),
      kill(40, 'b'),
      start(42, 'b'),
      stop(43.2, 'b'),
    ],
  }),
  'short-power-cut': () => ({
    hosts: mesh(),
    timeline: [off(14, 'c'), on(17, 'c'), off(40, 'a'), on(43, 'a'), off(66, 'b'), on(69, 'b')],
  }),
  'two-reflectors-restart': () => ({
    hosts: reflectors(['244.0.0.1', '244.0.0.2']),
    timeline: [
      kill(16, 'rr1'),
      kill(16, 'rr2'),
      start(19, 'rr1'),
      start(19, 'rr2'),
      stop(44, 'rr1'),
      stop(44, 'rr2'),
      start(66, 'rr1'),
      start(66, 'rr2'),
    ],
  }),
  'two-reflectors-one-cluster': () => ({
    hosts: reflectors(['244.0.0.1', '244.0.0.1']),
    timeline: [off(16, 'rr1'), kill(40, 'c1'), on(64, 'rr1'), start(64, 'c1')],
  }),
  'silent-tor': () => ({ hosts: tor(), timeline: [cut(14, 'tor'), mend(38, 'tor'), cut(60, 'n1'), mend(84, 'n1')] }),
  'link-blink': () => ({
    hosts: tor('check link on;', ''),
    timeline: [cut(14, 'tor'), mend(17, 'tor'), cut(40, 'n2'), mend(44, 'n2')],
  }),
  'configure-soft': () => {
    const [a, b] = pair()
    const refusing = { ...a, sessions: [{ ...a.sessions[0]!, importFilter: 'if net.len = 24 then reject; accept;' }] }
    return {
      hosts: [a, b],
      timeline: [
        set(14, refusing),
        birdc(30, 'a', 'configure undo'),
        birdc(46, 'a', 'configure soft'),
        birdc(62, 'a', 'reload in to_b'),
        birdc(78, 'a', 'configure soft timeout 4'),
      ],
    }
  },
  'secret-repaired': () => {
    const hosts = pair('password "right";', 'password "wrong";')
    return {
      hosts,
      timeline: [
        set(20, pair('', 'password "right";')[1]),
        set(42, pair('password "new";')[0]),
        set(64, pair('', 'password "new";')[1]),
      ],
    }
  },
  'as-repaired': () => {
    const [a, b] = pair('', '', { right: 64600 })
    const mistaken = { ...a, sessions: [{ ...a.sessions[0]!, as: 64666 }] }
    return { hosts: [mistaken, b], timeline: [set(24, a), set(46, mistaken), set(70, a)] }
  },
  'allow-local-as-toggled': () => {
    const [, , n2] = tor('allow local as 1;')
    const [, , plain] = tor()
    return { hosts: tor(), timeline: [set(14, n2!), set(36, plain!), birdc(58, 'tor', 'reload out "to_*"')] }
  },
  'next-hop-toggled': () => {
    const [self] = pair('next hop self;')
    const [keep] = pair('next hop keep;')
    const [plain] = pair()
    return { hosts: pair(), timeline: [set(14, self), set(36, keep), set(58, plain)] }
  },
  'next-hop-of-third-parties': () => {
    const [plain] = tor()
    const [kept] = tor('', 'next hop keep;')
    const [self] = tor('', 'next hop self;')
    return { hosts: tor('allow local as 1;'), timeline: [set(14, kept!), set(36, self!), set(58, plain!)] }
  },
  'limit-blocks': () => ({
    hosts: pair('import limit 1 action block;', 'receive limit 2 action block; export limit 1 action block;'),
    timeline: [birdc(14, 'b', 'restart to_a'), birdc(36, 'a', 'reload to_b')],
  }),
  'limit-restarts': () => {
    const [, b] = pair()
    return { hosts: pair('', 'import limit 2 action restart;'), timeline: [set(20, b)] }
  },
  'limit-disables': () => {
    const [a] = pair('export limit 1 action disable;')
    const [plain] = pair()
    return { hosts: pair(), timeline: [set(14, a), birdc(36, 'a', 'enable to_b'), set(58, plain)] }
  },
  'prefer-older': () => {
    const hosts = tor('', 'prefer older on;').map((host) =>
      host.name === 'tor' ? host : { ...host, statics: [...host.statics, '10.244.200.0/24 blackhole'] },
    )
    return { hosts, timeline: [stop(14, 'n1'), start(36, 'n1'), stop(58, 'n2'), start(80, 'n2')] }
  },
  'down-and-all': () => ({
    hosts: mesh(),
    timeline: [birdc(14, 'a', 'disable all'), birdc(36, 'a', 'enable all'), birdc(58, 'b', 'down'), start(80, 'b')],
  }),
  'kernel-and-static-off': () => ({
    hosts: mesh(),
    timeline: [
      birdc(14, 'a', 'disable kernel1'),
      birdc(36, 'a', 'enable kernel1'),
      birdc(58, 'b', 'disable static1'),
      birdc(80, 'b', 'restart direct1'),
    ],
  }),
  'long-lived-stale': () => ({
    hosts: mesh(`${GRACEFUL} long lived graceful restart; long lived stale time 20;`),
    timeline: [kill(14, 'b'), start(74, 'b')],
  }),
  'restart-time-runs-out': () => ({ hosts: mesh(), timeline: [kill(14, 'b'), start(36, 'b'), kill(58, 'a')] }),
  'id-changes': () => {
    const [a] = mesh()
    return { hosts: mesh(), timeline: [set(14, { ...a!, id: '10.0.0.99' }), set(38, a!)] }
  },
}

/** From the project's root. */
const DOCUMENTS = 'scripts/lab/cases/documents'

export function caseNames(): string[] {
  const documents = readdirSync(DOCUMENTS).map((name) => basename(name, '.yaml'))
  return [...Object.keys(CASES), ...documents.sort()]
}

export function caseText(name: string): string | null {
  if (!caseNames().includes(name)) return null
  const build = CASES[name]
  if (build === undefined) return readFileSync(join(DOCUMENTS, `${name}.yaml`), 'utf8')
  const { hosts, timeline } = build()
  return scenario(name, hosts, timeline)
}
