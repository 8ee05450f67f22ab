// The bird.conf of a router that is plugged in without one: BIRD 1.6 runs and may be edited, and talks BGP with nobody yet.
import { formatIp, type Ip } from '../net/address.ts'

/** From the private range (RFC 6996), and not the 64512 that Calico takes. */
const ROUTER_AS = 64_511

/**
 * The kernel's own routes stay out of BIRD (`import none`), so that a session with `export all` does not announce the
 * router's default route to the cluster.
 */
export function defaultRouterConf(router: {
  name: string
  address: Ip
  /** The neighbor of the example; `near`: on the same network. */
  peer: { name: string; address: Ip; asNumber: number; near: boolean } | null
}): string {
  const address = formatIp(router.address)
  const peer = router.peer ?? { name: 'node', address: router.address + 1, asNumber: 64_512, near: true }
  return `# ${router.name}: BIRD 1.6, outside the cluster. It has no session yet. To make one, take the # off the
# block at the end, and give the cluster a BGPPeer with peerIP ${address} and asNumber ${ROUTER_AS}.
router id ${address};

# Its interfaces and their addresses.
protocol device {
  scan time 10;
}

# BIRD's routes go to the kernel; the kernel's own stay out of BIRD.
protocol kernel {
  scan time 20;
  import none;
  export all;
}

# Prefixes that it has to offer.
#protocol static {
#  route 10.80.0.0/16 blackhole;
#}

#protocol bgp peer_${peer.name.replaceAll(/[^A-Za-z0-9_]/g, '_')} {
#  local as ${ROUTER_AS};
#  neighbor ${formatIp(peer.address)} as ${peer.asNumber};
${peer.near ? '' : '#  multihop;\n'}#  import all;
#  export all;
#}
`
}
