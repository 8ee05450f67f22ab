// Seeds that run Calico's own configurations: a kind cluster with one of its usual peerings. Its timers are long (hold 240,
// restart 120), so that only what rests before they run out is done to it.
import { stringify } from 'yaml'
import type { Chance } from './chance.ts'
import type { Step } from './plan.ts'

const FIRST_ACTION = 20
const ACTION_GAP = 26
const POOL = '192.168.0.0/16'
const TOR = '172.18.0.200'
const CLUSTER_AS = 64512

interface Peering {
  documents: object[]
  hosts: object[]
  /** Documents that the history may apply. */
  changes: object[]
}

export function calicoScenario(seed: number, chance: Chance): { shape: string; text: string } {
  const names = ['control-plane', 'worker', 'worker2', 'worker3'].slice(0, chance.between(2, 4))
  const nodes = names.map((name) => `c-${name}`)
  const encapsulation = chance.pick(['IPIP', 'IPIPCrossSubnet', 'VXLANCrossSubnet', 'None'])
  const kind = chance.pick(['mesh', 'star', 'tor'])
  const pods = nodes.map((node, index) => ({ pod: `p${index}`, node })).filter(() => chance.maybe(0.8))
  const peering = PEERINGS[kind]!(nodes, chance)
  const documents = [
    cluster(names),
    installation(encapsulation),
    ...pods.map(({ pod, node }) => podDocument(pod, node)),
    ...peering.documents,
    {
      apiVersion: 'calicoscope.dev/v1',
      kind: 'Scenario',
      metadata: { name: `seed-${seed}` },
      spec: {
        title: `Seed ${seed}: calico ${kind}`,
        seed,
        ...(peering.hosts.length === 0 ? {} : { hosts: peering.hosts }),
        timeline: history({ nodes, pods: pods.map(({ pod }) => pod), peering }, chance),
      },
    },
  ]
  const text = documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n')
  return { shape: `calico-${kind}`, text }
}

const PEERINGS: Readonly<Record<string, (nodes: readonly string[], chance: Chance) => Peering>> = { mesh, star, tor }

function mesh(_nodes: readonly string[], chance: Chance): Peering {
  const spec = {
    nodeToNodeMeshEnabled: true,
    ...(chance.maybe(0.4) ? { asNumber: 64999 } : {}),
    ...(chance.maybe(0.3) ? { serviceClusterIPs: [{ cidr: '10.96.0.0/16' }] } : {}),
    ...(chance.maybe(0.3) ? { prefixAdvertisements: [{ cidr: POOL, communities: ['64999:8'] }] } : {}),
  }
  return { documents: [configuration(spec)], hosts: [], changes: [configuration({ ...spec, asNumber: 65010 })] }
}

function star(nodes: readonly string[], chance: Chance): Peering {
  const reflectors = nodes.slice(0, chance.between(1, 2))
  const same = chance.maybe(0.5)
  const documents = [
    ...reflectors.map((name, index) => ({
      apiVersion: 'projectcalico.org/v3',
      kind: 'Node',
      metadata: { name, labels: { 'route-reflector': 'true' } },
      spec: { bgp: { routeReflectorClusterID: `224.0.0.${same ? 1 : index + 1}` } },
    })),
    peer('reflected', { nodeSelector: 'all()', peerSelector: "route-reflector == 'true'" }),
    configuration({ nodeToNodeMeshEnabled: false, asNumber: CLUSTER_AS }),
  ]
  return { documents, hosts: [], changes: [configuration({ nodeToNodeMeshEnabled: true, asNumber: CLUSTER_AS })] }
}

function tor(_nodes: readonly string[], chance: Chance): Peering {
  const remote = chance.pick([CLUSTER_AS, 64601, 64601])
  const wrong = chance.maybe(0.2)
  const spec = {
    peerIP: TOR,
    asNumber: wrong ? 64777 : remote,
    ...(chance.maybe(0.3) ? { keepOriginalNextHop: true } : {}),
    ...(chance.maybe(0.3) ? { filters: ['out'] } : {}),
    ...(chance.maybe(0.3) ? { numAllowedLocalASNumbers: 1 } : {}),
  }
  const filter = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'BGPFilter',
    metadata: { name: 'out' },
    spec: {
      exportV4: [{ action: 'Reject', matchOperator: 'In', cidr: '192.168.0.0/17' }],
      importV4: [{ action: chance.pick(['Accept', 'Reject']), matchOperator: 'Equal', cidr: '203.0.113.0/24' }],
    },
  }
  return {
    documents: [filter, peer('tor', spec)],
    hosts: [
      {
        name: 'tor',
        interfaces: [{ name: 'eth0', network: 'kind', address: `${TOR}/16` }],
        birdConf: torConfig(remote, chance),
      },
    ],
    changes: [peer('tor', { ...spec, asNumber: remote }), peer('tor', { ...spec, filters: ['out'] })],
  }
}

function torConfig(as: number, chance: Chance): string {
  const client = as === CLUSTER_AS && chance.maybe(0.6) ? '  rr client;\n' : ''
  const sessions = [2, 3, 4, 5].map(
    (last) =>
      `protocol bgp node${last} from nodes {\n  neighbor 172.18.0.${last} as ${CLUSTER_AS};\n  passive on;\n${client}}\n`,
  )
  return `router id ${TOR};
protocol kernel { scan time 2; learn; persist; import all; export all;${chance.maybe(0.5) ? ' merge paths on;' : ''} }
protocol device { scan time 2; }
protocol direct { interface "*"; }
protocol static { route 203.0.113.0/24 blackhole; ${chance.maybe(0.3) ? 'route 0.0.0.0/0 blackhole; ' : ''}}
template bgp nodes {
  local as ${as};
  ${chance.maybe(0.5) ? 'multihop;' : ''}
  ${chance.maybe(0.4) ? 'add paths on;' : ''}
  connect delay time 2; error wait time 3,6;
  import all; export where source ~ [ RTS_STATIC, RTS_BGP ];
}
${sessions.join('')}`
}

interface World {
  nodes: readonly string[]
  pods: string[]
  peering: Peering
}

type Doing = Omit<Step, 'at'> & { action: string }

function history(world: World, chance: Chance): Step[] {
  const steps: Step[] = []
  const down: string[] = []
  const count = chance.between(2, 3)
  for (let index = 0; index < count; index++) {
    const at = FIRST_ACTION + index * ACTION_GAP
    const back = chance.maybe(0.6) ? down.pop() : undefined
    if (back !== undefined) steps.push({ at, action: 'start-bird', target: `node/${back}` })
    else for (const doing of step({ ...world, down }, chance)) steps.push({ at: at + doing.after, ...doing.what })
  }
  return steps
}

function step(world: World & { down: string[] }, chance: Chance): { after: number; what: Doing }[] {
  const once = (what: Doing) => [{ after: 0, what }]
  const node = chance.pick(world.nodes.filter((name) => !world.down.includes(name)))
  const target = `node/${node}`
  switch (chance.pick(['restart', 'stop', 'kill', 'pod', 'pod', 'apply', 'apply', 'birdc', 'cut', 'join'])) {
    case 'restart':
      return once({ action: 'restart-calico-node', target, down: chance.between(1, 3) })
    case 'stop':
      world.down.push(node)
      return once({ action: 'stop-bird', target })
    case 'kill':
      world.down.push(node)
      return once({ action: 'kill-bird', target })
    case 'cut':
      return [
        { after: 0, what: { action: 'cut-link', target: `link/${node}/kind` } },
        { after: 4, what: { action: 'mend-link', target: `link/${node}/kind` } },
      ]
    case 'birdc':
      return once({ action: 'exec', target, command: `birdc ${chance.pick(['restart', 'reload'])} "*_172_*"` })
    case 'join':
      return once({ action: 'create-pod', pod: `default/late${world.pods.length}`, node })
    case 'apply':
      return once({ action: 'apply', manifest: stringify(chance.pick(world.peering.changes)) })
    default: {
      const pod = world.pods.pop()
      if (pod === undefined) return once({ action: 'create-pod', pod: 'default/only', node })
      return once({ action: 'delete-pod', pod: `default/${pod}` })
    }
  }
}

function cluster(names: readonly string[]): object {
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name: 'c',
    nodes: names.map((name) => ({ role: name.replace(/\d$/, '') })),
    networking: { disableDefaultCNI: true, podSubnet: POOL },
  }
}

function installation(encapsulation: string): object {
  const ipPools = [{ name: 'default-ipv4-ippool', blockSize: 26, cidr: POOL, encapsulation }]
  return {
    apiVersion: 'operator.tigera.io/v1',
    kind: 'Installation',
    metadata: { name: 'default' },
    spec: { calicoNetwork: { ipPools } },
  }
}

function podDocument(name: string, nodeName: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName, containers: [{ name: 'main', image: 'busybox' }] },
  }
}

function peer(name: string, spec: object): object {
  return { apiVersion: 'projectcalico.org/v3', kind: 'BGPPeer', metadata: { name }, spec }
}

function configuration(spec: object): object {
  return { apiVersion: 'projectcalico.org/v3', kind: 'BGPConfiguration', metadata: { name: 'default' }, spec }
}
