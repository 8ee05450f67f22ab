// A scenario document of a large cluster without a mesh: every node talks to a few route reflectors, which stand on hosts
// of their own, share one cluster ID and have no session with each other.

interface Size {
  nodes: number
  reflectors: number
  /** Blocks of each node: one that its tunnel address has claimed, the rest from a pool without tunnels. */
  blocks: number
}

const addressOf = (host: number): string => `172.18.${host >> 8}.${host & 255}`
const nodeAddress = (i: number): string => addressOf(i + 2)
const reflectorAddress = (i: number): string => addressOf(0xfe00 + i + 1)

const POOLS = `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: { name: default-ipv4-ippool }
spec: { cidr: 10.0.0.0/9, ipipMode: Always, natOutgoing: true }
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: { name: more }
spec: { cidr: 10.128.0.0/9 }
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: { name: default }
spec: { nodeToNodeMeshEnabled: false, asNumber: 64512 }`

function node(i: number, blocks: number): string {
  const documents = [
    `apiVersion: v1
kind: Node
metadata:
  name: node-${i + 1}
  annotations: { projectcalico.org/IPv4Address: ${nodeAddress(i)}/16 }`,
  ]
  for (let b = 0; b < blocks - 1; b++) {
    const number = i * (blocks - 1) + b
    const address = `10.${128 + (number >> 10)}.${(number >> 2) & 255}.${(number & 3) * 64}`
    documents.push(`apiVersion: projectcalico.org/v3
kind: BlockAffinity
metadata: { name: node-${i + 1}-${address.replaceAll('.', '-')}-26 }
spec: { cidr: ${address}/26, node: node-${i + 1}, state: confirmed, deleted: "false" }`)
  }
  return documents.join('\n---\n')
}

function reflector(i: number, nodes: number): string {
  const clients = Array.from({ length: nodes }, (_, n) => {
    return `        protocol bgp node_${n + 1} from any_node { neighbor ${nodeAddress(n)} as 64512; }`
  })
  return `    - name: reflector-${i + 1}
      interfaces: [ { name: eth0, network: kind, address: ${reflectorAddress(i)}/16 } ]
      birdConf: |
        router id ${reflectorAddress(i)};
        protocol device { }
        template bgp any_node {
          local ${reflectorAddress(i)} as 64512;
          rr client;
          rr cluster id 1.0.0.1;
          import all;
          export all;
        }
${clients.join('\n')}`
}

/** `nodes` up to 65000. */
export function reflectorDocument({ nodes, reflectors, blocks }: Size): string {
  const documents = [POOLS]
  for (let i = 0; i < reflectors; i++) {
    documents.push(`apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: reflector-${i + 1} }
spec: { peerIP: ${reflectorAddress(i)}, asNumber: 64512 }`)
  }
  for (let i = 0; i < nodes; i++) documents.push(node(i, blocks))
  const hosts = Array.from({ length: reflectors }, (_, i) => reflector(i, nodes))
  documents.push(`apiVersion: calicoscope.dev/v1
kind: Scenario
metadata: { name: reflectors }
spec:
  hosts:
${hosts.join('\n')}`)
  return `${documents.join('\n---\n')}\n`
}
