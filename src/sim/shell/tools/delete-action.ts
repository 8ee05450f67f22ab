// `kubectl delete` and `calicoctl delete` of one named object: the action that does it.
import { kindNamed, objectNamed, toYaml } from '../objects.ts'
import { type CommandResult, output, type ShellContext } from '../types.ts'

export function deleteAction(
  context: ShellContext,
  what: { kind: string | undefined; name: string | undefined; namespace: string },
): CommandResult {
  const found = what.kind === undefined ? null : kindNamed(what.kind)
  if (found === null) return output([`error: the server doesn't have a resource type "${what.kind ?? ''}"`])
  if (what.name === undefined) return output(['error: resource(s) were provided, but no name was specified'])
  const namespace = found.namespaced ? what.namespace || 'default' : ''
  const object = objectNamed(context, found.kind, { namespace, name: what.name })
  if (object === null) return output([`Error from server (NotFound): ${found.resource} "${what.name}" not found`])
  const { at } = context
  if (found.kind === 'Pod') {
    return { type: 'action', action: { at, action: 'delete-pod', pod: `${namespace}/${what.name}` } }
  }
  const { apiVersion, kind } = object
  const metadata = namespace === '' ? { name: what.name } : { name: what.name, namespace }
  return { type: 'action', action: { at, action: 'delete', manifest: toYaml({ apiVersion, kind, metadata }) } }
}
