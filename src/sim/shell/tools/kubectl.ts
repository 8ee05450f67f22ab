// kubectl: get, logs, exec, delete and run, as far as the objects of the simulation carry what kubectl prints.
import type { Node } from '../../datastore/resources.ts'
import { formatIp } from '../../net/address.ts'
import type { PodRecord } from '../../recording/types.ts'
import { parseUtc } from '../../scenario/time.ts'
import { readArguments } from '../arguments.ts'
import { age } from '../clock.ts'
import { hostNamed, type ShellHost } from '../host.ts'
import { kindNamed, objectNamed, objectsOf, plainObject, toYaml } from '../objects.ts'
import { KUBECTL, tabbed } from '../table.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'
import { noFiles } from './calicoctl.ts'
import { deleteAction } from './delete-action.ts'
import { logLines } from './journal.ts'
import { ping } from './ping.ts'

/** The node controller waits this long for a heartbeat before it calls a node NotReady (reference 8.0). */
const GRACE = 40_000_000

export function kubectl(context: ShellContext, host: ShellHost | null, words: readonly string[]): CommandResult {
  const dashes = words.indexOf('--')
  const args = readArguments(dashes < 0 ? words : words.slice(0, dashes))
  const [verb, ...rest] = args.words
  const namespace = args.option('-n', '--namespace') ?? 'default'
  switch (verb) {
    case 'get':
      return get(context, rest, {
        namespace,
        all: args.flag('-A', '--all-namespaces'),
        format: args.option('-o', '--output') ?? '',
      })
    case 'logs':
      return logs(context, host, { pod: rest[0] ?? '', tail: args.option('--tail') })
    case 'exec':
      return exec(context, {
        pod: rest[0] ?? '',
        namespace,
        command: dashes < 0 ? rest.slice(1) : words.slice(dashes + 1),
      })
    case 'delete': {
      if (args.flag('-f', '--filename')) return noFiles()
      const [kind, name] = rest[0]?.includes('/') ? rest[0].split('/') : rest
      return deleteAction(context, { kind, name, namespace })
    }
    case 'run':
      if (rest[0] === undefined) return output(['error: NAME is required for run'])
      return { type: 'action', action: { at: context.at, action: 'create-pod', pod: `${namespace}/${rest[0]}` } }
    case 'apply':
    case 'create':
    case 'replace':
    case 'edit':
    case 'patch':
      return noFiles()
    default:
      return output([
        `Not simulated. Try: kubectl get ${verb === 'describe' && rest[0] ? `${rest[0]} -o yaml` : 'pods -A -o wide'}`,
      ])
  }
}

interface Asked {
  namespace: string
  all: boolean
  format: string
}

function get(context: ShellContext, words: readonly string[], asked: Asked): CommandResult {
  const [kindWord = '', name] = words[0]?.includes('/') ? words[0].split('/') : words
  if (kindWord === '') return output(['You must specify the type of resource to get.'])
  const lists = kindWord.split(',').map((word) => ({ word, found: kindNamed(word) }))
  const unknown = lists.find(({ found }) => found === null)
  if (unknown !== undefined) return output([`error: the server doesn't have a resource type "${unknown.word}"`])
  const blocks = lists.map(({ found }) => getOne(context, { kind: found!.kind, name, ...asked }))
  return { type: 'output', text: blocks.join('\n') }
}

function getOne(context: ShellContext, asked: Asked & { kind: string; name: string | undefined }): string {
  const { kind, name, namespace, all, format } = asked
  const { resource, namespaced } = kindNamed(kind)!
  const one = name === undefined ? null : objectNamed(context, kind, { namespace: namespaced ? namespace : '', name })
  if (name !== undefined && one === null) return `Error from server (NotFound): ${resource} "${name}" not found\n`
  const objects = (one === null ? objectsOf(context, kind) : [one]).filter(
    (object) => !namespaced || all || (object.metadata.namespace ?? 'default') === namespace,
  )
  if (format === 'yaml' || format === 'json') {
    const items = objects.map(plainObject)
    const whole = one === null ? { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } } : items[0]
    return format === 'yaml' ? toYaml(whole) : `${JSON.stringify(whole, null, 4)}\n`
  }
  if (format === 'name')
    return objects.map((object) => `${resource.replace(/s(\.|$)/, '$1')}/${object.metadata.name}\n`).join('')
  if (objects.length === 0) {
    return namespaced && !all ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n'
  }
  const wide = format === 'wide'
  const ages = objects.map((object) => ageOf(context, object.metadata.creationTimestamp))
  const names = objects.map(({ metadata }) => [...(namespaced && all ? [metadata.namespace ?? ''] : []), metadata.name])
  const head = namespaced && all ? ['NAMESPACE', 'NAME'] : ['NAME']
  const table = columns(context, { kind, wide, objects: objects.map((object, i) => ({ object, age: ages[i] ?? '' })) })
  const rows = [[...head, ...table.head], ...names.map((cells, i) => [...cells, ...(table.rows[i] ?? [])])]
  return `${tabbed(rows, KUBECTL).join('\n')}\n`
}

interface Listed {
  object: ReturnType<typeof objectsOf>[number]
  age: string
}

function columns(
  context: ShellContext,
  asked: { kind: string; wide: boolean; objects: readonly Listed[] },
): { head: readonly string[]; rows: readonly string[][] } {
  const { kind, wide, objects } = asked
  if (kind === 'Node') {
    const head = ['STATUS', 'ROLES', 'AGE', 'VERSION']
    const more = ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME']
    return { head: wide ? [...head, ...more] : head, rows: objects.map((item) => nodeCells(context, item, wide)) }
  }
  if (kind === 'Pod') {
    const head = ['READY', 'STATUS', 'RESTARTS', 'AGE']
    const more = ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES']
    const pods = new Map(context.recording.pods(context.at).map((pod) => [`${pod.namespace}/${pod.name}`, pod]))
    const rows = objects.map(({ object, age: since }) => {
      const { namespace, name } = object.metadata
      return podCells(context, { pod: pods.get(`${namespace ?? 'default'}/${name}`), since, wide })
    })
    return { head: wide ? [...head, ...more] : head, rows }
  }
  if (kind === 'Namespace') return { head: ['STATUS', 'AGE'], rows: objects.map((item) => ['Active', item.age]) }
  if (objects[0]?.object.apiVersion.startsWith('projectcalico.org/') === true) {
    return {
      head: ['CREATED AT'],
      rows: objects.map(({ object }) => [object.metadata.creationTimestamp ?? '<unknown>']),
    }
  }
  return { head: ['AGE'], rows: objects.map((item) => [item.age]) }
}

function nodeCells(context: ShellContext, { object, age: since }: Listed, wide: boolean): string[] {
  const node = object as Node
  const labels = node.metadata.labels ?? {}
  const roles = Object.keys(labels)
    .filter((label) => label.startsWith('node-role.kubernetes.io/'))
    .map((label) => label.slice('node-role.kubernetes.io/'.length))
    .sort()
  const status = [readyWord(context, node.metadata.name), ...(node.spec?.unschedulable ? ['SchedulingDisabled'] : [])]
  const cells = [status.join(','), roles.join(',') || '<none>', since, '']
  const address = node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address
  const calico = hostNamed(context, node.metadata.name)?.record.address
  const internal = address ?? (calico == null ? '<none>' : formatIp(calico))
  return wide ? [...cells, internal, '<none>', '<unknown>', '<unknown>', '<unknown>'] : cells
}

/** Ready once its pod network is; NotReady when the node controller has missed it for its grace period. */
function readyWord(context: ShellContext, name: string): string {
  const host = hostNamed(context, name)
  if (host === null) return 'Unknown'
  if (host.record.powered) return host.record.phase === 'running' ? 'Ready' : 'NotReady'
  const { recording, at } = context
  const before = recording.host(at - GRACE, host.id)
  return before?.powered === true && before.phase === 'running' ? 'Ready' : 'NotReady'
}

function podCells(
  context: ShellContext,
  asked: { pod: PodRecord | undefined; since: string; wide: boolean },
): string[] {
  const { pod, since, wide } = asked
  const running = pod?.phase === 'Running'
  const cells = [
    running ? '1/1' : '0/1',
    pod?.phase ?? 'Pending',
    '0',
    pod === undefined ? since : age(context.at - pod.createdAt),
  ]
  const address = pod?.address == null ? '<none>' : formatIp(pod.address)
  return wide ? [...cells, address, pod?.node || '<none>', '<none>', '<none>'] : cells
}

function ageOf(context: ShellContext, created: string | undefined): string {
  const epoch = created === undefined ? null : parseUtc(created)
  // What the documents bring without a time is as old as the run.
  return age(epoch === null ? context.at : context.at - (epoch - context.scenario.startEpochMs) * 1_000)
}

/** Simplified: the pods of Calico's own DaemonSet are not objects here; `calico-node-HOST` stands for the one of a host. */
function logs(
  context: ShellContext,
  host: ShellHost | null,
  asked: { pod: string; tail: string | null },
): CommandResult {
  const pod = asked.pod.replace(/^(pod|pods|ds|daemonset)\//, '')
  if (!pod.startsWith('calico-node')) {
    if (objectNamed(context, 'Pod', { namespace: 'default', name: pod }) !== null) return output([])
    return output([`error: error from server (NotFound): pods "${pod}" not found`])
  }
  const of = hostNamed(context, pod.slice('calico-node-'.length)) ?? (host?.record.kind === 'node' ? host : null)
  if (of === null) return output([note('say whose log: kubectl logs -n calico-system calico-node-HOST -c calico-node')])
  const lines = logLines(context, of)
  const count = asked.tail === null ? lines.length : Number(asked.tail)
  return output(count >= 0 && count < lines.length ? lines.slice(lines.length - count) : lines)
}

function exec(
  context: ShellContext,
  asked: { pod: string; namespace: string; command: readonly string[] },
): CommandResult {
  const pod = context.recording
    .pods(context.at)
    .find((item) => item.name === asked.pod.replace(/^pods?\//, '') && item.namespace === asked.namespace)
  if (pod === undefined) return output([`Error from server (NotFound): pods "${asked.pod}" not found`])
  if (asked.command[0] !== 'ping') return output([note('inside pods only ping is simulated.')])
  return ping(context, `pod/${pod.namespace}/${pod.name}`, asked.command.slice(1))
}
