// English of what a person can do to the cluster: flags on the timeline, notices, undo.
import type { ActionBody, Target } from '../../../sim/index.ts'
import { manifestSubject } from '../manifest-subject.ts'

/** `worker`, `worker on kind`. */
function targetName(target: Target): string {
  return target.kind === 'link' ? `${target.host} to ${target.network}` : target.name
}

/** `BGPPeer rack-router`, or the number of documents. */
function manifestName(manifest: string): string {
  const { kind, name, count } = manifestSubject(manifest)
  if (count > 1) return `${count} manifests`
  return `${kind ?? 'manifest'}${name ? ` ${name}` : ''}`
}

/** What an action is called on its flag: `Power off worker2`. */
function flag(action: ActionBody): string {
  switch (action.action) {
    case 'add-node':
      return `Add node ${action.name}`
    case 'power-off':
      return `Power off ${targetName(action.target)}`
    case 'power-on':
      return `Power on ${targetName(action.target)}`
    case 'stop-bird':
      return `Stop BIRD on ${targetName(action.target)}`
    case 'kill-bird':
      return `Kill BIRD on ${targetName(action.target)}`
    case 'start-bird':
      return `Start BIRD on ${targetName(action.target)}`
    case 'restart-calico-node':
      return `Restart calico-node on ${targetName(action.target)}`
    case 'cut-link':
      return `Cut link ${targetName(action.target)}`
    case 'mend-link':
      return `Mend link ${targetName(action.target)}`
    case 'apply':
      return `Apply ${manifestName(action.manifest)}`
    case 'delete':
      return `Delete ${manifestName(action.manifest)}`
    case 'create-pod':
      return action.node ? `Create pod ${action.pod} on ${action.node}` : `Create pod ${action.pod}`
    case 'delete-pod':
      return `Delete pod ${action.pod}`
    case 'exec':
      return `${targetName(action.target)}: ${action.command}`
    case 'set-bird-conf':
      return `Edit bird.conf of ${targetName(action.target)}`
    case 'set-address':
      return `Set ${action.interface} of ${targetName(action.target)} to ${action.address}`
    default:
      return action satisfies never
  }
}

export const actions = {
  flag,
  /** In the notice after an edit. */
  done: (what: string, at: string) => `${what}, at ${at}`,
  branched: (what: string, at: string) => `${what}. Branched at ${at}; the old future is kept.`,
  refused: (what: string, why: string) => `${what} was refused: ${why}`,
  undo: 'Undo',
}
