// The way a session end took through the state machine since it last left rest, as edges of the diagram with their times.
// BIRD goes to Active first (connect delay), dials from there, and comes back through Idle after a failure; the passive side
// waits at rest until the peer connects.
import type { BgpState, Micros, SessionDetail } from '../../../sim/index.ts'

export type FsmNode = 'idle' | 'active' | 'connect' | 'openSent' | 'openConfirm' | 'established'
export type FsmEdge =
  | 'start'
  | 'dial'
  | 'fails'
  | 'connected'
  | 'peerConnects'
  | 'peerConnectsActive'
  | 'open'
  | 'keepalive'
  | 'end'

type Step = SessionDetail['ends'][number]['path'][number]

export function nodeOf(state: BgpState): FsmNode {
  switch (state) {
    case 'Active':
      return 'active'
    case 'Connect':
      return 'connect'
    case 'OpenSent':
      return 'openSent'
    case 'OpenConfirm':
      return 'openConfirm'
    case 'Established':
      return 'established'
    default:
      return 'idle'
  }
}

function edgeOf({ from, to }: Step): FsmEdge | null {
  const [a, b] = [nodeOf(from), nodeOf(to)]
  if (a === b) return null
  if (b === 'idle') return a === 'connect' || a === 'active' ? 'fails' : 'end'
  if (a === 'idle') return b === 'active' ? 'start' : b === 'openSent' ? 'peerConnects' : null
  if (a === 'active') return b === 'connect' ? 'dial' : b === 'openSent' ? 'peerConnectsActive' : null
  if (a === 'connect') return b === 'active' ? 'fails' : b === 'openSent' ? 'connected' : null
  if (a === 'openSent') return b === 'openConfirm' ? 'open' : null
  return a === 'openConfirm' && b === 'established' ? 'keepalive' : null
}

export interface FsmWay {
  /** The word as BIRD shows it. */
  state: BgpState
  current: FsmNode
  visited: ReadonlySet<FsmNode>
  taken: ReadonlyMap<FsmEdge, Micros>
}

/** `state`: where it stands when nothing has been passed yet. */
export function wayOf(path: readonly Step[], state: BgpState): FsmWay {
  const last = path.at(-1)
  const moves = path.filter(({ from, to }) => nodeOf(from) !== nodeOf(to))
  let begin = moves.length - 1
  while (begin > 0 && nodeOf(moves[begin - 1]!.to) !== 'idle') begin--
  const run = moves.slice(Math.max(0, begin))
  const taken = new Map<FsmEdge, Micros>()
  const now = last?.to ?? state
  const visited = new Set<FsmNode>([nodeOf(now)])
  for (const step of run) {
    visited.add(nodeOf(step.from))
    visited.add(nodeOf(step.to))
    const edge = edgeOf(step)
    if (edge) taken.set(edge, step.at)
  }
  return { state: now, current: nodeOf(now), visited, taken }
}
