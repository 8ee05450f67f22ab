// Which ends belong to one session, when protocols come and go.
import { expect, test } from 'vitest'
import { kindCluster, Run } from '../testing/run-scenario.ts'
import { clusterView } from './index.ts'

test('a node becomes a reflector: its new protocols meet the new ones of its clients, and the mesh ones it gave up meet nobody', () => {
  const peer = `---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: reflectors }
spec: { nodeSelector: all(), peerSelector: rr == 'true' }
`
  const timeline = `timeline:
- at: 20s
  action: apply
  manifest: |
    apiVersion: projectcalico.org/v3
    kind: Node
    metadata: { name: r-control-plane, labels: { rr: "true" } }
    spec: { bgp: { routeReflectorClusterID: 224.0.0.1 } }`
  const { recording } = Run.of(`${kindCluster(3, { name: 'r' })}${peer}`, timeline).to(40)
  const ids = (at: number) => clusterView(recording, at).sessions.map(({ id }) => id)
  expect(ids(10e6)).toEqual([
    'r-control-plane|Mesh_172_18_0_3|r-worker|Mesh_172_18_0_2',
    'r-control-plane|Mesh_172_18_0_4|r-worker2|Mesh_172_18_0_2',
    'r-worker|Mesh_172_18_0_4|r-worker2|Mesh_172_18_0_3',
  ])
  expect(new Set(ids(40e6))).toEqual(
    new Set([
      'r-control-plane|Node_172_18_0_3|r-worker|Node_172_18_0_2',
      'r-control-plane|Node_172_18_0_4|r-worker2|Node_172_18_0_2',
      'r-worker|Mesh_172_18_0_4|r-worker2|Mesh_172_18_0_3',
    ]),
  )
})
