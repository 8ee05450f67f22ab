// The document of "Blank cluster": one network, one IPIP pool, no machine yet.
export const BLANK_DOCUMENT = `apiVersion: calicoscope.dev/v1
kind: Scenario
metadata:
  name: blank
spec:
  title: { en: Blank cluster, zh-CN: 空白集群 }
  networks:
    - { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 }
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: default-ipv4-ippool
spec:
  cidr: 192.168.0.0/16
  ipipMode: Always
  natOutgoing: true
`
