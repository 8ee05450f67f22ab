// BIRD's table: filter, best or all, rows with folded pod routes, and why the chosen row is what it is.
import { ListFilter } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { HostView, Micros, RibRow } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../kit/Button.tsx'
import { ToggleGroup } from '../../kit/ToggleGroup.tsx'
import { useRun } from '../../store/run.ts'
import styles from '../Inspector.module.css'
import { filterRib } from './filter.ts'
import { foldRib } from './fold.ts'
import { FreshRoutes, keyOf } from './fresh.ts'
import { RibTable } from './RibTable.tsx'
import own from './rib.module.css'
import { WhyRoute } from './WhyRoute.tsx'

const NONE: readonly string[] = []

interface Props {
  host: HostView
  rows: readonly RibRow[]
  at: Micros
}

function useFresh({ host, rows, at }: Props): ReadonlySet<string> {
  const fresh = useRef<FreshRoutes>(null)
  fresh.current ??= new FreshRoutes()
  const look = fresh.current
  return useMemo(() => look.look(host.name, { at, rows }, performance.now()), [look, host.name, at, rows])
}

export function RibTab(props: Props) {
  const { host, rows, at } = props
  const { rib: words } = useText().inspector
  const [filter, setFilter] = useState('')
  const [show, setShow] = useState<'best' | 'all'>('all')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string | null>(null)
  const swatches = useRun((state) => state.index?.swatches ?? NONE)
  const fresh = useFresh(props)
  const shown = useMemo(() => filterRib(rows, filter, show === 'best'), [rows, filter, show])
  const folded = useMemo(() => foldRib(shown, swatches, open), [shown, swatches, open])
  const selected = rows.find((row) => keyOf(row) === chosen) ?? null
  const toggle = (block: string) => {
    const next = new Set(open)
    if (!next.delete(block)) next.add(block)
    setOpen(next)
  }
  if (rows.length === 0) return <p className={styles.empty}>{words.none}</p>
  return (
    <div className={own.rib}>
      <div className={own.tools}>
        <label className={own.filter}>
          <ListFilter size={14} aria-hidden />
          <input
            type="search"
            aria-label={words.filter}
            placeholder={words.placeholder}
            value={filter}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setFilter(event.target.value)}
          />
        </label>
        <ToggleGroup
          label={words.show}
          options={[
            { value: 'best', label: words.best },
            { value: 'all', label: words.all(rows.length) },
          ]}
          value={show}
          onChange={setShow}
        />
      </div>
      {folded.length === 0 ? (
        <div className={own.noMatch}>
          <p>{words.noMatch(filter)}</p>
          <Button onClick={() => setFilter('')}>{words.clear}</Button>
        </div>
      ) : (
        <RibTable rows={folded} fresh={fresh} chosen={chosen} onChoose={setChosen} onFold={toggle} />
      )}
      <WhyRoute host={host.name} row={selected} at={at} />
    </div>
  )
}
