// The context menus of the stage (section 8), as far as this version can do what they say. Order: inspect, act, break, remove.
import type { HostView, SessionView, Target } from '../../sim/index.ts'
import { addRouter } from '../actions/add-router.ts'
import { perform } from '../actions/perform.ts'
import { editBirdConf, editObject } from '../editor/editor-store.ts'
import { text } from '../i18n/text.ts'
import { openMessage } from '../inspector/message/message-view.ts'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { pause, seek } from '../player/player.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { select } from '../store/selection.ts'
import type { UserAction } from '../store/types.ts'
import { fitAll, focusHost } from './camera.ts'
import { hostNames } from './host-names.ts'
import { nextName, nextNodeName } from './new-names.ts'
import type { Picked } from './pick.ts'
import { shortNames } from './short-name.ts'
import { resetPositions, useStage } from './stage-store.ts'

interface ItemOptions {
  shortcut?: string
  danger?: boolean
}

const item = (id: string, label: string, run: () => void, options: ItemOptions = {}): MenuEntry => ({
  type: 'item',
  id,
  label,
  run,
  shortcut: options.shortcut,
  danger: options.danger ?? false,
})
const line = (id: string): MenuEntry => ({ type: 'separator', id })
const go = (action: UserAction) => () => void perform(action)

export function targetOf(host: HostView): Exclude<Target, { kind: 'link' }> {
  return host.kind === 'node' ? { kind: 'node', name: host.name } : { kind: 'host', name: host.name }
}

export function menuFor(picked: Picked | null): MenuEntry[] {
  const { view } = useRun.getState()
  if (!view) return []
  switch (picked?.type) {
    case 'host': {
      const host = view.hosts.find(({ name }) => name === picked.name)
      return host ? hostMenu(host) : []
    }
    case 'session': {
      const session = view.sessions.find(({ id }) => id === picked.id)
      return session ? sessionMenu(session) : []
    }
    case 'link': {
      const host = view.hosts.find(({ name }) => name === picked.host)
      return host ? linkEntries(host, picked.network) : []
    }
    case 'pod':
      return podMenu(picked.id)
    case 'block':
      return blockMenu(picked.cidr)
    case 'message':
      return messageMenu(picked.id)
    default:
      return stageMenu(picked?.network ?? null)
  }
}

function inspect(host: HostView): MenuEntry[] {
  const m = text().stage.menu
  const show = (tab: string) => () => select({ type: 'host', name: host.name }, tab)
  const entries = [item('overview', m.overview, show('overview'))]
  if (host.bird !== 'absent')
    entries.push(item('sessions', m.sessions, show('sessions')), item('rib', m.rib, show('rib')))
  entries.push(item('fib', m.fib, show('fib')))
  if (host.bird !== 'absent') entries.push(item('files', m.config, show('files')), item('log', m.log, show('log')))
  if (host.kind === 'node') entries.push(item('yaml', m.editNode, () => void editObject('Node', host.name)))
  else if (host.bird !== 'absent') entries.push(item('conf', m.editBirdConf, () => void editBirdConf(host.name)))
  entries.push(
    item('terminal', m.openTerminal, () => {
      select({ type: 'host', name: host.name })
      setPrefs({ dock: 'terminal' })
    }),
    item('focus', m.focus, () => focusHost(host.name), { shortcut: 'F' }),
  )
  return entries
}

function hostMenu(host: HostView): MenuEntry[] {
  const m = text().stage.menu
  const target = targetOf(host)
  const entries = [...inspect(host), line('act')]
  if (host.kind === 'node') entries.push(item('pod', m.addPod, () => addPod(host.name), { shortcut: 'P' }))
  if (host.powered) {
    if (host.kind === 'node')
      entries.push(item('restart', m.restartCalicoNode, go({ action: 'restart-calico-node', target, down: 1_000_000 })))
    if (host.bird === 'running')
      entries.push(
        item('stop', m.stopBird, go({ action: 'stop-bird', target })),
        item('kill', m.killBird, go({ action: 'kill-bird', target })),
      )
    if (host.bird === 'stopped') entries.push(item('start', m.startBird, go({ action: 'start-bird', target })))
  }
  entries.push(line('break'))
  for (const { network } of host.links) entries.push(...linkEntries(host, network))
  entries.push(powerEntry(host), line('remove'))
  const remove = { danger: true, shortcut: 'Delete' }
  entries.push(
    target.kind === 'host'
      ? item('delete', m.removeRouter, go({ action: 'remove-host', target }), remove)
      : item('delete', m.deleteNode, () => deleteNode(host.name), remove),
  )
  return entries
}

function powerEntry(host: HostView): MenuEntry {
  const m = text().stage.menu
  const target = targetOf(host)
  return host.powered
    ? item('power', m.powerOff, go({ action: 'power-off', target }), { shortcut: 'X' })
    : item('power', m.powerOn, go({ action: 'power-on', target }), { shortcut: 'X' })
}

function linkEntries(host: HostView, network: string): MenuEntry[] {
  const m = text().stage.menu
  const link = host.links.find((each) => each.network === network)
  if (!link) return []
  const target: Target = { kind: 'link', host: host.name, network }
  return link.up
    ? [item(`cut ${network}`, m.cutLink(network), go({ action: 'cut-link', target }))]
    : [item(`mend ${network}`, m.mendLink(network), go({ action: 'mend-link', target }))]
}

function shortName(host: string): string {
  const { index } = useRun.getState()
  return (index && shortNames(hostNames(index)).get(host)?.tail) ?? host
}

function sessionMenu(session: SessionView): MenuEntry[] {
  const m = text().stage.menu
  const { view } = useRun.getState()
  const entries = [item('open', m.openSession, () => select({ type: 'session', id: session.id }))]
  for (const end of [session.a, session.b]) {
    const host = end && view?.hosts.find(({ name }) => name === end.host)
    if (!end || !host || host.bird !== 'running') continue
    const run = (command: string) =>
      go({ action: 'exec', target: targetOf(host), command: `birdc ${command} ${end.protocol}` })
    entries.push(line(end.host))
    if (session.look === 'admin-down')
      entries.push(item(`enable ${end.host}`, m.enable(end.protocol, shortName(end.host)), run('enable')))
    else
      entries.push(
        item(`disable ${end.host}`, m.disable(end.protocol, shortName(end.host)), run('disable')),
        item(`restart ${end.host}`, m.restart(end.protocol, shortName(end.host)), run('restart')),
        item(`in ${end.host}`, m.reloadIn(end.protocol, shortName(end.host)), run('reload in')),
        item(`out ${end.host}`, m.reloadOut(end.protocol, shortName(end.host)), run('reload out')),
      )
  }
  return entries
}

function podMenu(id: string): MenuEntry[] {
  const m = text().stage.menu
  const { view } = useRun.getState()
  const pod = view?.hosts.flatMap(({ blocks }) => blocks.flatMap(({ pods }) => pods)).find((each) => each.id === id)
  const entries = [item('open', m.overview, () => select({ type: 'pod', id }))]
  const address = pod?.address
  if (address) entries.push(item('copy', m.copyAddress, () => void navigator.clipboard?.writeText(address)))
  entries.push(line('remove'), item('delete', m.deletePod, go({ action: 'delete-pod', pod: id }), { danger: true }))
  return entries
}

function blockMenu(cidr: string): MenuEntry[] {
  const m = text().stage.menu
  return [
    item('open', m.overview, () => select({ type: 'block', cidr })),
    item('copy', m.copyAddress, () => void navigator.clipboard?.writeText(cidr)),
  ]
}

function messageMenu(id: number): MenuEntry[] {
  const m = text().stage.menu
  const message = useRun.getState().view?.messages.find((each) => each.id === id)
  const entries = [item('open', m.openMessage, () => openMessage(id))]
  if (message)
    entries.push(
      item('arrival', m.goToArrival, () => {
        pause()
        seek(message.arrivesAt)
      }),
    )
  return entries
}

function stageMenu(network: string | null): MenuEntry[] {
  const m = text().stage.menu
  const { narrator } = usePrefs.getState()
  const entries: MenuEntry[] = []
  if (network !== null)
    entries.push(
      item('node', m.addNode, () => addNode(network), { shortcut: 'N' }),
      item('router', m.addRouter, () => addRouter(network), { shortcut: 'R' }),
      line('view'),
    )
  entries.push(item('fit', m.selectAllFit, () => fitAll(), { shortcut: 'Shift+1' }))
  if (useStage.getState().moved.size > 0) entries.push(item('reset', m.resetPositions, resetPositions))
  entries.push(item('narrator', narrator ? m.hideNarrator : m.showNarrator, () => setPrefs({ narrator: !narrator })))
  return entries
}

export function addNode(network: string | null): void {
  const nodes = useRun.getState().view?.hosts.filter(({ kind }) => kind === 'node') ?? []
  const name = nextNodeName(nodes.map((node) => node.name))
  void perform({ action: 'add-node', name, ...(network === null ? {} : { network }) })
}

export function addPod(node: string | null): void {
  const pods = useRun.getState().view?.hosts.flatMap(({ blocks }) => blocks.flatMap((block) => block.pods)) ?? []
  const pod = nextName(
    pods.map(({ id }) => id),
    'default/web-1',
  )
  void perform({ action: 'create-pod', pod, ...(node === null ? {} : { node }) })
}

function deleteNode(name: string): void {
  void perform({ action: 'delete', manifest: `apiVersion: v1\nkind: Node\nmetadata:\n  name: ${name}\n` })
}
