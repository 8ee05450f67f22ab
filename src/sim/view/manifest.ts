// The manifest of an object for the editor: what a person would have written, without what the server added.

import type { Micros } from '../bird/ports.ts'
import type { AnyResource, Node } from '../datastore/resources.ts'
import type { RecordingReader } from '../recording/types.ts'
import { calicoNode, kindNamed, plainObject, toYaml } from '../shell/objects.ts'

const SERVER_SIDE = new Set([
  'creationTimestamp',
  'resourceVersion',
  'uid',
  'generation',
  'managedFields',
  'selfLink',
  'ownerReferences',
])

/** `name` is NAME or NAMESPACE/NAME. A Node is shown as Calico's, since its BGP settings are what can be edited. */
export function manifestOf(
  recording: RecordingReader,
  asked: { at: Micros; kind: string; name: string },
): string | null {
  const known = kindNamed(asked.kind)
  const kind = known?.kind ?? asked.kind
  const [first = '', second] = asked.name.split('/')
  const namespace = known?.namespaced ? (second === undefined ? 'default' : first) : ''
  const object = recording.resource(asked.at, kind, namespace, second ?? first) as AnyResource | null
  if (object === null) return null
  const plain = object.kind === 'Node' ? editableNode(object) : plainObject(object)
  const { status: _status, ...rest } = plain
  const metadata = Object.entries(plain.metadata as object).filter(([key]) => !SERVER_SIDE.has(key))
  const { apiVersion, kind: shownKind, ...body } = rest
  return toYaml({ apiVersion, kind: shownKind, ...body, metadata: Object.fromEntries(metadata) })
}

function editableNode(node: Node): Record<string, unknown> {
  const calico = calicoNode(node)
  const { bgp } = calico.spec as { bgp?: Record<string, unknown> }
  return { ...calico, spec: bgp === undefined ? {} : { bgp } }
}
