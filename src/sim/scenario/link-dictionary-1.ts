// Preset dictionary 1 of the link's deflate: words and shapes that scenario documents are full of, the likeliest last.
// FROZEN. Links made with it exist; a single changed byte makes all of them unreadable. Improve by adding dictionary 2.

export const DICTIONARY_1 = `apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: filter
spec:
  exportV4:
  - action: Reject
    matchOperator: NotIn
    cidr: 10.0.0.0/8
    source: RemotePeers
  importV4:
  - action: Accept
    matchOperator: Equal
    prefixLength: { min: 24, max: 26 }
---
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    ipPools:
    - name: default-ipv4-ippool
      blockSize: 26
      cidr: 192.168.0.0/16
      encapsulation: VXLANCrossSubnet
      natOutgoing: Enabled
      nodeSelector: all()
---
apiVersion: operator.tigera.io/v1
kind: APIServer
metadata:
  name: default
spec: {}
---
apiVersion: operator.tigera.io/v1
kind: Goldmane
metadata:
  name: default
---
apiVersion: operator.tigera.io/v1
kind: Whisker
metadata:
  name: default
---
apiVersion: v1
kind: Service
  serviceClusterIPs: serviceExternalIPs: serviceLoadBalancerIPs: externalTrafficPolicy: Local
  communities: prefixAdvertisements: listenPort: nodeMeshMaxRestartTime: keepOriginalNextHop: nextHopMode: sourceAddress: password: secretKeyRef: maxRestartTime: ttlSecurity: reachableBy: numAllowedLocalASNumbers: localWorkloadSelector: allowedUses: disableBGPExport: disabled: true
---
apiVersion: v1
kind: Node
metadata:
  annotations:
    projectcalico.org/IPv4Address: 10.192.0.2/16
    projectcalico.org/RouteReflectorClusterID: 224.0.0.1
    projectcalico.org/ASNumber: "64512"
  labels:
    kubernetes.io/hostname: worker
    node-role.kubernetes.io/control-plane: ""
    route-reflector: "true"
    rack: rack-1
    topology.kubernetes.io/zone: zone-a
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker
spec:
  bgp:
    ipv4Address: 172.18.0.3/16
    routeReflectorClusterID: 224.0.0.1
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Info
  nodeToNodeMeshEnabled: false
  asNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: peer
spec:
  node: worker
  nodeSelector: has(route-reflector)
  peerSelector: route-reflector == 'true'
  peerIP: 192.168.64.5
  asNumber: 64512
  nodeSelector: all()
  filters: []
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: default-ipv4-ippool
spec:
  cidr: 10.244.0.0/16
  blockSize: 26
  ipipMode: Always
  vxlanMode: Never
  natOutgoing: true
  nodeSelector: "!all()"
  nodeSelector: all()
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: default
spec:
  nodeName: worker
  containers: []
---
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: calico-cluster
nodes:
- role: control-plane
- role: worker
- role: worker
networking:
  disableDefaultCNI: true
  podSubnet: 192.167.0.0/16
---
router id 192.168.64.6;
protocol kernel {
    learn;
    scan time 60;
    import none;
    import all;
    export all;
}
protocol device {
    scan time 60;
}
protocol static {
    route 0.0.0.0/0 via 192.168.64.1;
    route 203.0.113.0/24 blackhole;
}
protocol bgp k8s_calico {
    local as 64512;
    neighbor 172.18.0.3 as 64512;
    import all;
    export none;
    multihop;
    graceful restart;
    next hop self;
    rr client;
}
filter export_filter { if net ~ [ 10.0.0.0/8+ ] then accept; reject; }
---
apiVersion: calicoscope.dev/v1
kind: Scenario
metadata: { name: node-failure }
spec:
  title:
    en: What happens when a node fails
    zh-CN: 节点故障
  description:
  seed: 1
  start: 2025-08-12T00:00:00Z
  networks:
    - { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1, latency: 1ms, loss: 0 }
    - { name: vmnet, cidr: 192.168.64.0/24, gateway: 192.168.64.1 }
  hosts:
    - name: vm1
      interfaces: [ { name: eth0, network: vmnet, address: 192.168.64.5/24 } ]
      routes: [ { dst: default, via: 192.168.64.1 } ]
      birdArgs: []
      birdConf: |
        router id 192.168.64.6;
  nodes:
  narration:
    - at: 0s
      title: { en: The session is up, zh-CN: 会话已建立 }
      text: { en: The hold timer, zh-CN: 保持定时器 }
  expect:
    - { at: 90s, session: { host: calico-cluster-worker, protocol: Mesh_172_18_0_2, state: Established } }
    - { at: 90s, reachable: { from: pod/default/a, to: pod/default/b } }
    - { by: 300s, not: true, kernel: { host: calico-cluster-worker2, line: "proto bird" } }
    - { at: 90s, route: { host: calico-cluster-control-plane, prefix: 192.167.11.192/26, via: 172.18.0.3, protocol: Mesh_172_18_0_3, best: true } }
    - { at: 90s, log: { host: vm2, match: Bad peer AS } }
    - { at: 90s, message: { type: NOTIFICATION, from: vm2, to: calico-cluster-worker, count: 1 } }
  timeline:
    - { at: 60s, action: add-node, name: worker3, network: kind, address: 172.18.0.5, labels: {} }
    - { at: 60s, action: create-pod, pod: default/web, node: calico-cluster-worker }
    - { at: 60s, action: delete-pod, pod: default/web }
    - { at: 60s, action: restart-calico-node, target: node/calico-cluster-worker, down: 1s }
    - { at: 60s, action: stop-bird, target: host/vm2 }
    - { at: 60s, action: kill-bird, target: node/calico-cluster-worker }
    - { at: 60s, action: start-bird, target: host/vm2 }
    - { at: 60s, action: cut-link, target: link/calico-cluster-worker/kind }
    - { at: 60s, action: mend-link, target: link/calico-cluster-worker/kind }
    - { at: 60s, action: set-address, target: node/calico-cluster-worker, interface: eth0, address: 172.18.0.9/16 }
    - { at: 60s, action: exec, target: node/calico-cluster-worker, command: "birdc disable Mesh_172_18_0_3" }
    - at: 120s
      action: set-bird-conf
      target: host/vm2
      text: |
    - at: 120s
      action: delete
      manifest: |
    - at: 120s
      action: apply
      manifest: |
        apiVersion: projectcalico.org/v3
        kind: BGPPeer
        metadata: { name: rack-router }
        spec: { peerIP: 192.168.64.6, asNumber: 64600 }
    - { at: 60s, action: power-on, target: node/calico-cluster-worker2 }
    - { at: 60s, action: power-off, target: node/calico-cluster-worker2 }
`
