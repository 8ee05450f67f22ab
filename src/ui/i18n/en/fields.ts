// English of the message inspector's explanations: one sentence or two per code of the field tree (bgp/codec/field-tree*.ts).
// Facts are those of RFC 4271 and of the RFC named in the sentence. Words between backquotes are shown as code.
export interface FieldFacts {
  value: string
  length: number
  data: Readonly<Record<string, string | number>>
}
export type FieldSentence = (field: FieldFacts) => string

const bytes = (count: number | string | undefined) => `${count} ${Number(count) === 1 ? 'byte' : 'bytes'}`
const prefixes = (count: number | string | undefined) => `${count} ${Number(count) === 1 ? 'prefix' : 'prefixes'}`

const header = {
  header: () => 'Every BGP message begins with these 19 bytes: marker, length and type.',
  marker: () => 'Sixteen bytes of ones show where a message begins. Anything else is answered with NOTIFICATION 1/1.',
  'message-length': (f) =>
    `The whole message takes ${f.value} bytes, header included. It may be 19 to 4096 bytes long.`,
  'message-type': ({ data }) => {
    switch (data.type) {
      case 'OPEN':
        return 'Type 1 is OPEN: each side introduces itself once, right after TCP has connected.'
      case 'UPDATE':
        return 'Type 2 is UPDATE: it announces routes, withdraws routes, or both.'
      case 'NOTIFICATION':
        return 'Type 3 is NOTIFICATION: it says what went wrong, and the connection is closed after it.'
      case 'KEEPALIVE':
        return 'Type 4 is KEEPALIVE: only a header. It says that the sender is still there and restarts the hold timer.'
      default:
        return 'Type 5 is ROUTE-REFRESH (RFC 2918): it asks for all routes again, or frames such an answer (RFC 7313).'
    }
  },
} satisfies Record<string, FieldSentence>

const open = {
  version: (f) => `BGP version ${f.value}. Version 4 is the only one in use.`,
  'my-as': (f) =>
    f.data.value === 23456
      ? 'Two bytes cannot hold this AS number, so AS_TRANS stands here. The real one is in capability 65.'
      : `The sender says that it belongs to AS ${f.value}. The receiver compares it with its own configuration.`,
  'hold-time': (f) =>
    `The sender offers a hold time of ${f.value}. Both sides use the smaller of the two offers; silence for that long ends the session.`,
  'bgp-identifier': (f) =>
    `The sender's router ID, \`${f.value}\`. It decides which connection stays when two collide.`,
  'parameters-length': (f) => `${bytes(f.data.value)} of optional parameters follow. Capabilities travel in them.`,
  capabilities: ({ data }) =>
    `One optional parameter of ${bytes(data.bytes)} carries everything that the sender is able to do (RFC 5492).`,
  'parameter-type': () => 'Parameter type 2 means that capabilities follow.',
  'parameter-length': (f) => `The capabilities take ${bytes(f.data.value)}.`,
  'capability-code': (f) => `The number of the capability, ${f.value}. IANA keeps the list.`,
  'capability-length': (f) =>
    f.data.value === 0
      ? 'No value follows: to name the capability is enough.'
      : `The value takes ${bytes(f.data.value)}.`,
  'capability-1': (f) => `Multiprotocol extensions (RFC 4760): the sender exchanges routes of ${f.value}.`,
  'capability-2': () => 'Route refresh (RFC 2918): the peer may ask for all routes again without a new session.',
  'capability-6': () => 'Extended messages (RFC 8654): messages may be longer than 4096 bytes.',
  'capability-64': (f) =>
    `Graceful restart (RFC 4724), ${f.value}. R says that the sender has just restarted, F that it kept forwarding meanwhile.`,
  'capability-65': (f) =>
    `Four-octet AS numbers (RFC 6793): the sender is AS ${f.value}, and paths use four bytes per AS.`,
  'capability-69': (f) =>
    `ADD-PATH (RFC 7911), ${f.value}: several paths of one prefix can stand side by side, each with its own identifier.`,
  'capability-70': () =>
    'Enhanced route refresh (RFC 7313): a refresh is framed by BoRR and EoRR, so stale routes are found.',
  'capability-71': (f) => `Long-lived graceful restart: stale routes may be kept for ${f.value || 'a long time'}.`,
  'capability-unknown': ({ data }) => `Capability ${data.capability}. This BIRD does not know it and passes over it.`,
  afi: (f) => `Address family ${f.value}: 1 is IPv4, 2 is IPv6.`,
  safi: (f) => `Subsequent address family ${f.value}: 1 means routes for ordinary unicast forwarding.`,
  reserved: () => 'A byte without meaning; the sender writes zero.',
  'restart-time': (f) =>
    `${f.value}: the highest bit is R, the other twelve say how long the peer should wait for a restart.`,
  'add-path-mode': (f) => `${f.value}: whether the sender wants to receive several paths, to send them, or both.`,
  'forwarding-flag': (f) => `${f.value}: 1 means that forwarding went on for this family while BGP restarted.`,
  'stale-time': (f) => `Routes may stay stale for ${f.value}.`,
} satisfies Record<string, FieldSentence>

const update = {
  withdrawn: ({ data }) =>
    data.count === 0
      ? 'Length 0: this message withdraws nothing.'
      : `${prefixes(data.count)} can no longer be reached through the sender.`,
  'withdrawn-length': (f) => `The withdrawn prefixes take ${bytes(f.data.value)}.`,
  'attributes-length': (f) =>
    f.data.value === 0
      ? 'Length 0: no attributes, so nothing is announced.'
      : `The path attributes take ${bytes(f.data.value)}. What is left behind them are the announced prefixes.`,
  attributes: () => 'The attributes describe one path. They hold for every prefix announced in this message.',
  nlri: ({ data }) =>
    `Network layer reachability information: the sender announces ${prefixes(data.count)} with the path above.`,
  prefix: ({ data }) =>
    data.bits === 0
      ? 'The first byte says 0 bits, so no address follows: this is the default route.'
      : `The first byte says ${data.bits} bits. A prefix of ${data.bits} bits needs ${bytes(data.bytes)}, so the address follows in ${bytes(data.bytes)}. Bits beyond ${data.bits} are zero.`,
  'prefix-add-path': ({ data }) =>
    `With ADD-PATH a path identifier of four bytes comes first. Then a byte says ${data.bits} bits, and the address follows in ${bytes(data.bytes)}.`,
  'path-id': (f) => `Path ${f.value} of this prefix. The sender chose the number; it only tells its paths apart.`,
  'prefix-length': ({ data }) => `${data.bits} bits of the address belong to the prefix.`,
  'prefix-address': ({ data }) =>
    `The ${data.bytes} leading bytes of the address; trailing bytes that the length does not cover are left out.`,
} satisfies Record<string, FieldSentence>

const attributes = {
  'attribute-flags': ({ data }) =>
    `This attribute is ${data.flags}. Optional ones may be unknown to a router; transitive ones are passed on all the same.`,
  'attribute-type': ({ data, value }) => `Type ${value.split(',', 1)[0]} is ${data.name}.`,
  'attribute-length': (f) => `The value takes ${bytes(f.data.value)}.`,
  'attribute-1': (f) => `How the route came into BGP: ${f.value}. BIRD prefers IGP to EGP and EGP to INCOMPLETE.`,
  'attribute-2': (f) =>
    f.value === ''
      ? 'The path is empty: the prefix originates in this AS and has not left it.'
      : `The route came through AS \`${f.value}\`, the nearest first. A router that finds its own AS here refuses the path.`,
  'attribute-3': (f) => `Packets for these prefixes should be sent to \`${f.value}\`.`,
  'attribute-4': (f) =>
    `Among several links to the same neighbor AS the lowest value is preferred; here it is ${f.value}.`,
  'attribute-5': (f) =>
    `How much this AS likes the path: ${f.value}. The highest wins, before path length is looked at. Only iBGP carries it.`,
  'attribute-6': () => 'Somewhere a router has aggregated routes and left out parts of the path.',
  'attribute-7': (f) => `The router that aggregated the route: AS and address \`${f.value}\`.`,
  'attribute-8': (f) => `Labels on the route for filters to act on: \`${f.value}\`.`,
  'attribute-9': (f) =>
    `The router that brought the route into this AS, \`${f.value}\`. It refuses the route when it sees itself (RFC 4456).`,
  'attribute-10': (f) =>
    `Route reflectors that the route has passed: \`${f.value}\`. A reflector that finds its own cluster refuses it (RFC 4456).`,
  'attribute-14': () => 'Announced prefixes of another address family, with their next hop (RFC 4760).',
  'attribute-15': () => 'Withdrawn prefixes of another address family (RFC 4760).',
  'attribute-16': (f) => `Longer labels of eight bytes each (RFC 4360): \`${f.value}\`.`,
  'attribute-17': (f) =>
    `The path with four bytes per AS, for those behind a router that only knows two: \`${f.value}\`.`,
  'attribute-18': (f) => `The aggregator with four bytes per AS: \`${f.value}\`.`,
  'attribute-32': (f) => `Large communities, three numbers of four bytes each (RFC 8092): \`${f.value}\`.`,
  'attribute-unknown': ({ data }) =>
    `This BIRD does not know attribute ${data.type}. It keeps it when it is transitive and drops it when not.`,
  'value-1': (f) => `0 is IGP, 1 is EGP, 2 is INCOMPLETE. Here: ${f.value}.`,
  'value-3': (f) => `The address of the next hop, \`${f.value}\`.`,
  'value-4': (f) => `A number of four bytes, ${f.value}; lower is better.`,
  'value-5': (f) => `A number of four bytes, ${f.value}; higher is better.`,
  'value-9': (f) => `A router ID in four bytes, \`${f.value}\`.`,
  'value-14': () => 'Family, next hop and prefixes, as they came.',
  'value-15': () => 'Family and prefixes, as they came.',
  'value-unknown': () => 'The value as it came; BIRD does not look into it.',
  'item-8': (f) => `The two halves are an AS and a number of its own choice: \`${f.value}\`.`,
  'item-10': (f) => `One cluster that the route has passed, \`${f.value}\`.`,
  'item-16': (f) => `One extended community of eight bytes, \`${f.value}\`.`,
  'item-32': (f) => `One large community: the AS that defined it and two numbers of its own, \`${f.value}\`.`,
  'as-segment': ({ data }) =>
    data.kind === 'AS_SET'
      ? `A set of ${data.count} AS numbers without order. It counts as one step.`
      : `A sequence of ${data.count} AS ${Number(data.count) === 1 ? 'number' : 'numbers'} in the order they were added, the newest first.`,
  'segment-type': ({ data }) => `The kind of segment: ${data.kind}.`,
  'segment-length': (f) => `${f.value} AS ${f.data.value === 1 ? 'number follows' : 'numbers follow'}.`,
  'as-number': (f) => `AS ${f.value} in ${bytes(f.length)}.`,
  'aggregator-address': (f) => `The router ID of the aggregator, \`${f.value}\`.`,
} satisfies Record<string, FieldSentence>

const rest = {
  'error-code': ({ data }) =>
    `Error ${data.error}. 1 is the header, 2 the OPEN, 3 the UPDATE, 4 the hold timer, 5 the state machine, 6 a cease, 7 a refresh.`,
  'error-subcode': ({ data }) =>
    data.subcode === 0
      ? 'Subcode 0: nothing more precise is said.'
      : `Subcode ${data.subcode} says it exactly: ${data.text}.`,
  'error-data': ({ data, value }) => {
    if (data.error === 2 && data.subcode === 2) return `The AS number that was found and not expected: ${value}.`
    if (data.error === 6) return `A sentence for the operator on the other side (RFC 8203): ${value}.`
    return 'What the receiver objects to, as it came.'
  },
  'refresh-subtype': (f) => {
    if (f.data.value === 1)
      return 'BoRR, begin of route refresh: all routes follow; what is not among them is stale (RFC 7313).'
    if (f.data.value === 2) return 'EoRR, end of route refresh: what has not come again is removed now (RFC 7313).'
    if (f.data.value !== 0) return 'A subtype that RFC 7313 does not define: the message is ignored.'
    return 'Subtype 0 is the request itself: please send everything again (RFC 2918).'
  },
} satisfies Record<string, FieldSentence>

const catalog = { ...header, ...open, ...update, ...attributes, ...rest }
export type FieldCode = keyof typeof catalog
export const fields: Record<FieldCode, FieldSentence> = catalog
