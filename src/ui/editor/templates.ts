// Manifests to start from; every field is one that Calico v3.30.2 has.
export interface Template {
  kind: string
  text: string
}

export const TEMPLATES: readonly Template[] = [
  {
    kind: 'BGPPeer',
    text: `apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rack-router
spec:
  peerIP: 192.168.64.6
  asNumber: 64511
  # nodeSelector: all()
`,
  },
  {
    kind: 'IPPool',
    text: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: second-pool
spec:
  cidr: 10.244.0.0/16
  blockSize: 26
  ipipMode: Always
  vxlanMode: Never
  natOutgoing: true
  nodeSelector: all()
`,
  },
  {
    kind: 'BGPConfiguration',
    text: `apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: true
  asNumber: 64512
  logSeverityScreen: Info
`,
  },
  {
    kind: 'BGPFilter',
    text: `apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: only-own-blocks
spec:
  exportV4:
    - action: Accept
      matchOperator: In
      cidr: 192.168.0.0/16
    - action: Reject
`,
  },
]
