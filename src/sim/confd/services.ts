// Service addresses a node announces, from Services and Endpoints (confd routes.go and client.go, reference 4).
import { covers, formatAddress, parseAddress, parseCidr, parseCidrOrAddress } from '../datastore/cidr.ts'
import type { Datastore } from '../datastore/datastore.ts'
import type { BgpNode } from '../datastore/node.ts'
import type { CidrItem, Endpoints, Service } from '../datastore/resources.ts'
import { byCidrKey } from './order.ts'
import type { GlobalSettings } from './settings.ts'
import type { ConfdEnv, Family } from './types.ts'

export interface ServiceRoutes {
  /** Blackholes in BIRD and accept rules on export. */
  readonly staticRoutes: readonly string[]
  /** Kept out of the kernel. */
  readonly rejectCidrs: readonly string[]
}

export interface ServiceCidrs {
  readonly cluster: readonly string[]
  readonly external: readonly string[]
  readonly loadBalancer: readonly string[]
}

const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers'

function cidrsOf(items: readonly CidrItem[] | undefined): string[] {
  return (items ?? []).flatMap((item) => (item.cidr === undefined || item.cidr === '' ? [] : [item.cidr]))
}

export function serviceCidrs(global: GlobalSettings, env: ConfdEnv): ServiceCidrs {
  const { serviceClusterIPs, serviceExternalIPs, serviceLoadBalancerIPs } = global.spec
  const override = env.CALICO_ADVERTISE_CLUSTER_IPS ?? ''
  return {
    cluster: override === '' ? cidrsOf(serviceClusterIPs) : override.split(',').map((text) => text.trim()),
    external: cidrsOf(serviceExternalIPs),
    loadBalancer: cidrsOf(serviceLoadBalancerIPs),
  }
}

function isSingle(cidr: string): boolean {
  const parsed = parseCidr(cidr)
  return parsed !== null && parsed.length === (parsed.version === 4 ? 32 : 128)
}

export function ofFamily(cidrs: readonly string[], family: Family): string[] {
  return cidrs.filter((cidr) => parseCidrOrAddress(cidr)?.version === family)
}

function inside(ip: string, cidrs: readonly string[]): boolean {
  const address = parseCidrOrAddress(ip)
  return (
    address !== null &&
    !ip.includes('/') &&
    cidrs.some((cidr) => {
      const range = parseCidr(cidr)
      return range !== null && covers(range, address)
    })
  )
}

/** Everything one node announces for Services, both families together, in the order of confd's keys. */
export function serviceRoutes(store: Datastore, node: BgpNode, cidrs: ServiceCidrs): ServiceRoutes {
  const ranges = [...cidrs.cluster, ...[...cidrs.external, ...cidrs.loadBalancer].filter((cidr) => !isSingle(cidr))]
  const rejectCidrs = [...new Set(ranges)].sort(byCidrKey)
  if (node.labels[EXCLUDE_LABEL] === 'true') return { staticRoutes: [], rejectCidrs }
  const routes = new Set(ranges)
  if (cidrs.cluster.length + cidrs.external.length + cidrs.loadBalancer.length > 0) {
    for (const service of store.list('Service')) {
      const endpoints = store.get('Endpoints', `${service.metadata.namespace}/${service.metadata.name}`)
      if (endpoints === null || !advertises(service, { endpoints, node: node.name, cidrs })) continue
      for (const ip of addressesOf(service, cidrs)) routes.add(hostRoute(ip))
    }
  }
  return { staticRoutes: [...routes].sort(byCidrKey), rejectCidrs }
}

function hostRoute(ip: string): string {
  const address = parseAddress(ip)
  return address === null ? ip : `${formatAddress(address)}/${address.version === 4 ? 32 : 128}`
}

interface Where {
  readonly endpoints: Endpoints
  readonly node: string
  readonly cidrs: ServiceCidrs
}

function advertises(service: Service, where: Where): boolean {
  const {
    type = 'ClusterIP',
    clusterIP = '',
    externalTrafficPolicy,
    externalIPs = [],
    loadBalancerIP = '',
  } = service.spec
  if (!['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type) || clusterIP === '' || clusterIP === 'None')
    return false
  if (externalTrafficPolicy === 'Local') return hasLocalEndpoint(clusterIP, where)
  const exposed = type === 'LoadBalancer' || type === 'NodePort'
  if (!exposed || (externalTrafficPolicy ?? 'Cluster') !== 'Cluster') return false
  if (type === 'LoadBalancer' && inside(loadBalancerIP, where.cidrs.loadBalancer.filter(isSingle))) return true
  const single = where.cidrs.external.filter(isSingle)
  return externalIPs.some((ip) => inside(ip, single))
}

function hasLocalEndpoint(clusterIP: string, where: Where): boolean {
  const family = parseAddress(clusterIP)?.version
  return (where.endpoints.subsets ?? []).some((subset) =>
    (subset.addresses ?? []).some(
      (address) => address.nodeName === where.node && parseAddress(address.ip)?.version === family,
    ),
  )
}

function addressesOf(service: Service, cidrs: ServiceCidrs): string[] {
  const { clusterIP = '', externalIPs = [] } = service.spec
  const ingress = (service.status?.loadBalancer?.ingress ?? []).flatMap((item) => item.ip ?? [])
  return [
    ...(cidrs.cluster.length > 0 ? [clusterIP] : []),
    ...externalIPs.filter((ip) => inside(ip, cidrs.external)),
    ...ingress.filter((ip) => inside(ip, cidrs.loadBalancer)),
  ]
}
