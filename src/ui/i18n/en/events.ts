// English of the events: one whole sentence per code. A slot arrives as text; where the list draws it (host, prefix, word)
// is decided by the list, so a sentence may put its slots in any order. `e` holds the event's plain values for its variants.
import type { ActionName, BirdEvent, ClusterEvent, MessageLook } from '../../../sim/index.ts'

export type SlotName =
  | 'host'
  | 'from'
  | 'to'
  | 'look'
  | 'prefix'
  | 'count'
  | 'more'
  | 'detail'
  | 'protocol'
  | 'before'
  | 'after'
  | 'reason'
  | 'network'
  | 'pod'
  | 'address'
  | 'name'
  | 'kind'
  | 'files'
  | 'command'
  | 'reply'
  | 'seconds'
  | 'lost'
  | 'total'
export type Slots = Readonly<Record<SlotName, string>>
export type Values = Readonly<Record<string, unknown>>
export type Sentence = (s: Slots, e: Values) => string

/** The rule that decided, in few words; names are those of bird/table/best-route. What is not here needs no reason. */
const RULES: Readonly<Record<string, string>> = {
  'only-route': 'the only path',
  preference: 'higher preference',
  'protocol-kind': 'kind of protocol',
  'not-suppressed': 'not suppressed',
  resolvable: 'next hop reachable',
  'local-pref': 'higher local preference',
  'as-path-length': 'shorter AS path',
  origin: 'better origin',
  med: 'lower MED',
  external: 'eBGP before iBGP',
  'igp-metric': 'nearer next hop',
  'router-id': 'lower router ID',
  'cluster-list-length': 'fewer reflectors passed',
  'peer-address': 'lower peer address',
  older: 'it was there before',
}

const bird: Record<BirdEvent['code'], Sentence> = {
  'protocol-state': (s) => `${s.host} ${s.protocol} goes from ${s.before} to ${s.after}`,
  'bgp-state': (s, e) =>
    e.reason
      ? `${s.host} ${s.protocol} goes from ${s.before} to ${s.after}: ${s.reason}`
      : `${s.host} ${s.protocol} goes from ${s.before} to ${s.after}`,
  'session-established': (s) => `${s.host} ${s.protocol} is Established`,
  'session-lost': (s, e) =>
    e.reason ? `${s.host} ${s.protocol} is down: ${s.reason}` : `${s.host} ${s.protocol} is down`,
  'graceful-restart-detected': (s) => `${s.host} sees ${s.protocol} restart and keeps its routes as stale`,
  'graceful-restart-done': (s) => `${s.host} ${s.protocol} has restarted, routes are fresh again`,
  'graceful-restart-timeout': (s) => `${s.host} ${s.protocol} did not come back in time, its stale routes go`,
  'recovery-started': (s, e) =>
    e.waitingFor === 1
      ? `${s.host} BIRD holds its routes back until 1 peer has sent its End-of-RIB`
      : `${s.host} BIRD holds its routes back until ${s.count} peers have sent their End-of-RIB`,
  'recovery-done': (s, e) =>
    e.timedOut
      ? `${s.host} BIRD has waited long enough and writes its routes to the kernel`
      : `${s.host} BIRD has heard from all peers and writes its routes to the kernel`,
  reconfigured: (s, e) =>
    Array.isArray(e.changed) && e.changed.length > 0
      ? `${s.host} BIRD reconfigured ${s.protocol}`
      : `${s.host} BIRD reconfigured`,
  'config-refused': (s) => `${s.host} BIRD refuses the new configuration: ${s.reason}`,
  'connection-rejected': (s) => `${s.host} turns away a connection from ${s.address}`,
  'route-rejected': (s, e) => {
    switch (e.reason) {
      case 'own-as':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: own AS in the path`
      case 'originator-id':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: it is itself the originator`
      case 'cluster-list':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: own cluster ID in the cluster list`
      case 'import-filter':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: import filter`
      case 'invalid-prefix':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: not a valid prefix`
      case 'own-next-hop':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: next hop is its own address`
      case 'import-limit':
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: import limit reached`
      default:
        return `${s.host} rejects ${s.prefix} from ${s.protocol}: malformed`
    }
  },
  'best-changed': (s, e) =>
    e.protocol === null
      ? `${s.host} has no route to ${s.prefix} any more`
      : RULES[String(e.step)]
        ? `${s.host} prefers ${s.protocol} for ${s.prefix} (${RULES[String(e.step)]})`
        : `${s.host} has a route to ${s.prefix} from ${s.protocol}`,
  'kernel-error': (s) => `${s.host} kernel refuses ${s.prefix}: ${s.reason}`,
}

const cluster: Record<ClusterEvent['code'], Sentence> = {
  'node-registered': (s) => `${s.host} joins the cluster`,
  phase: (s, e) => {
    switch (e.phase) {
      case 'off':
        return `${s.host} is off`
      case 'booting':
        return `${s.host} boots`
      case 'registered':
        return `${s.host} has its Node object`
      case 'starting':
        return `${s.host} starts calico-node`
      default:
        return `${s.host} runs calico-node`
    }
  },
  'confd-rendered': (s) => `${s.host} confd renders ${s.files}`,
  'confd-failed': (s) => `${s.host} confd fails: ${s.reason}`,
  'bird-started': (s, e) => (e.recovery ? `${s.host} BIRD starts, in recovery` : `${s.host} BIRD starts`),
  'bird-stopped': (s, e) =>
    e.how === 'killed'
      ? `${s.host} BIRD is killed`
      : e.how === 'config-error'
        ? `${s.host} BIRD exits: error in its configuration`
        : `${s.host} BIRD stops`,
  'block-claimed': (s) => `${s.host} claims block ${s.prefix}`,
  'block-released': (s) => `${s.host} releases block ${s.prefix}`,
  'address-assigned': (s, e) =>
    e.borrowed ? `${s.pod} borrows ${s.address} from ${s.prefix}` : `${s.pod} gets ${s.address} from ${s.prefix}`,
  'address-released': (s) => `${s.pod} gives ${s.address} back`,
  'pod-failed': (s) => `${s.pod} cannot start: ${s.reason}`,
  resource: (s, e) =>
    e.verb === 'created'
      ? `${s.kind} ${s.name} is created`
      : e.verb === 'deleted'
        ? `${s.kind} ${s.name} is deleted`
        : `${s.kind} ${s.name} is changed`,
  refused: (s, e) =>
    e.by === 'operator'
      ? `The operator refuses: ${s.reason}`
      : e.by === 'bird'
        ? `BIRD refuses: ${s.reason}`
        : e.by === 'kubelet'
          ? `The kubelet refuses: ${s.reason}`
          : e.by === 'scenario'
            ? `Not done: ${s.reason}`
            : `The API refuses: ${s.reason}`,
  'not-simulated': (s) => `${s.kind} ${s.name} is stored but does not affect this simulation`,
  link: (s, e) => (e.up ? `${s.host} link to ${s.network} is up` : `${s.host} link to ${s.network} is down`),
  powered: (s, e) => (e.on ? `${s.host} is powered on` : `${s.host} is powered off`),
}

/** One message, and one to several hosts at once. */
const message: Record<MessageLook, { one: Sentence; many: Sentence }> = {
  OPEN: {
    one: (s) => `${s.from} sends ${s.look} to ${s.to}`,
    many: (s) => `${s.from} sends ${s.look} to ${s.count} peers`,
  },
  KEEPALIVE: {
    one: (s) => `${s.from} sends ${s.look} to ${s.to}`,
    many: (s) => `${s.from} sends ${s.look} to ${s.count} peers`,
  },
  UPDATE: {
    one: (s, e) =>
      e.more
        ? `${s.from} announces ${s.prefix} and ${s.more} more to ${s.to}`
        : `${s.from} announces ${s.prefix} to ${s.to}`,
    many: (s, e) =>
      e.more
        ? `${s.from} announces ${s.prefix} and ${s.more} more to ${s.count} peers`
        : `${s.from} announces ${s.prefix} to ${s.count} peers`,
  },
  WITHDRAW: {
    one: (s, e) =>
      e.more
        ? `${s.from} withdraws ${s.prefix} and ${s.more} more from ${s.to}`
        : `${s.from} withdraws ${s.prefix} from ${s.to}`,
    many: (s, e) =>
      e.more
        ? `${s.from} withdraws ${s.prefix} and ${s.more} more from ${s.count} peers`
        : `${s.from} withdraws ${s.prefix} from ${s.count} peers`,
  },
  'UPDATE+WITHDRAW': {
    one: (s) => `${s.from} announces ${s.prefix} and withdraws others at ${s.to}`,
    many: (s) => `${s.from} announces ${s.prefix} and withdraws others at ${s.count} peers`,
  },
  'END-OF-RIB': {
    one: (s) => `${s.from} tells ${s.to} that was all (End-of-RIB)`,
    many: (s) => `${s.from} tells ${s.count} peers that was all (End-of-RIB)`,
  },
  NOTIFICATION: {
    one: (s, e) =>
      e.detail ? `${s.from} sends ${s.look} ${s.detail} to ${s.to}` : `${s.from} sends ${s.look} to ${s.to}`,
    many: (s, e) =>
      e.detail
        ? `${s.from} sends ${s.look} ${s.detail} to ${s.count} peers`
        : `${s.from} sends ${s.look} to ${s.count} peers`,
  },
  'ROUTE-REFRESH': {
    one: (s, e) =>
      e.detail ? `${s.from} sends ${s.look} ${s.detail} to ${s.to}` : `${s.from} sends ${s.look} to ${s.to}`,
    many: (s, e) =>
      e.detail
        ? `${s.from} sends ${s.look} ${s.detail} to ${s.count} peers`
        : `${s.from} sends ${s.look} to ${s.count} peers`,
  },
}

/** What a person did. Also the label of its flag on the timeline. */
const action: Record<ActionName, Sentence> = {
  'add-node': (s) => `Add node ${s.name}`,
  'add-host': (s) => `Add router ${s.name}`,
  'remove-host': (s) => `Remove router ${s.name}`,
  'power-off': (s) => `Power off ${s.name}`,
  'power-on': (s) => `Power on ${s.name}`,
  'stop-bird': (s) => `Stop BIRD on ${s.name}`,
  'kill-bird': (s) => `Kill BIRD on ${s.name}`,
  'start-bird': (s) => `Start BIRD on ${s.name}`,
  'restart-calico-node': (s) => `Restart calico-node on ${s.name}`,
  'cut-link': (s) => `Cut link ${s.name} to ${s.network}`,
  'mend-link': (s) => `Mend link ${s.name} to ${s.network}`,
  apply: (s, e) => (Number(e.more) > 0 ? `Apply ${s.kind} ${s.name} and ${s.more} more` : `Apply ${s.kind} ${s.name}`),
  delete: (s, e) =>
    Number(e.more) > 0 ? `Delete ${s.kind} ${s.name} and ${s.more} more` : `Delete ${s.kind} ${s.name}`,
  'create-pod': (s, e) => (e.node ? `Create pod ${s.pod} on ${s.host}` : `Create pod ${s.pod}`),
  'delete-pod': (s) => `Delete pod ${s.pod}`,
  exec: (s) => `${s.name}: ${s.command}`,
  'set-bird-conf': (s) => `Edit bird.conf of ${s.name}`,
  'set-address': (s) => `Set address of ${s.name} to ${s.address}`,
}

export const events = {
  label: 'Events',
  count: (count: number) => `${count} ${count === 1 ? 'event' : 'events'}`,
  list: 'Events in order of time',
  allNodes: 'All nodes',
  filter: 'Filter',
  filterHost: 'Node',
  filterKind: 'Kind',
  kinds: {
    messages: 'Messages',
    keepalives: 'KEEPALIVE',
    sessions: 'Sessions',
    states: 'State changes',
    routes: 'Routes',
    calico: 'Calico and Kubernetes',
    actions: 'Actions',
    loss: 'Traffic loss and convergence',
  },
  nothing: (kinds: string, from: string, to: string) => `No ${kinds} between ${from} and ${to}`,
  nothingYet: 'Nothing has happened yet',
  clear: 'Clear filter',
  you: 'you',
  lost: 'lost',
  unknown: 'unknown host',
  actionFailed: (action: string) => `${action} failed`,
  /** The rule of best-path selection that decided. */
  steps: {
    preference: 'higher preference',
    'protocol-kind': 'kind of protocol',
    'not-suppressed': 'not suppressed',
    resolvable: 'next hop can be reached',
    'local-pref': 'higher local preference',
    'as-path-length': 'shorter AS path',
    origin: 'better origin',
    med: 'lower MED',
    external: 'external before internal',
    'igp-metric': 'nearer next hop',
    'router-id': 'lower router ID',
    'cluster-list-length': 'shorter cluster list',
    'peer-address': 'lower peer address',
  } as Readonly<Record<string, string>>,
  sentence: {
    bird,
    cluster,
    message,
    action,
    command: ((s) => `${s.command}: ${s.reply}`) as Sentence,
    lossBegins: ((s) => `${s.lost} of ${s.total} pod pairs lose traffic`) as Sentence,
    lossEnds: ((s) => `All ${s.total} pod pairs reach each other again`) as Sentence,
    converged: ((s) => `Converged after ${s.seconds}`) as Sentence,
  },
}
