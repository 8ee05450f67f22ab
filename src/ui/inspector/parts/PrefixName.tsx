// A prefix with its swatch; it lights up everywhere while hovered.
import { SwatchChip } from '../../kit/SwatchChip.tsx'
import { useRun } from '../../store/run.ts'
import { setHover, useSelection } from '../../store/selection.ts'
import { swatchOf } from '../../theme/swatch.ts'
import { holderOf } from '../data/prefixes.ts'
import styles from './parts.module.css'

const NONE: readonly string[] = []

/** The swatch of the block that holds a prefix; one that holds none gets the empty outline. */
export function PrefixSwatch({ prefix, size }: { prefix: string; size?: number }) {
  const swatches = useRun((state) => state.index?.swatches ?? NONE)
  const holder = prefix.endsWith('/32') || !prefix.includes('/') ? holderOf(swatches, prefix) : prefix
  return <SwatchChip swatch={swatchOf(swatches, holder)} {...(size === undefined ? {} : { size })} />
}

export function PrefixName({ prefix, struck = false }: { prefix: string; struck?: boolean }) {
  const lit = useSelection(({ hover }) => hover?.kind === 'prefix' && hover.id === prefix)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: lights up the same prefix elsewhere, nothing to operate
    <span
      className={styles.prefix}
      data-lit={lit || undefined}
      onMouseEnter={() => setHover({ kind: 'prefix', id: prefix })}
      onMouseLeave={() => setHover(null)}
    >
      <PrefixSwatch prefix={prefix} />
      {struck ? (
        <s>
          <code>{prefix}</code>
        </s>
      ) : (
        <code>{prefix}</code>
      )}
    </span>
  )
}
