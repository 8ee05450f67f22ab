// The lettered square that stands for a prefix everywhere (section 3.2).
import type { CSSProperties } from 'react'
import type { Swatch } from '../theme/swatch.ts'
import styles from './SwatchChip.module.css'

/** null draws the empty outline of a prefix that belongs to no pool. */
export function SwatchChip({ swatch, size = 14 }: { swatch: Swatch | null; size?: number }) {
  if (!swatch) return <span className={styles.empty} style={{ width: size, height: size }} aria-hidden />
  const style = { '--ink': `var(--swatch-${swatch.color + 1})`, width: size, height: size } as CSSProperties
  return (
    <span className={styles.chip} style={style} data-notched={swatch.notched || undefined}>
      {swatch.letter}
    </span>
  )
}
