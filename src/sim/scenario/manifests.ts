// The ordinary manifests of a document: turned into plain objects, lists taken apart, each with its place in the text.
import { type Document, isMap, isNode, isSeq, type Node } from 'yaml'
import type { Reader } from './reader.ts'
import { didYouMean } from './suggest.ts'
import type { ManifestDocument } from './types.ts'

/** Aliases a document may expand to, against documents that grow without bound. */
const MAX_ALIASES = 100

export interface LocatedManifest extends ManifestDocument {
  document: Document
  node: Node
  /** Stood in a List. */
  listed: boolean
}

/** Kinds that `kubectl get -o yaml` puts around several objects. */
function isList(object: Readonly<Record<string, unknown>>): boolean {
  return typeof object.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items)
}

export function readManifest(reader: Reader, document: Document): LocatedManifest[] {
  const node = document.contents
  if (!isNode(node)) return []
  const at = node.range?.[0] ?? 0
  if (!isMap(node)) {
    reader.problemAt(at, '', 'a document must be a mapping with apiVersion and kind')
    return []
  }
  let object: Record<string, unknown>
  try {
    object = document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>
  } catch (error) {
    reader.problemAt(at, '', error instanceof Error ? error.message : String(error))
    return []
  }
  return takeApart(reader, { object, document, node, line: reader.position(at).line, listed: false })
}

function takeApart(reader: Reader, manifest: LocatedManifest): LocatedManifest[] {
  const { object, document, node } = manifest
  if (isList(object)) {
    const list = isMap(node) ? node.get('items', true) : undefined
    const nodes = isSeq(list) ? list.items : []
    const defaults =
      object.kind === 'List' ? {} : { apiVersion: object.apiVersion, kind: String(object.kind).slice(0, -4) }
    return (object.items as unknown[]).flatMap((item, index) => {
      const itemNode = nodes[index]
      if (!isNode(itemNode) || typeof item !== 'object' || item === null) {
        reader.problemAt(node.range?.[0] ?? 0, `items[${index}]`, 'must be an object with apiVersion and kind')
        return []
      }
      const line = reader.position(itemNode.range?.[0] ?? 0).line
      return takeApart(reader, { object: { ...defaults, ...item }, document, node: itemNode, line, listed: true })
    })
  }
  return checkHead(reader, manifest) ? [manifest] : []
}

function checkHead(reader: Reader, { object, node }: LocatedManifest): boolean {
  const at = node.range?.[0] ?? 0
  for (const key of ['apiVersion', 'kind'] as const) {
    const value = object[key]
    if (typeof value === 'string' && value !== '') continue
    const near = didYouMean(key, Object.keys(object))
    reader.problemAt(
      at,
      key,
      value === undefined ? `'${key}' is missing${near}` : `must be text, not '${String(value)}'`,
    )
    return false
  }
  return true
}

/** Offset of the value at `path` of a manifest, or of the deepest part of the path that exists. */
export function offsetOf(manifest: LocatedManifest, path: readonly (string | number)[]): number {
  let node: unknown = manifest.node
  let offset = manifest.node.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isNode(item.key) && String((item.key as { value?: unknown }).value) === String(step),
      )
      if (pair === undefined) return offset
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset
    } else return offset
  }
  return offset
}
