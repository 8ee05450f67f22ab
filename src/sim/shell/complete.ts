// Tab completion: what may stand in place of the last word of a line.
import { nextWords } from '../bird/client/expand.ts'
import { PROGRAMS } from './execute.ts'
import { hostNamed, hostsAt, type ShellHost } from './host.ts'
import { KINDS, objectsOf } from './objects.ts'
import { configFolder } from './tools/files.ts'
import type { Session, ShellContext } from './types.ts'

/** Whole lines, each the given one with its last word completed, in order of the alphabet. `session`: as for `execute`. */
export function complete(
  context: ShellContext,
  host: string | null,
  line: string,
  session: Session | null = null,
): readonly string[] {
  if (session !== null) {
    const program = `${session.program} `
    return complete(context, session.host, program + line).map((each) => each.slice(program.length))
  }
  const before = line.replace(/\S*$/, '')
  const last = line.slice(before.length)
  const words = before.trim() === '' ? [] : before.trim().split(/\s+/)
  if (words[0] === 'sudo') words.shift()
  const here = host === null ? null : hostNamed(context, host)
  const fits = [...new Set(candidates(context, here, words))].filter((word) => word.startsWith(last) && word !== last)
  return fits.sort().map((word) => before + word)
}

function candidates(context: ShellContext, host: ShellHost | null, words: readonly string[]): readonly string[] {
  const [program, ...rest] = words
  switch (program) {
    case undefined:
      return PROGRAMS
    case 'birdc':
    case 'birdcl':
      return host === null ? [] : birdWords(context, host, rest)
    case 'ip':
      return rest.length === 0 ? ['route', 'addr', 'link', '-j'] : /^r/.test(rest.at(-1) ?? '') ? ['get', 'show'] : []
    case 'calicoctl':
      if (rest.length === 0) return ['get', 'node', 'delete']
      if (rest[0] === 'node') return ['status']
      return objectWords(context, rest, ['nodes', 'ippool', 'bgppeer', 'bgpconfig', 'bgpfilter'])
    case 'kubectl':
      if (rest.length === 0) return ['get', 'logs', 'delete', 'exec', 'run']
      return objectWords(
        context,
        rest,
        KINDS.map(({ names }) => names[1] ?? names[0] ?? ''),
      )
    case 'ping':
      return [...hostsAt(context).map(({ name }) => name), ...podNames(context)]
    case 'cat':
    case 'ls': {
      if (host === null) return []
      const folder = configFolder(host)
      const files = [...context.recording.files(context.at, host.id).keys()].map((name) => `${folder}/${name}`)
      return program === 'ls' ? [folder] : files
    }
    case 'journalctl':
      return rest.at(-1) === '-u' ? ['bird'] : ['-u']
    default:
      return []
  }
}

const ROUTE_WORDS: readonly string[] =
  'all count export filter filtered for noexport preexport primary protocol stats table where'.split(' ')

function birdWords(context: ShellContext, host: ShellHost, words: readonly string[]): readonly string[] {
  const next = nextWords(words)
  const command = words.join(' ')
  const protocols = () => context.recording.protocols(context.at, host.id).map(({ name }) => name)
  if (/^(sho?w? pr|disable|enable|restart|reload)/.test(command)) return [...next, ...protocols()]
  if (/^sho?w? ro/.test(command)) {
    return /^(protocol|(pre|no)?export)$/.test(words.at(-1) ?? '') ? protocols() : ROUTE_WORDS
  }
  return next
}

function objectWords(context: ShellContext, words: readonly string[], kinds: readonly string[]): readonly string[] {
  const previous = words.at(-1) ?? ''
  if (previous === '-o') return ['wide', 'yaml', 'json', 'name']
  if (words.length === 1)
    return words[0] === 'logs' ? calicoPods(context) : words[0] === 'exec' ? podNames(context) : kinds
  const kind = KINDS.find(({ names }) => names.includes(words[1] ?? ''))
  const names =
    kind === undefined || words.length > 2 ? [] : objectsOf(context, kind.kind).map(({ metadata }) => metadata.name)
  return [...names, '-o']
}

function podNames(context: ShellContext): string[] {
  return context.recording
    .pods(context.at)
    .map((pod) => (pod.namespace === 'default' ? pod.name : `${pod.namespace}/${pod.name}`))
}

function calicoPods(context: ShellContext): string[] {
  return hostsAt(context)
    .filter(({ record }) => record.kind === 'node')
    .map(({ name }) => `calico-node-${name}`)
}
