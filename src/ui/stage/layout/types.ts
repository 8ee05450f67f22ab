// What the layout takes and gives. It reads only structure, so it runs again when something joins or leaves, not each frame.
import type { Box, Curve, Point } from '../geometry.ts'

export interface LayoutNetwork {
  name: string
  cidr: string
  gateway: string | null
}

export interface LayoutHost {
  name: string
  kind: 'node' | 'router'
  /** A router without BIRD that stands between networks is drawn as a gateway. */
  bird: 'running' | 'stopped' | 'absent'
  links: readonly { network: string; interface: string; address: string; up: boolean }[]
}

export interface LayoutSession {
  id: string
  a: { host: string }
  b: { host: string } | null
  remoteAddress: string
  ebgp: boolean
}

export interface Plate {
  network: string
  cidr: string
  box: Box
  kind: 'cluster' | 'outside'
  shape: 'row' | 'ring'
  /** Height of the underlay line that all hosts of the plate hang on; null on a ring. */
  bus: { y: number; from: number; to: number } | null
  /** A gateway address that no host bears. */
  loneGateway: { address: string; box: Box } | null
}

export interface Place {
  name: string
  role: 'node' | 'router' | 'gateway'
  box: Box
  plate: string | null
  /** Stands where the layout put it; a moved one finds its own lines. */
  settled: boolean
}

export interface Wire {
  host: string
  network: string
  up: boolean
  points: readonly Point[]
  /** Where the scissors go when the link is cut. */
  middle: Point
}

export interface SessionPath {
  id: string
  a: string
  b: string | null
  ebgp: boolean
  curve: Curve
}

export interface Layout {
  plates: readonly Plate[]
  places: ReadonlyMap<string, Place>
  wires: readonly Wire[]
  sessions: ReadonlyMap<string, SessionPath>
  bounds: Box
}
