// The event list: virtual rows in step with the playhead, filters, click to go there.
import { useVirtualizer } from '@tanstack/react-virtual'
import { Funnel } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { Button } from '../kit/Button.tsx'
import { cx } from '../kit/cx.ts'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { pause, seek } from '../player/player.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { select } from '../store/selection.ts'
import { EventIcon } from './EventIcon.tsx'
import styles from './EventList.module.css'
import { EventRow } from './EventRow.tsx'
import { filterRows, KINDS, type Kind, type Row, rowAt, rowsOf } from './rows.ts'

const ROW = 28
const QUIET: ReadonlySet<Kind> = new Set(['keepalives', 'states', 'routes'])
const usual = (): ReadonlySet<Kind> => new Set(KINDS.filter((kind) => !QUIET.has(kind)))
const NONE: readonly string[] = []

function useRows() {
  const index = useRun((state) => state.index)
  const hiddenTypes = usePrefs((state) => state.hiddenTypes)
  const [host, setHost] = useState<string | null>(null)
  const [kinds, setKinds] = useState(usual)
  const all = useMemo(() => (index ? rowsOf(index) : []), [index])
  const rows = useMemo(
    () => filterRows(all, { host, kinds, hiddenLooks: new Set(hiddenTypes) }),
    [all, host, kinds, hiddenTypes],
  )
  return {
    rows,
    all,
    host,
    setHost,
    kinds,
    setKinds,
    hosts: index?.lanes.map((lane) => lane.host) ?? NONE,
    swatches: index?.swatches ?? NONE,
  }
}

function goTo(row: Row): void {
  pause()
  seek(row.at)
  const { statement } = row
  if (statement.type === 'messages') select({ type: 'message', id: statement.group.id })
  else if (statement.type === 'event' && statement.event.host !== null)
    select({ type: 'host', name: statement.event.host })
}

type Filters = Pick<ReturnType<typeof useRows>, 'host' | 'setHost' | 'kinds' | 'setKinds' | 'hosts'>

function FilterMenus({ host, setHost, kinds, setKinds, hosts }: Filters) {
  const t = useText()
  const choose = (id: string | null, label: string): MenuEntry => ({
    type: 'item',
    id: id ?? '*',
    label,
    checked: host === id,
    run: () => setHost(id),
  })
  const byHost: MenuEntry[] = [choose(null, t.events.allNodes), ...hosts.map((name) => choose(name, name))]
  const toggle = (kind: Kind) => {
    const next = new Set(kinds)
    if (!next.delete(kind)) next.add(kind)
    setKinds(next)
  }
  const byKind: MenuEntry[] = KINDS.map((kind) => ({
    type: 'item',
    id: kind,
    label: t.events.kinds[kind],
    checked: kinds.has(kind),
    run: () => toggle(kind),
  }))
  const entries: MenuEntry[] = [
    { type: 'menu', id: 'host', label: t.events.filterHost, entries: byHost },
    { type: 'separator', id: 'line' },
    { type: 'label', id: 'kind', label: t.events.filterKind },
    ...byKind,
  ]
  return (
    <DropdownMenu entries={entries} align="end">
      <Button look="ghost" aria-label={`${t.events.filter}: ${host ?? t.events.allNodes}`}>
        <Funnel size={14} aria-hidden />
        {host ?? t.events.allNodes}
      </Button>
    </DropdownMenu>
  )
}

export function EventList() {
  const t = useText()
  const { rows, all, swatches, ...filters } = useRows()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  const current = usePlayback((state) => rowAt(rows, state.at))
  const handsOff = useRef(0)

  // The list follows the playhead unless a hand has scrolled it a moment ago.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the current row only
  useEffect(() => {
    if (current >= 0 && performance.now() > handsOff.current) virtual.scrollToIndex(current, { align: 'center' })
  }, [current, rows])

  const hold = () => {
    handsOff.current = performance.now() + 3000
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = rows[Math.max(0, current) + step]
    if (step === 0 || !row) return
    event.preventDefault()
    event.stopPropagation()
    handsOff.current = 0
    goTo(row)
  }
  const clear = () => {
    filters.setHost(null)
    filters.setKinds(usual())
  }

  return (
    <section className={styles.list} aria-label={t.events.label} data-region="events">
      <header className={styles.head}>
        <h2>{t.events.label}</h2>
        <span className={styles.count} role="img" aria-label={t.events.count(rows.length)}>
          {rows.length}
        </span>
        <span className={styles.space} />
        <FilterMenus {...filters} />
      </header>
      {rows.length === 0 ? (
        <Nothing total={all.length} kinds={filters.kinds} clear={clear} />
      ) : (
        <div
          ref={scroller}
          className={styles.scroll}
          role="listbox"
          aria-label={t.events.list}
          aria-activedescendant={current >= 0 ? `event-${current}` : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onWheel={hold}
          onTouchMove={hold}
        >
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]
              if (!row) return null
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: the list box holds the focus and names its active option
                // biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys on the list box go to rows
                <div
                  key={item.key}
                  id={`event-${item.index}`}
                  role="option"
                  aria-selected={item.index === current}
                  aria-setsize={rows.length}
                  aria-posinset={item.index + 1}
                  className={cx(
                    styles.row,
                    item.index > current && styles.future,
                    item.index === current && styles.current,
                  )}
                  style={{ transform: `translateY(${item.start}px)`, height: ROW }}
                  onClick={() => {
                    hold()
                    goTo(row)
                  }}
                >
                  <EventIcon statement={row.statement} />
                  <EventRow row={row} swatches={swatches} />
                </div>
              )
            })}
          </div>
        </div>
      )}
    </section>
  )
}

function Nothing({ total, kinds, clear }: { total: number; kinds: ReadonlySet<Kind>; clear: () => void }) {
  const t = useText()
  const until = useRun((state) => state.index?.until ?? 0)
  if (total === 0) return <p className={styles.nothing}>{t.events.nothingYet}</p>
  const names = KINDS.filter((kind) => kinds.has(kind)).map((kind) => t.events.kinds[kind])
  const what = names.length === 0 || names.length > 2 ? t.events.label : names.join(', ')
  return (
    <div className={styles.nothing}>
      <p>{t.events.nothing(what, clock(0), clock(until))}</p>
      <Button onClick={clear}>{t.events.clear}</Button>
    </div>
  )
}
