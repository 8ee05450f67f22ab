// An address block as a map of its addresses; the owner of a cell is named on hover and focus.
import { Grid3x3 } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import type { BlockView } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { useRun } from '../../store/run.ts'
import { select } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { Facts } from '../parts/Facts.tsx'
import { Head } from '../parts/Head.tsx'
import { PrefixSwatch } from '../parts/PrefixName.tsx'
import { plainOf, Rich } from '../parts/Rich.tsx'
import { Section } from '../parts/Section.tsx'
import { useRoving } from '../parts/use-roving.ts'
import { type Cell, cellsOf, MOST_CELLS } from './block-cells.ts'
import own from './object.module.css'
import { WhoKnows } from './WhoKnows.tsx'

function Cells({ block }: { block: BlockView }) {
  const { block: words } = useText().inspector
  const [shown, setShown] = useState<number | null>(null)
  const columns = block.size > 64 ? 16 : 8
  const { ref, onKeyDown } = useRoving<HTMLDivElement>(columns)
  const cells = cellsOf(block)
  const say = ({ address, owner }: Cell) => (owner === null ? words.free(address) : words.taken(address, owner))
  const current = cells.find(({ ordinal }) => ordinal === shown)
  const others = block.used - block.pods.filter(({ address }) => cells.some((cell) => cell.address === address)).length
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this map */}
      <div
        ref={ref}
        className={own.cells}
        style={{ '--columns': columns } as CSSProperties}
        role="group"
        aria-label={words.cells(block.cidr)}
        onKeyDown={onKeyDown}
      >
        {cells.map((cell, index) => (
          <button
            key={cell.ordinal}
            type="button"
            data-row
            tabIndex={index === 0 ? 0 : -1}
            className={own.cell}
            data-state={cell.owner === null ? 'free' : cell.phase === 'Running' ? 'taken' : 'coming'}
            aria-label={plainOf(say(cell))}
            onMouseEnter={() => setShown(cell.ordinal)}
            onMouseLeave={() => setShown(null)}
            onFocus={() => setShown(cell.ordinal)}
            onBlur={() => setShown(null)}
            onClick={() => cell.owner !== null && select({ type: 'pod', id: cell.owner })}
          />
        ))}
      </div>
      <p className={`${styles.note} ${own.spaced}`}>
        <Rich text={current ? say(current) : words.first} />
      </p>
      {others > 0 ? <p className={styles.note}>{words.others(others)}</p> : null}
      {block.size > MOST_CELLS ? <p className={styles.note}>{words.large}</p> : null}
    </>
  )
}

export function BlockInspector({ cidr }: { cidr: string }) {
  const { inspector: t } = useText()
  const words = t.block
  const hosts = useRun((state) => state.view?.hosts)
  const owner = hosts?.find(({ blocks }) => blocks.some((block) => block.cidr === cidr))
  const block = owner?.blocks.find((each) => each.cidr === cidr)
  const origin = hosts?.find(({ prefixes }) => prefixes.includes(cidr))
  const swatches = useRun((state) => state.index?.swatches)
  const color = swatches ? (swatches.indexOf(cidr) % 6) + 1 : 1
  return (
    <div className={styles.whole}>
      <Head icon={<Grid3x3 size={18} aria-hidden />} title={cidr} sub={words.title}>
        <PrefixSwatch prefix={cidr} size={18} />
      </Head>
      <div className={styles.scroll} style={{ '--cell': `var(--swatch-${Math.max(1, color)})` } as CSSProperties}>
        {block && owner ? (
          <Section title={t.pod.facts}>
            <Facts
              facts={[
                {
                  name: words.owner,
                  value: (
                    <button
                      type="button"
                      className={own.link}
                      onClick={() => select({ type: 'host', name: owner.name })}
                    >
                      {owner.name}
                    </button>
                  ),
                },
                { name: words.state, value: block.state, code: true },
                { name: words.used, value: t.overview.used(block.used, block.size) },
              ]}
            />
          </Section>
        ) : (
          <p className={styles.empty}>{origin ? words.originated(origin.name) : words.gone}</p>
        )}
        <WhoKnows prefix={cidr} />
        {block ? (
          <Section title={words.cells(cidr)}>
            <Cells block={block} />
          </Section>
        ) : null}
      </div>
    </div>
  )
}
