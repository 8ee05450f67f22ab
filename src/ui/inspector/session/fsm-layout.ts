// Where the diagram's boxes and arrows stand: wide for the message inspector, narrow for the inspector's column.
import type { FsmEdge, FsmNode } from './fsm-path.ts'

export interface Box {
  x: number
  y: number
  w: number
}
export interface Arrow {
  path: string
  /** Baseline of the label; the time stands below it. null: only labelled when taken. */
  label: { x: number; y: number; anchor: 'start' | 'middle' | 'end'; gap?: number }
  quiet?: true
}
export interface FsmLayout {
  width: number
  height: number
  boxes: Record<FsmNode, Box>
  arrows: Record<FsmEdge, Arrow>
}

export const BOX_HEIGHT = 36

export const WIDE: FsmLayout = {
  width: 904,
  height: 240,
  boxes: {
    idle: { x: 40, y: 138, w: 80 },
    active: { x: 146, y: 48, w: 84 },
    connect: { x: 312, y: 48, w: 90 },
    openSent: { x: 412, y: 138, w: 98 },
    openConfirm: { x: 574, y: 138, w: 112 },
    established: { x: 776, y: 138, w: 112 },
  },
  arrows: {
    start: { path: 'M92 138C92 90 112 66 142 66', label: { x: 106, y: 112, anchor: 'start' } },
    dial: { path: 'M230 66H308', label: { x: 270, y: 59, anchor: 'middle', gap: 22 } },
    fails: { path: 'M357 48C357 10 64 0 62 134', label: { x: 214, y: 17, anchor: 'middle' } },
    connected: { path: 'M402 66C444 66 461 90 461 134', label: { x: 460, y: 84, anchor: 'start' } },
    peerConnects: { path: 'M120 156H408', label: { x: 266, y: 149, anchor: 'middle', gap: 22 } },
    peerConnectsActive: {
      path: 'M188 84C188 126 300 142 408 150',
      label: { x: 278, y: 116, anchor: 'start' },
      quiet: true,
    },
    open: { path: 'M510 156H570', label: { x: 541, y: 149, anchor: 'middle', gap: 22 } },
    keepalive: { path: 'M686 156H772', label: { x: 730, y: 149, anchor: 'middle', gap: 22 } },
    end: {
      path: 'M832 174V214Q832 222 824 222H70Q62 222 62 214V178',
      label: { x: 440, y: 216, anchor: 'middle', gap: 20 },
    },
  },
}

export const NARROW: FsmLayout = {
  width: 336,
  height: 416,
  boxes: {
    idle: { x: 14, y: 30, w: 84 },
    active: { x: 222, y: 30, w: 84 },
    connect: { x: 219, y: 128, w: 90 },
    openSent: { x: 14, y: 212, w: 112 },
    openConfirm: { x: 14, y: 292, w: 112 },
    established: { x: 14, y: 372, w: 112 },
  },
  arrows: {
    start: { path: 'M98 48H218', label: { x: 158, y: 41, anchor: 'middle', gap: 22 } },
    dial: { path: 'M264 66V124', label: { x: 256, y: 92, anchor: 'end' } },
    fails: { path: 'M219 146C140 146 86 120 80 70', label: { x: 134, y: 116, anchor: 'middle', gap: 12 } },
    connected: { path: 'M264 164C264 214 210 230 130 230', label: { x: 236, y: 222, anchor: 'middle' } },
    peerConnects: { path: 'M44 66V208', label: { x: 52, y: 168, anchor: 'start' } },
    peerConnectsActive: {
      path: 'M222 60C160 90 110 150 100 208',
      label: { x: 112, y: 186, anchor: 'start' },
      quiet: true,
    },
    open: { path: 'M70 248V288', label: { x: 78, y: 266, anchor: 'start', gap: 13 } },
    keepalive: { path: 'M70 328V368', label: { x: 78, y: 346, anchor: 'start', gap: 13 } },
    end: {
      path: 'M126 390H318Q326 390 326 382V16Q326 8 318 8H64Q56 8 56 16V26',
      label: { x: 226, y: 383, anchor: 'middle', gap: 20 },
    },
  },
}
