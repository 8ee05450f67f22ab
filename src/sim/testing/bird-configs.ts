// Configuration texts for daemon tests: a Calico node as confd writes it, and parts of it.

const AGGR = (block: string | null): string =>
  block === null
    ? 'protocol static {}\nfunction calico_aggr () {}\n'
    : `protocol static {
  route ${block} blackhole;
}
function calico_aggr ()
{
  if ( net = ${block} ) then { accept; }
  if ( net ~ ${block} ) then { reject; }
}
`

const IPAM = (tunnel: string): string => `function calico_export_to_bgp_peers(bool internal_peer) {
  apply_communities();
  calico_aggr();
  if ( net ~ 192.168.0.0/16 ) then { accept; }
}
filter calico_kernel_programming {
  if ( net ~ 192.168.0.0/16 ) then { krt_tunnel = "${tunnel}"; accept; }
  accept;
}
`

export interface NodeConfig {
  address: string
  block: string | null
  /** Mesh peers; the passive side follows from the addresses. */
  mesh?: readonly string[]
  /** Protocols in addition, as text. */
  extra?: string
  tunnel?: string
  debug?: string
  communities?: string
  as?: number
}

const name = (address: string): string => `Mesh_${address.replaceAll('.', '_')}`

/** `passive on` stands on the side whose address sorts lower as a string. */
function meshPeer(own: string, peer: string, as: number): string {
  return `protocol bgp ${name(peer)} from bgp_template {
  neighbor ${peer} as ${as};
  source address ${own};
  import all;
  export filter { calico_export_to_bgp_peers(true); reject; };
  ${peer > own ? 'passive on;' : ''}
}
`
}

export function nodeFiles(c: NodeConfig): Record<string, string> {
  const debug = c.debug ?? '{ states }'
  const as = c.as ?? 64512
  const peers = (c.mesh ?? []).filter((peer) => peer !== c.address).map((peer) => meshPeer(c.address, peer, as))
  return {
    'bird_aggr.cfg': AGGR(c.block),
    'bird_ipam.cfg': IPAM(c.tunnel ?? 'tunl0'),
    'bird.cfg': `function apply_communities () { ${c.communities ?? ''} }
include "bird_aggr.cfg";
include "bird_ipam.cfg";
router id ${c.address};
protocol kernel {
  learn;
  persist;
  scan time 2;
  import all;
  export filter calico_kernel_programming;
  graceful restart;
  merge paths on;
}
protocol device { debug { states }; scan time 2; }
protocol direct { debug ${debug === 'all' ? '{ states, routes }' : '{ states }'}; interface -"cali*", -"kube-ipvs*", "*"; }
template bgp bgp_template {
  debug ${debug};
  description "Connection to BGP peer";
  local as ${as};
  gateway recursive;
  add paths on;
  graceful restart;
  connect delay time 2;
  connect retry time 5;
  error wait time 5,30;
}
${peers.join('')}${c.extra ?? ''}`,
  }
}
