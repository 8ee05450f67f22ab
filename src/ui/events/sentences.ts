// From an event of the recording to a whole sentence in the language in force, as parts: plain words, and slots that the
// list draws (a host in bold, a prefix with its swatch). Pure; the catalog has one function per code.
import type { Action, EventView, LossView, MessageLook, Target } from '../../sim/index.ts'
import type { events as catalog, Sentence, SlotName, Slots, Values } from '../i18n/en/events.ts'
import { manifestSubject } from '../i18n/manifest-subject.ts'

export interface Part {
  slot: SlotName | null
  text: string
}

export type Catalog = typeof catalog

export interface MessageGroup {
  look: MessageLook
  id: number
  from: string
  /** One or more receivers; null: no host has that address. */
  to: readonly (string | null)[]
  prefix: string | null
  prefixCount: number
  detail: string | null
}

export type Statement =
  | { type: 'event'; event: EventView }
  | { type: 'messages'; group: MessageGroup }
  | { type: 'loss-begins'; loss: LossView }
  | { type: 'loss-ends'; loss: LossView }
  | { type: 'converged'; length: string }

const SLOT_NAMES: readonly SlotName[] = [
  'host',
  'from',
  'to',
  'look',
  'prefix',
  'count',
  'more',
  'detail',
  'protocol',
  'before',
  'after',
  'reason',
  'network',
  'pod',
  'address',
  'name',
  'kind',
  'files',
  'command',
  'reply',
  'seconds',
  'lost',
  'total',
]

const MARKS = Object.fromEntries(SLOT_NAMES.map((name) => [name, `⟦${name}⟧`])) as unknown as Slots
const MARKED = /⟦(\w+)⟧/g

export function partsOf(statement: Statement, t: Catalog): Part[] {
  const { sentence, slots, values } = phrase(statement, t)
  const marked = sentence(MARKS, values)
  const parts: Part[] = []
  let end = 0
  for (const match of marked.matchAll(MARKED)) {
    if (match.index > end) parts.push({ slot: null, text: marked.slice(end, match.index) })
    const slot = match[1] as SlotName
    parts.push({ slot, text: slots[slot] ?? '' })
    end = match.index + match[0].length
  }
  if (end < marked.length) parts.push({ slot: null, text: marked.slice(end) })
  return parts
}

export function plainText(statement: Statement, t: Catalog): string {
  return partsOf(statement, t)
    .map(({ text }) => text)
    .join('')
}

export function actionText(action: Action, t: Catalog): string {
  return plainText(
    { type: 'event', event: { at: action.at, host: null, body: { type: 'action', index: 0, action } } },
    t,
  )
}

interface Phrase {
  sentence: Sentence
  slots: Partial<Record<SlotName, string>>
  values: Values
}

function phrase(statement: Statement, t: Catalog): Phrase {
  switch (statement.type) {
    case 'messages':
      return messagePhrase(statement.group, t)
    case 'loss-begins':
    case 'loss-ends': {
      const { lost, total } = statement.loss
      const sentence = statement.type === 'loss-begins' ? t.sentence.lossBegins : t.sentence.lossEnds
      return { sentence, slots: { lost: String(lost), total: String(total) }, values: {} }
    }
    case 'converged':
      return { sentence: t.sentence.converged, slots: { seconds: statement.length }, values: {} }
    default:
      return eventPhrase(statement.event, t)
  }
}

function messagePhrase(group: MessageGroup, t: Catalog): Phrase {
  const { one, many } = t.sentence.message[group.look]
  const more = group.prefixCount > 1 ? group.prefixCount - 1 : 0
  const slots = {
    from: group.from,
    to: group.to[0] ?? t.unknown,
    count: String(group.to.length),
    look: group.look,
    prefix: group.prefix ?? '',
    more: String(more),
    detail: group.detail ?? '',
  }
  return { sentence: group.to.length > 1 ? many : one, slots, values: { more, detail: group.detail } }
}

function eventPhrase({ host, body }: EventView, t: Catalog): Phrase {
  switch (body.type) {
    case 'message':
      return messagePhrase({ ...body, to: [body.to] }, t)
    case 'bird':
      return { sentence: t.sentence.bird[body.event.code], slots: plainSlots(host, body.event, t), values: body.event }
    case 'cluster':
      return {
        sentence: t.sentence.cluster[body.event.code],
        slots: plainSlots(host, body.event, t),
        values: body.event,
      }
    case 'action':
      return actionPhrase(body.action, t)
    default:
      return {
        sentence: t.sentence.command,
        slots: { command: body.command, reply: firstLine(body.reply) },
        values: {},
      }
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''
const word = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : value == null ? '' : String(value))

const stepWord = (step: unknown, t: Catalog): string => t.steps[word(step)] ?? word(step)

/** The fields of BIRD's and the cluster's events under the names that sentences use. */
function plainSlots(host: string | null, event: Values, t: Catalog): Partial<Record<SlotName, string>> {
  return {
    host: host ?? '',
    protocol: event.code === 'reconfigured' ? word(event.changed) : word(event.protocol),
    before: word(event.from),
    after: word(event.to),
    address: word(event.code === 'connection-rejected' ? event.from : event.address),
    reason: word(event.reason ?? event.error ?? event.message) || stepWord(event.step, t),
    prefix: word(event.prefix ?? event.block),
    count: word(event.waitingFor),
    files: word(event.files),
    network: word(event.network),
    pod: word(event.pod),
    kind: word(event.kind),
    name: word(event.name),
  }
}

function targetName(target: Target): string {
  return target.kind === 'link' ? target.host : target.name
}

function actionPhrase(action: Action, t: Catalog): Phrase {
  const sentence = t.sentence.action[action.action]
  switch (action.action) {
    case 'add-node':
    case 'add-host':
      return { sentence, slots: { name: action.name }, values: {} }
    case 'apply':
    case 'delete': {
      const { kind, name, count } = manifestSubject(action.manifest)
      return {
        sentence,
        slots: { kind: kind ?? '', name: name ?? '', more: String(count - 1) },
        values: { more: count - 1 },
      }
    }
    case 'create-pod':
      return { sentence, slots: { pod: action.pod, host: action.node ?? '' }, values: { node: action.node } }
    case 'delete-pod':
      return { sentence, slots: { pod: action.pod }, values: {} }
    default: {
      const { target } = action
      const slots: Partial<Record<SlotName, string>> = { name: targetName(target) }
      if (target.kind === 'link') slots.network = target.network
      if (action.action === 'exec') slots.command = action.command
      if (action.action === 'set-address') slots.address = action.address
      return { sentence, slots, values: {} }
    }
  }
}
