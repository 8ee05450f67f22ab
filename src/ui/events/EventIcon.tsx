// The picture at the head of a row: a message's shape, or a line icon by what happened.
import {
  ArrowRightLeft,
  Ban,
  Box,
  Check,
  Clock,
  FileText,
  Flag,
  Hourglass,
  Network,
  Power,
  RotateCw,
  Route,
  SquareTerminal,
  TriangleAlert,
  Unlink,
  Zap,
} from 'lucide-react'
import { MessageGlyph } from '../kit/MessageGlyph.tsx'
import type { Statement } from './sentences.ts'

const BY_CODE: Readonly<Record<string, typeof Box>> = {
  'protocol-state': ArrowRightLeft,
  'bgp-state': ArrowRightLeft,
  'session-established': Check,
  'session-lost': Unlink,
  'graceful-restart-detected': RotateCw,
  'graceful-restart-done': Check,
  'graceful-restart-timeout': Clock,
  'recovery-started': Hourglass,
  'recovery-done': Check,
  reconfigured: RotateCw,
  'config-refused': Ban,
  'connection-rejected': Ban,
  'route-rejected': Ban,
  'best-changed': Route,
  'kernel-error': TriangleAlert,
  'node-registered': Network,
  phase: Network,
  'confd-rendered': FileText,
  'confd-failed': TriangleAlert,
  'bird-started': Zap,
  'bird-stopped': Power,
  'block-claimed': Box,
  'block-released': Box,
  'address-assigned': Box,
  'address-released': Box,
  'pod-failed': TriangleAlert,
  resource: FileText,
  refused: Ban,
  'not-simulated': TriangleAlert,
  link: Unlink,
  powered: Power,
}

const BAD = new Set([
  'session-lost',
  'kernel-error',
  'confd-failed',
  'config-refused',
  'pod-failed',
  'refused',
  'route-rejected',
])

export function EventIcon({ statement }: { statement: Statement }) {
  const size = 15
  if (statement.type === 'messages') return <MessageGlyph look={statement.group.look} size={14} />
  if (statement.type === 'loss-begins') return <TriangleAlert size={size} aria-hidden color="var(--loss)" />
  if (statement.type === 'loss-ends' || statement.type === 'converged')
    return <Check size={size} aria-hidden color="var(--update)" />
  const { body } = statement.event
  if (body.type === 'message') return <MessageGlyph look={body.look} size={14} />
  if (body.type === 'action') return <Flag size={size} aria-hidden />
  if (body.type === 'command') return <SquareTerminal size={size} aria-hidden />
  const { event } = body
  const Icon = BY_CODE[event.code] ?? Flag
  const bad = BAD.has(event.code) || (event.code === 'powered' && !event.on) || (event.code === 'link' && !event.up)
  return <Icon size={size} aria-hidden color={bad ? 'var(--notification)' : undefined} />
}
