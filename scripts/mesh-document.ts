// A scenario document of a full mesh: n nodes on one subnet, IPIP, so that each owns one block from the start.

/** `nodes`: 2 to 65000. */
export function meshDocument(nodes: number): string {
  const documents = [
    `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: { name: default-ipv4-ippool }
spec: { cidr: 10.0.0.0/9, ipipMode: Always, natOutgoing: true }`,
  ]
  for (let i = 0; i < nodes; i++) {
    const host = i + 2
    documents.push(`apiVersion: v1
kind: Node
metadata:
  name: node-${i + 1}
  annotations: { projectcalico.org/IPv4Address: 172.18.${host >> 8}.${host & 255}/16 }`)
  }
  return `${documents.join('\n---\n')}\n`
}
