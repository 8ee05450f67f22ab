// A router from the palette: up at once with a bird.conf that speaks to every node there is, so that one BGPPeer brings it in.
import type { HostView } from '../../sim/index.ts'
import { nextName } from '../stage/new-names.ts'
import { useRun } from '../store/run.ts'
import { perform } from './perform.ts'

const ROUTER_AS = 64511

function neighborOf({ name, address, asNumber }: HostView): string {
  const protocol = name.replace(/[^A-Za-z0-9_]/g, '_')
  return `protocol bgp ${protocol} {
  local as ${ROUTER_AS};
  neighbor ${address} as ${asNumber};
  multihop;
  import all;
  export all;
}
`
}

/** A hand-written file as a person would begin it: what every BIRD needs, one prefix of its own, one protocol per node. */
export function routerConf(prefix: string, hosts: readonly HostView[]): string {
  const nodes = hosts.filter(({ kind, address, asNumber }) => kind === 'node' && address !== null && asNumber !== null)
  return `protocol device { }
protocol direct { interface "eth*"; }
protocol kernel { learn; import all; export all; }
protocol static {
  route ${prefix} blackhole;
}
${nodes.map(neighborOf).join('')}`
}

export function addRouter(network: string | null): void {
  const hosts = useRun.getState().view?.hosts ?? []
  const name = nextName(
    hosts.map((host) => host.name),
    'rtr-1',
  )
  const routers = hosts.filter(({ kind }) => kind === 'router').length
  const birdConf = routerConf(`10.${80 + (routers % 100)}.0.0/16`, hosts)
  void perform({ action: 'add-host', name, ...(network === null ? {} : { network }), birdConf })
}
