// Rows of the event list: what happened, with messages of one kind from one host at one moment joined ("to 3 peers"), and
// the beginnings and ends of traffic loss and convergence put in between. Pure; made once per index.
import type { EventView, MessageLook, Micros, TimelineIndex } from '../../sim/index.ts'
import { duration } from '../i18n/time.ts'
import type { MessageGroup, Statement } from './sentences.ts'

export const KINDS = ['messages', 'keepalives', 'sessions', 'states', 'routes', 'calico', 'actions', 'loss'] as const
export type Kind = (typeof KINDS)[number]

export interface Row {
  at: Micros
  kind: Kind
  /** Hosts it concerns, for the filter. */
  hosts: readonly string[]
  look: MessageLook | null
  statement: Statement
}

/** Messages of one kind from one host this close together are one row. */
const TOGETHER: Micros = 1500

const STATES = new Set(['protocol-state', 'bgp-state'])
const ROUTES = new Set(['best-changed', 'route-rejected', 'kernel-error'])

function kindOf({ body }: EventView): Kind {
  switch (body.type) {
    case 'message':
      return body.look === 'KEEPALIVE' ? 'keepalives' : 'messages'
    case 'bird':
      return STATES.has(body.event.code) ? 'states' : ROUTES.has(body.event.code) ? 'routes' : 'sessions'
    case 'cluster':
      return body.event.code === 'powered' || body.event.code === 'link' ? 'actions' : 'calico'
    default:
      return 'actions'
  }
}

interface OpenGroup {
  at: Micros
  group: MessageGroup & { to: (string | null)[] }
  hosts: string[]
}

export function rowsOf(index: TimelineIndex): Row[] {
  const rows: Row[] = []
  const open = new Map<string, OpenGroup>()
  for (const event of index.events) {
    const { body } = event
    if (body.type !== 'message') {
      const hosts = event.host === null ? [] : [event.host]
      rows.push({ at: event.at, kind: kindOf(event), hosts, look: null, statement: { type: 'event', event } })
      continue
    }
    const key = `${body.look}\n${body.from}\n${body.prefix}\n${body.prefixCount}\n${body.detail}`
    const group = open.get(key)
    if (group && event.at - group.at <= TOGETHER && !group.group.to.includes(body.to)) {
      group.group.to.push(body.to)
      if (body.to !== null) group.hosts.push(body.to)
      continue
    }
    const { look, id, from, prefix, prefixCount, detail } = body
    const fresh: OpenGroup = {
      at: event.at,
      group: { look, id, from, to: [body.to], prefix, prefixCount, detail },
      hosts: body.to === null ? [from] : [from, body.to],
    }
    open.set(key, fresh)
    const statement: Statement = { type: 'messages', group: fresh.group }
    rows.push({ at: event.at, kind: kindOf(event), hosts: fresh.hosts, look, statement })
  }
  return merge(rows, marksOf(index))
}

function marksOf(index: TimelineIndex): Row[] {
  const marks: Row[] = []
  const mark = (at: Micros, statement: Statement) => {
    marks.push({ at, kind: 'loss', hosts: [], look: null, statement })
  }
  for (const loss of index.loss) {
    const before = index.loss.find((other) => other.to === loss.from)
    if (!before || before.lost !== loss.lost) mark(loss.from, { type: 'loss-begins', loss })
    const goesOn = loss.to !== null && index.loss.some((other) => other.from === loss.to)
    if (loss.to !== null && !goesOn) mark(loss.to, { type: 'loss-ends', loss })
  }
  for (const { from, to } of index.convergence)
    if (to !== null) mark(to, { type: 'converged', length: duration(to - from) })
  return marks.sort((a, b) => a.at - b.at)
}

function merge(rows: readonly Row[], marks: readonly Row[]): Row[] {
  const out: Row[] = []
  let m = 0
  for (const row of rows) {
    while (m < marks.length && marks[m]!.at < row.at) out.push(marks[m++]!)
    out.push(row)
  }
  out.push(...marks.slice(m))
  return out
}

export interface RowFilter {
  host: string | null
  kinds: ReadonlySet<Kind>
  hiddenLooks: ReadonlySet<string>
}

export function filterRows(rows: readonly Row[], filter: RowFilter): Row[] {
  return rows.filter(
    (row) =>
      filter.kinds.has(row.kind) &&
      (row.look === null || !filter.hiddenLooks.has(row.look)) &&
      (filter.host === null || row.hosts.length === 0 || row.hosts.includes(filter.host)),
  )
}

/** Index of the last row at or before a time; -1 when there is none. */
export function rowAt(rows: readonly Row[], at: Micros): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
