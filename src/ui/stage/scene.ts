// The data of each layer at the present moment, gathered from the stores; and which layer needs painting after what.
import type { ClusterView, HostView, TimelineIndex } from '../../sim/index.ts'
import { text } from '../i18n/text.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { useSelection } from '../store/selection.ts'
import { swatchOf } from '../theme/swatch.ts'
import { readTokens } from '../theme/tokens.ts'
import { type SessionTally, tallySessions } from './card/card-state.ts'
import { usePlacing } from './drop-target.ts'
import type { Box } from './geometry.ts'
import { hostNames } from './host-names.ts'
import type { CardData } from './layers/badge.ts'
import type { GroundData } from './layers/ground-layer.ts'
import type { MessageData } from './layers/message-layer.ts'
import type { SessionData } from './layers/session-layer.ts'
import type { StageInk } from './layers/stage-ink.ts'
import type { Slot } from './layout/label-placement.ts'
import type { Layout } from './layout/types.ts'
import type { Ending } from './messages/endings.ts'
import { type Flight, flightsAt } from './messages/flight.ts'
import type { PickWorld } from './pick.ts'
import { shortNames } from './short-name.ts'
import { useStage } from './stage-store.ts'
import { boxToScreen } from './viewport.ts'

export interface Scene {
  view: ClusterView
  layout: Layout
  index: TimelineIndex | null
}

export function currentScene(): Scene | null {
  const { view, index } = useRun.getState()
  const { layout } = useStage.getState()
  return view && layout ? { view, layout, index } : null
}

function ink(): StageInk {
  const { selection, hover } = useSelection.getState()
  return {
    tokens: readTokens(),
    text: text().stage,
    level: useStage.getState().level,
    selectedHost: selection?.type === 'host' ? selection.name : null,
    hover,
  }
}

/** Facts that follow from one view, made once for it. */
interface ViewFacts {
  hosts: Map<string, HostView>
  tallies: Map<string, SessionTally>
  addresses: Map<string, readonly string[]>
}

const factsOfView = new WeakMap<ClusterView, ViewFacts>()

export function factsOf(view: ClusterView): ViewFacts {
  let facts = factsOfView.get(view)
  if (!facts) {
    facts = {
      hosts: new Map(view.hosts.map((host) => [host.name, host])),
      tallies: tallySessions(view.sessions),
      addresses: new Map(view.hosts.map((host) => [host.name, host.links.map((link) => link.address)])),
    }
    factsOfView.set(view, facts)
  }
  return facts
}

const shortName = (name: string): string => {
  const { index } = useRun.getState()
  return (index && shortNames(hostNames(index)).get(name)?.tail) ?? name
}

const swatch = (prefix: string) => swatchOf(useRun.getState().index?.swatches, prefix)

export function groundData({ view, layout }: Scene): GroundData {
  const { selection } = useSelection.getState()
  const { target } = usePlacing.getState()
  return {
    ...ink(),
    layout,
    addressesOf: factsOf(view).addresses,
    underlay: usePrefs.getState().layers.underlay,
    dropPlate: target?.type === 'plate' ? target.network : null,
    selectedLink: selection?.type === 'link' ? selection : null,
  }
}

export function sessionData({ view, layout }: Scene): SessionData {
  const { selection } = useSelection.getState()
  return {
    ...ink(),
    layout,
    sessions: view.sessions,
    hosts: factsOf(view).hosts,
    selectedSession: selection?.type === 'session' ? selection.id : null,
    visible: usePrefs.getState().layers.sessions,
    at: usePrefs.getState().reducedMotion ? 0 : view.at,
  }
}

/** A block counts as new for this long after it was claimed. */
const NEW_FOR = 2_000_000
let fresh: { key: string; index: TimelineIndex | null; blocks: Set<string> } = {
  key: '',
  index: null,
  blocks: new Set(),
}

function newBlocks(index: TimelineIndex | null, at: number): ReadonlySet<string> {
  const key = String(Math.floor(at / 20_000))
  if (fresh.index === index && fresh.key === key) return fresh.blocks
  const blocks = new Set<string>()
  const events = index?.events ?? []
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (events[middle]!.at < at - NEW_FOR) low = middle + 1
    else high = middle
  }
  for (let i = low; i < events.length && events[i]!.at <= at; i++) {
    const { body } = events[i]!
    if (body.type !== 'cluster' || body.event.code !== 'block-claimed' || at < NEW_FOR) continue
    blocks.add(String(body.event.block))
  }
  fresh = { key, index, blocks }
  return blocks
}

export function cardData({ view, layout, index }: Scene): CardData {
  const { target } = usePlacing.getState()
  return {
    ...ink(),
    layout,
    hosts: view.hosts,
    tallies: factsOf(view).tallies,
    swatch,
    shortName,
    showPods: usePrefs.getState().layers.pods,
    dropHost: target?.type === 'host' ? target.name : null,
    newBlocks: newBlocks(index, view.at),
  }
}

let hidden: { of: readonly string[]; set: ReadonlySet<string> } = { of: [], set: new Set() }

function hiddenTypes(): ReadonlySet<string> {
  const { hiddenTypes: of } = usePrefs.getState()
  if (hidden.of !== of) hidden = { of, set: new Set(of) }
  return hidden.set
}

function flights({ view, layout }: Scene): Flight[] {
  const prefs = usePrefs.getState()
  if (!prefs.layers.messages) return []
  const { at } = usePlayback.getState()
  return flightsAt({ messages: view.messages, layout, at, hidden: hiddenTypes(), reducedMotion: prefs.reducedMotion })
}

const slots = new Map<number, Slot>()

export function messageData(scene: Scene, now: number, endings: readonly Ending[]): MessageData {
  const { selection } = useSelection.getState()
  const { viewport, level } = useStage.getState()
  const obstacles: Box[] = []
  if (level === 2) {
    for (const place of scene.layout.places.values()) obstacles.push(boxToScreen(viewport, place.box))
    for (const { curve } of scene.layout.sessions.values())
      for (const [x, y] of [
        [curve.x0, curve.y0],
        [curve.x3, curve.y3],
      ] as const)
        obstacles.push({ x: x * viewport.k + viewport.x - 7, y: y * viewport.k + viewport.y - 7, w: 14, h: 14 })
  }
  return {
    ...ink(),
    flights: flights(scene),
    endings,
    now,
    swatch,
    obstacles,
    slots,
    selectedMessage: selection?.type === 'message' ? selection.id : null,
    reducedMotion: usePrefs.getState().reducedMotion,
  }
}

export function pickWorld(scene: Scene): PickWorld {
  const { viewport, level } = useStage.getState()
  const { selection } = useSelection.getState()
  return {
    view: scene.view,
    layout: scene.layout,
    level,
    viewport,
    flights: flights(scene),
    selectedHost: selection?.type === 'host' ? selection.name : null,
    showPods: usePrefs.getState().layers.pods,
  }
}
