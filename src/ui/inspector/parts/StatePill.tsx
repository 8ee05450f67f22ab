// The state of a session or protocol as a word on a tinted ground; a glyph says it without colour.
import { Check, CircleDashed, CircleSlash, TriangleAlert, X } from 'lucide-react'
import type { SessionView } from '../../../sim/index.ts'
import styles from './parts.module.css'

const GLYPHS = {
  established: { tone: 'good', Icon: Check },
  opening: { tone: 'open', Icon: CircleDashed },
  active: { tone: 'warn', Icon: TriangleAlert },
  silent: { tone: 'warn', Icon: TriangleAlert },
  idle: { tone: 'bad', Icon: X },
  'admin-down': { tone: 'plain', Icon: CircleSlash },
} as const

export function StatePill({ look, children }: { look: SessionView['look']; children: string }) {
  const { tone, Icon } = GLYPHS[look]
  return (
    <span className={styles.pill} data-tone={tone}>
      <Icon size={12} aria-hidden />
      {children}
    </span>
  )
}
