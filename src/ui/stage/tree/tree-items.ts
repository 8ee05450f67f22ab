// The stage as a tree for assistive tools (section 20): network > host > sessions, blocks, pods, links; then messages in
// flight. Pure: items with their words, their selection and the box they lie on.
import type { ClusterView, HostView, MessageView, SessionView } from '../../../sim/index.ts'
import type { stage as catalog } from '../../i18n/en/stage.ts'
import { duration } from '../../i18n/time.ts'
import { type Box, pointAlong } from '../geometry.ts'
import type { Layout } from '../layout/types.ts'
import { lineOf, shareOf } from '../messages/flight.ts'
import type { Picked } from '../pick.ts'

export interface TreeItem {
  key: string
  level: 1 | 2 | 3
  name: string
  /** World box it lies on; null: it has no place (a heading). */
  box: Box | null
  picked: Picked | null
  expanded: boolean | null
  setSize: number
  position: number
}

interface TreeInput {
  view: ClusterView
  layout: Layout
  at: number
  text: typeof catalog
  expanded: ReadonlySet<string>
  states: (host: HostView) => string
}

export function treeItems(input: TreeInput): TreeItem[] {
  const { view, layout, text, expanded } = input
  const items: TreeItem[] = []
  const tops: { key: string; name: string; box: Box | null; picked: Picked | null; hosts: HostView[] }[] =
    layout.plates.map((plate) => ({
      key: `plate ${plate.network}`,
      name: plate.kind === 'cluster' ? text.cluster.name(plate.cidr) : text.outside.name(plate.cidr),
      box: plate.box,
      picked: { type: 'plate', network: plate.network },
      hosts: view.hosts.filter((host) => layout.places.get(host.name)?.plate === plate.network),
    }))
  const loose = view.hosts.filter((host) => layout.places.get(host.name)?.plate == null)
  for (const host of loose) tops.push({ key: `top ${host.name}`, name: '', box: null, picked: null, hosts: [host] })
  const messages = view.messages.filter((message) => input.at >= message.sentAt && input.at < message.arrivesAt)
  const setSize = tops.length + (messages.length > 0 ? 1 : 0)
  tops.forEach((top, i) => {
    if (top.name === '') {
      pushHost(items, input, { host: top.hosts[0]!, level: 1, setSize, position: i + 1 })
      return
    }
    items.push({
      key: top.key,
      level: 1,
      name: top.name,
      box: top.box,
      picked: top.picked,
      expanded: true,
      setSize,
      position: i + 1,
    })
    top.hosts.forEach((host, j) => {
      pushHost(items, input, { host, level: 2, setSize: top.hosts.length, position: j + 1 })
    })
  })
  if (messages.length === 0) return items
  const open = expanded.has('messages')
  items.push({
    key: 'messages',
    level: 1,
    name: text.names.messages,
    box: null,
    picked: null,
    expanded: open,
    setSize,
    position: setSize,
  })
  if (open)
    messages.slice(0, 60).forEach((message, i) => {
      const rest = { setSize: messages.length, position: i + 1 }
      items.push({
        key: `message ${message.id}`,
        level: 2,
        name: messageName(message, input),
        box: messageBox(message, input),
        picked: { type: 'message', id: message.id },
        expanded: null,
        ...rest,
      })
    })
  return items
}

interface HostRow {
  host: HostView
  level: 1 | 2
  setSize: number
  position: number
}

function pushHost(items: TreeItem[], input: TreeInput, { host, level, ...rest }: HostRow): void {
  const { view, layout, text, expanded } = input
  const place = layout.places.get(host.name)
  if (!place) return
  const key = `host ${host.name}`
  const open = expanded.has(key)
  items.push({
    key,
    level,
    name: hostName(host, place.role === 'gateway', input),
    box: place.box,
    picked: { type: 'host', name: host.name },
    expanded: open,
    ...rest,
  })
  if (!open) return
  const children: Pick<TreeItem, 'key' | 'name' | 'box' | 'picked'>[] = []
  for (const session of view.sessions) {
    if (session.a.host !== host.name && session.b?.host !== host.name) continue
    const path = layout.sessions.get(session.id)
    const at = path ? pointAlong(path.curve, 0.5) : null
    const box = at ? { x: at.x - 14, y: at.y - 14, w: 28, h: 28 } : null
    children.push({
      key: `session ${session.id}`,
      name: sessionName(session, text),
      box,
      picked: { type: 'session', id: session.id },
    })
  }
  for (const block of host.blocks) {
    children.push({
      key: `block ${block.cidr}`,
      name: text.names.block(block.cidr, block.used, block.size),
      box: place.box,
      picked: { type: 'block', cidr: block.cidr, host: host.name },
    })
    for (const pod of block.pods) {
      const name =
        pod.address === null
          ? text.names.podWithoutAddress(pod.id, pod.phase)
          : text.names.pod(pod.id, pod.phase, pod.address)
      children.push({
        key: `pod ${pod.id}`,
        name,
        box: place.box,
        picked: { type: 'pod', id: pod.id, host: host.name },
      })
    }
  }
  for (const link of host.links) {
    const wire = layout.wires.find((each) => each.host === host.name && each.network === link.network)
    const box = wire ? { x: wire.middle.x - 12, y: wire.middle.y - 12, w: 24, h: 24 } : null
    const name = link.up ? text.names.link(host.name, link.network) : text.names.linkCut(host.name, link.network)
    children.push({
      key: `link ${host.name} ${link.network}`,
      name,
      box,
      picked: { type: 'link', host: host.name, network: link.network },
    })
  }
  const childLevel = level === 1 ? 2 : 3
  children.forEach((child, i) => {
    items.push({ ...child, level: childLevel, expanded: null, setSize: children.length, position: i + 1 })
  })
}

function hostName(host: HostView, gateway: boolean, { text, states }: TreeInput): string {
  const { names } = text
  const facts: string[] = []
  if (host.address !== null) facts.push(host.address)
  if (host.asNumber !== null) facts.push(text.as(host.asNumber))
  const state = states(host)
  if (state !== '') facts.push(state)
  if (host.sessionsTotal > 0) facts.push(names.sessionsUp(host.sessionsEstablished, host.sessionsTotal))
  if (host.kind === 'node') {
    const pods = host.blocks.reduce((sum, block) => sum + block.pods.length, 0)
    facts.push(names.blocks(host.blocks.length), names.pods(pods))
  }
  for (const prefix of host.prefixes) facts.push(names.prefix(prefix))
  return names.host(host.name, gateway ? names.gateway : names[host.kind], facts)
}

export function sessionName(session: SessionView, text: typeof catalog): string {
  const kind = session.ebgp ? 'eBGP' : 'iBGP'
  const other = session.b?.host ?? session.remoteAddress
  const state =
    session.look === 'established' || session.look === 'silent'
      ? text.look.established
      : session.look === 'opening'
        ? session.a.bgpState
        : text.look[session.look]
  const { hold } = session
  const silent =
    session.look === 'silent' && hold
      ? text.names.silent(hold.heardSecondsAgo.toFixed(1), Math.ceil(hold.remainingSeconds))
      : null
  return text.names.session(session.a.host, other, kind, silent === null ? state : `${state}, ${silent}`)
}

export function messageName(message: MessageView, { text, at }: Pick<TreeInput, 'text' | 'at'>): string {
  const { names } = text
  const lands = duration(Math.max(0, message.arrivesAt - at))
  const to = message.to ?? '?'
  if (message.prefix === null) return names.message(message.look, message.from, to, lands)
  const prefix = message.prefixCount > 1 ? `${message.prefix} ${text.more(message.prefixCount - 1)}` : message.prefix
  const words = message.look === 'WITHDRAW' ? names.withdraws : names.announces
  return words(message.look, message.from, to, prefix, lands)
}

function messageBox(message: MessageView, { layout, at }: TreeInput): Box | null {
  const line = lineOf(message, layout)
  if (!line) return null
  const share = shareOf(message, at)
  const p = pointAlong(line.curve, line.forward ? share : 1 - share)
  return { x: p.x - 14, y: p.y - 14, w: 28, h: 28 }
}
