// Documents of the hand-written cases: routers on one LAN, with timers so short that all comes to rest within seconds.
import { stringify } from 'yaml'
import type { Step } from '../generate/plan.ts'

export interface SessionSpec {
  peer: string
  /** Last byte of its address. */
  last: number
  as: number
  dials: boolean
  options?: string
  importFilter?: string
}

export interface HostSpec {
  name: string
  last: number
  as: number
  id?: string
  args?: string[]
  statics: string[]
  options?: string
  sessions: SessionSpec[]
}

const LAN = '10.0.0'

export function conf({ last, as, id, statics, options, sessions }: HostSpec): string {
  const lines = [
    `router id ${id ?? `${LAN}.${last}`};`,
    'graceful restart wait 8;',
    'protocol kernel { learn; persist; scan time 2; import all; export all; graceful restart; }',
    'protocol device { scan time 2; }',
    'protocol direct { interface "*"; }',
    'protocol static {',
    ...statics.map((route) => `  route ${route};`),
    '}',
    'template bgp peers {',
    `  local as ${as};`,
    '  hold time 9; connect delay time 1; connect retry time 5; error wait time 2,4;',
    ...(options === undefined ? [] : [`  ${options}`]),
    '}',
    ...sessions.flatMap((session) => [
      `protocol bgp to_${session.peer} from peers {`,
      `  neighbor ${LAN}.${session.last} as ${session.as};`,
      `  source address ${LAN}.${last};`,
      ...(session.dials ? [] : ['  passive on;']),
      ...(session.options ? [`  ${session.options}`] : []),
      ...(session.importFilter === undefined ? [] : [`  import filter { ${session.importFilter} };`]),
      '  export where net ~ [ 10.244.0.0/16+, 203.0.113.0/24 ];',
      '}',
    ]),
  ]
  return `${lines.join('\n')}\n`
}

export function scenario(name: string, hosts: readonly HostSpec[], timeline: readonly Step[]): string {
  return stringify(
    {
      apiVersion: 'calicoscope.dev/v1',
      kind: 'Scenario',
      metadata: { name },
      spec: {
        networks: [{ name: 'lan', cidr: `${LAN}.0/24` }],
        hosts: hosts.map((host) => ({
          name: host.name,
          interfaces: [{ name: 'eth0', network: 'lan', address: `${LAN}.${host.last}/24` }],
          birdConf: conf(host),
          birdArgs: host.args ?? [],
        })),
        timeline,
      },
    },
    { lineWidth: 0 },
  )
}
