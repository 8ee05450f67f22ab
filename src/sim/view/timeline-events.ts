// Rows of the event list. The same message sent to several receivers at one moment is one row; KEEPALIVEs, steps of the
// session machine and changes of a best route that follow from a message have none of their own.
import type { Micros } from '../bird/ports.ts'
import type { Entry, HostId, MessageRecord } from '../recording/types.ts'
import type { Action } from '../scenario/types.ts'
import { cargo, messageDetailText, messageLook } from './message-view.ts'
import { plainEvent } from './plain-event.ts'
import type { EventView } from './types.ts'

/** Copies of a message that leave within this time are one row. */
const ONE_MOMENT: Micros = 2_000
const UNLISTED: ReadonlySet<string> = new Set(['bgp-state', 'protocol-state', 'best-changed'])
const WARNINGS: ReadonlySet<string> = new Set([
  'refused',
  'not-simulated',
  'confd-failed',
  'pod-failed',
  'config-refused',
])

interface Row {
  at: Micros
  receivers: number
  view: EventView
  body: Extract<EventView['body'], { type: 'message' }>
}

export class EventRows {
  readonly rows: EventView[] = []
  readonly warnings: EventView[] = []
  readonly #hosts: readonly string[]
  readonly #open = new Map<string, Row>()

  constructor(hosts: readonly string[]) {
    this.#hosts = hosts
  }

  /** `action` belongs to an entry of kind action. */
  take(at: Micros, entry: Entry, actions: readonly Action[]): void {
    switch (entry.kind) {
      case 'message':
        if (entry.record.message.type !== 'KEEPALIVE') this.#message(at, entry.record)
        break
      case 'bird':
        if (!UNLISTED.has(entry.event.code)) {
          this.#add(at, entry.host, { type: 'bird', event: plainEvent(entry.event) })
        }
        break
      case 'event':
        this.#add(at, entry.host, { type: 'cluster', event: plainEvent(entry.event) })
        break
      case 'action': {
        const action = actions[entry.index]
        if (action !== undefined) this.#add(at, null, { type: 'action', index: entry.index, action })
        break
      }
      case 'command':
        this.#add(at, entry.host, { type: 'command', ...entry.record })
        break
      default:
    }
  }

  #add(at: Micros, host: HostId | null, body: EventView['body']): EventView {
    const view = { at, host: host === null ? null : (this.#hosts[host] ?? null), body }
    this.rows.push(view)
    if ((body.type === 'bird' || body.type === 'cluster') && WARNINGS.has(body.event.code)) this.warnings.push(view)
    return view
  }

  #message(at: Micros, record: MessageRecord): void {
    const { message } = record
    const look = messageLook(message)
    const { prefix, prefixCount } = cargo(message)
    const detail = messageDetailText(message)
    const key = `${record.from} ${look} ${prefix} ${prefixCount} ${detail}`
    const open = this.#open.get(key)
    if (open !== undefined && at - open.at <= ONE_MOMENT) {
      open.receivers++
      open.body.receivers = open.receivers
      return
    }
    const to = record.to === null ? null : (this.#hosts[record.to] ?? null)
    const from = this.#hosts[record.from] ?? ''
    const body: Row['body'] = { type: 'message', look, id: record.id, from, to, prefix, prefixCount, detail }
    this.#open.set(key, { at, receivers: 1, view: this.#add(at, record.from, body), body })
  }
}
