// What stands where inside a card, for painting, picking and the tree alike. Input and output are CSS pixels.
import type { BlockView, HostView } from '../../../sim/index.ts'
import type { Box } from '../geometry.ts'
import type { Level } from '../levels.ts'

type PodView = BlockView['pods'][number]

export interface DotPlace {
  pod: PodView
  box: Box
}

export interface TrayPlace {
  block: BlockView
  box: Box
  /** One line: swatch, text and dots beside each other. Two lines: dots below. */
  lines: 1 | 2
  dots: readonly DotPlace[]
  /** Pods that have no room for a dot. */
  more: number
}

export interface CardPlan {
  icon: Box | null
  nameX: number
  nameY: number
  addressY: number | null
  trays: readonly TrayPlace[]
  /** Blocks that have no room for a tray. */
  moreBlocks: number
  /** Tray of an outside router's own prefixes, or of a node without a block. */
  plain: Box | null
  components: number | null
}

const TRAY_GAP = 4

export function planCard(host: HostView, box: Box, level: Level): CardPlan {
  return level === 2 ? planFull(host, box) : planTile(host, box)
}

function planFull(host: HostView, box: Box): CardPlan {
  const large = box.h >= 130
  const router = host.kind === 'router'
  const head = router ? Math.min(58, box.h * 0.6) : large ? 52 : box.h >= 96 ? 45 : 40
  const withComponents = !router && box.w >= 220
  const foot = router ? 12 : withComponents ? Math.max(30, box.h * 0.25) : 9
  const side = box.w >= 220 ? 12 : 9
  const room: Box = { x: box.x + side, y: box.y + head, w: box.w - 2 * side, h: Math.max(0, box.h - head - foot) }
  const showIcon = box.w >= 200
  const icon = showIcon ? { x: box.x + 14, y: box.y + (router ? 15 : 13), w: 30, h: 30 } : null
  return {
    icon,
    nameX: box.x + (showIcon ? (router ? 50 : 54) : 12),
    nameY: box.y + (router ? 22 : large ? 20 : 17),
    addressY: box.y + (router ? 40 : large ? 37 : 32),
    ...planTrays(host, room, box.w),
    components: withComponents ? box.y + box.h - foot / 2 - 1 : null,
  }
}

function planTile(host: HostView, box: Box): CardPlan {
  const addressY = box.h >= 36 ? box.y + (box.h >= 40 ? 30 : 26) : null
  const head = addressY === null ? 24 : 40
  const room = { x: box.x + 7, y: box.y + head, w: box.w - 14, h: Math.min(22, box.h - head - 6) }
  const none = { trays: [], moreBlocks: 0, plain: null }
  return {
    icon: null,
    nameX: box.x + 9,
    nameY: box.y + (box.h >= 40 ? 15 : addressY !== null ? 12 : box.h / 2),
    addressY,
    ...(room.h >= 12 ? planTrays(host, room, box.w) : none),
    components: null,
  }
}

function planTrays(host: HostView, room: Box, width: number): Pick<CardPlan, 'trays' | 'moreBlocks' | 'plain'> {
  if (host.blocks.length === 0 || room.h < 12) return { trays: [], moreBlocks: 0, plain: room.h >= 12 ? room : null }
  const fitting = Math.max(1, Math.floor((room.h + TRAY_GAP) / (room.h >= 44 ? 26 : room.h + TRAY_GAP)))
  const shown = host.blocks.slice(0, fitting)
  const height = (room.h - (shown.length - 1) * TRAY_GAP) / shown.length
  const trays = shown.map((block, i) => {
    const box = { x: room.x, y: room.y + i * (height + TRAY_GAP), w: room.w, h: height }
    return planTray(block, box, width)
  })
  return { trays, moreBlocks: host.blocks.length - shown.length, plain: null }
}

function planTray(block: BlockView, box: Box, cardWidth: number): TrayPlace {
  const lines = box.h >= 42 ? 2 : 1
  const size = lines === 2 ? 15 : cardWidth >= 140 ? 11 : 9
  const pitch = lines === 2 ? Math.min(22, (box.w - 24) / 9) : size + 3
  const textWide = cardWidth >= 220 ? 196 : cardWidth >= 180 && lines === 2 ? 0 : cardWidth >= 140 ? 66 : 28
  const from = lines === 2 ? box.x + 9 : box.x + textWide
  const rightText = lines === 2 ? 12 : 8
  const most = Math.max(0, Math.min(cardWidth < 140 ? 5 : 12, Math.floor((box.x + box.w - rightText - from) / pitch)))
  const y = lines === 2 ? box.y + box.h * 0.68 : box.y + box.h / 2
  const fits = block.pods.length <= most
  const shown = block.pods.slice(0, fits ? most : Math.max(0, most - 1))
  const dots = shown.map((pod, i) => ({ pod, box: { x: from + i * pitch, y: y - size / 2, w: size, h: size } }))
  return { block, box, lines, dots, more: block.pods.length - shown.length }
}
