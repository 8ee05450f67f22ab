// The words of the language: keywords of the daemon Calico ships (static, bgp, bfd and pipe compiled in), the names of
// enum constants, and the constants taken from iproute2's tables. Keywords are looked up after symbols are cut out of
// the text, so quoting one does not free it (conf/cf-lex.l, conf/gen_keywords.m4 of BIRD 1.6.8).
const WORDS = `
accept action add address administrative advertise after algorithm all allow as as4 attributes auth authentication aware base bfd bgp
bgp_aggregator bgp_atomic_aggr bgp_cluster_list bgp_community bgp_ext_community bgp_large_community bgp_local_pref bgp_med bgp_next_hop
bgp_origin bgp_originator_id bgp_path bgpmask bgppath blackhole block bool bug capabilities case cast cease change check class client
clist cluster collision commands communities configuration configure confirm connect connection contains count debug deconfigured
default define defined delay delete description dest deterministic dev device direct disable disabled down drop dscp dual dump ec echo
eclist else empty enable error eval events export extended false fatal filter filtered filters first flush for forget from function
gateway generate generic graceful gw hit hmac hold hop id idle if ifindex ifname ignore igp igp_metric import in info int interface
interfaces interpret interval ip ipv4 iso keep keepalive kernel keyed krt_advmss krt_cwnd krt_feature_allfrag krt_feature_ecn
krt_hoplimit krt_initcwnd krt_initrwnd krt_lock_advmss krt_lock_cwnd krt_lock_hoplimit krt_lock_mtu krt_lock_reordering
krt_lock_rto_min krt_lock_rtt krt_lock_rttvar krt_lock_sstresh krt_lock_window krt_metric krt_mtu krt_prefsrc krt_quickack krt_realm
krt_reordering krt_rto_min krt_rtt krt_rttvar krt_scope krt_source krt_sstresh krt_window last last_nonaggregated latency lc lclist
learn len limit link listen lived lladdr local log long mask match max md5 med memory merge messages meticulous metric min missing mode
mrtdump ms multihop multipath multiplier name neighbor neighbors net next no noexport none of off old older on opaque out packets pair
passive password passwords path paths peer persist pipe port preexport prefer preference prefix prepend primary print printn prohibit
proto protocol protocols quad quitbird receive recursive refresh reject rejected reload remote reset resources restart restrict retry
return ro roa roa_check route router routes rr rs rt rx s scan scope secondary security self sessions set setkey sha1 sha256 sha384
sha512 short show shutdown simple sockets soft sorted source stale start startup states static stats status stderr string summary
symbols syslog table template then time timeformat timeout to trace transparent true ttl tx undo unknown unreachable unset us v6only
via vrf wait warn warning watchdog weight where yes`

/** Words of the protocols that only Debian's package has (OSPF, RIP). */
const DEBIAN_WORDS = `
always area bcast broadcast buffer cost cost2 cryptographic dead ecmp eligible external filename garbage global hello hidden horizon
infinity instance large lsadb lsid mrt multicast nbma nonbroadcast normal nssa ospf ospf_metric1 ospf_metric2 ospf_router_id ospf_tag
period pointomultipoint pointopoint poison poll priority ptmp ptp real retransmit reverse rfc1583compat rip rip_metric rip_tag split
strict stub stubnet tag tick translator transmit type update version virtual zero`

export const DEBIAN_KEYWORDS: ReadonlySet<string> = new Set(DEBIAN_WORDS.trim().split(/\s+/))

/** Enum types by the number `print` shows: RTS 30, ORIGIN 31, SCOPE 32, RTC 33, RTD 34, ROA 35 (hexadecimal). */
export const EnumType = { SOURCE: 0x30, ORIGIN: 0x31, SCOPE: 0x32, CAST: 0x33, DEST: 0x34, ROA: 0x35 } as const

export interface EnumConstant {
  enum: number
  value: number
}

function enumNames(type: number, prefix: string, names: string): [string, EnumConstant][] {
  return names.split(' ').map((name, value) => [prefix + name, { enum: type, value }])
}

/** As property names the words become the engine's own copies, which compare by identity. */
const KEYWORDS = Object.keys(
  Object.fromEntries(
    `${WORDS} krt_tunnel`
      .trim()
      .split(/\s+/)
      .map((word) => [word, true]),
  ),
)

/** Every name that is not free: keywords as themselves (`krt_tunnel` in Calico's fork only), enum constants by value. */
export const RESERVED: ReadonlyMap<string, string | EnumConstant> = new Map<string, string | EnumConstant>([
  ...KEYWORDS.map((word): [string, string] => [word, word]),
  ...enumNames(
    EnumType.SOURCE,
    'RTS_',
    'DUMMY STATIC INHERIT DEVICE STATIC_DEVICE REDIRECT RIP OSPF OSPF_IA OSPF_EXT1 OSPF_EXT2 BGP PIPE BABEL',
  ),
  ...enumNames(EnumType.ORIGIN, 'ORIGIN_', 'IGP EGP INCOMPLETE'),
  ...enumNames(EnumType.SCOPE, 'SCOPE_', 'HOST LINK SITE ORGANIZATION UNIVERSE UNDEFINED'),
  ...enumNames(EnumType.CAST, 'RTC_', 'UNICAST BROADCAST MULTICAST ANYCAST'),
  ...enumNames(EnumType.DEST, 'RTD_', 'ROUTER DEVICE BLACKHOLE UNREACHABLE PROHIBIT MULTIPATH'),
  ...enumNames(EnumType.ROA, 'ROA_', 'UNKNOWN VALID INVALID'),
])

/** /etc/iproute2/rt_protos, rt_tables, rt_scopes and rt_realms of the calico-node image. */
export const ROUTING_CONSTANTS: ReadonlyMap<string, number> = new Map<string, number>([
  ['ipp_unspec', 0],
  ['ipp_redirect', 1],
  ['ipp_kernel', 2],
  ['ipp_boot', 3],
  ['ipp_static', 4],
  ['ipp_gated', 8],
  ['ipp_ra', 9],
  ['ipp_mrt', 10],
  ['ipp_zebra', 11],
  ['ipp_bird', 12],
  ['ipp_dnrouted', 13],
  ['ipp_xorp', 14],
  ['ipp_ntk', 15],
  ['ipp_dhcp', 16],
  ['ipp_keepalived', 18],
  ['ipp_babel', 42],
  ['ipp_openr', 99],
  ['ipp_bgp', 186],
  ['ipp_isis', 187],
  ['ipp_ospf', 188],
  ['ipp_rip', 189],
  ['ipp_eigrp', 192],
  ['ipt_unspec', 0],
  ['ipt_default', 253],
  ['ipt_main', 254],
  ['ipt_local', 255],
  ['ips_global', 0],
  ['ips_nowhere', 255],
  ['ips_host', 254],
  ['ips_link', 253],
  ['ips_site', 200],
  ['ipr_cosmos', 0],
])
