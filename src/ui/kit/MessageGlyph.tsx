// A message type's shape in its colour (section 3.1); the shape alone tells the type.
import type { MessageLook } from '../../sim/index.ts'
import { glyphs } from '../theme/glyphs.ts'
import { toneOfLook } from '../theme/tokens.ts'

export function MessageGlyph({ look, size = 14 }: { look: MessageLook; size?: number }) {
  const glyph = glyphs[look]
  const ink = `var(--${toneOfLook[look]})`
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden focusable="false" style={{ flex: 'none' }}>
      <path d={glyph.body} fill={glyph.hollow ? 'none' : ink} stroke={glyph.hollow ? ink : 'none'} strokeWidth={2.4} />
      {glyph.mark ? (
        <path
          d={glyph.mark}
          fill="none"
          stroke={glyph.markInk ? ink : 'var(--panel)'}
          strokeWidth={2.4}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ) : null}
    </svg>
  )
}
