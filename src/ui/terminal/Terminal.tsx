// The terminal dock: one log per host, reading at the playhead. A plain log and an input, so that selection, search, zoom
// and screen readers work as everywhere.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { client } from '../store/client.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import { useSelection } from '../store/selection.ts'
import { choices, completed } from './complete.ts'
import { type LineKey, lineKey } from './line-keys.ts'
import { askForHelp, leaveSession, runCommand } from './run-command.ts'
import styles from './Terminal.module.css'
import {
  addExchange,
  clearLog,
  type Exchange,
  historyOf,
  keyOf,
  promptOf,
  sessionOf,
  useTerminals,
} from './terminal-store.ts'

const NONE: readonly Exchange[] = []
const NO_HOSTS: readonly { name: string }[] = []

function Hosts({ host }: { host: string | null }) {
  const t = useText()
  const hosts = useRun((state) => state.view?.hosts ?? NO_HOSTS)
  const at = usePlayback((state) => clock(state.at))
  const all: (string | null)[] = [null, ...hosts.map(({ name }) => name)]
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={t.tools.terminal.hosts} style={{ display: 'flex', gap: 2 }}>
        {all.map((name) => (
          <button
            key={keyOf(name)}
            type="button"
            role="tab"
            aria-selected={name === host}
            onClick={() => useTerminals.setState({ host: name })}
          >
            {name ?? t.tools.terminal.admin}
          </button>
        ))}
      </div>
      <span className={styles.asOf}>{t.tools.terminal.asOf(at)}</span>
    </div>
  )
}

function Log({ host }: { host: string | null }) {
  const t = useText()
  const log = useTerminals((state) => state.logs[keyOf(host)] ?? NONE)
  const end = useRef<HTMLPreElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the end whenever a line has come
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight
  }, [log])
  const name = host ?? t.tools.terminal.admin
  return (
    <pre ref={end} className={styles.log} role="log" aria-label={t.tools.terminal.output(name)} tabIndex={0}>
      {log.length === 0 ? <span className={styles.note}>{t.tools.terminal.hint}</span> : null}
      {log.map(({ id, prompt, command, output, note }) => (
        <span key={id}>
          <span className={styles.prompt}>{prompt} </span>
          <span className={styles.typed}>{command}</span>
          {'\n'}
          {output}
          {output === '' || output.endsWith('\n') ? '' : '\n'}
          {note === null ? null : <span className={styles.note}>{`# ${note}\n`}</span>}
        </span>
      ))}
    </pre>
  )
}

function Input({ host }: { host: string | null }) {
  const t = useText()
  const [line, setLine] = useState('')
  const [back, setBack] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const session = useTerminals((state) => sessionOf(state, host))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor goes to the terminal that was chosen
  useEffect(() => field.current?.focus(), [host])

  const recall = (to: number) => {
    const history = historyOf(useTerminals.getState(), host)
    const next = Math.max(0, Math.min(history.length, to))
    setBack(next)
    setLine(next === 0 ? '' : (history[history.length - next] ?? ''))
  }
  const complete = async () => {
    const at = Math.round(usePlayback.getState().at)
    const candidates = await client().complete(at, host, line, session)
    const next = completed(line, candidates)
    if (next !== null) setLine(next)
    else if (candidates.length > 1) addExchange(host, { at, command: line, output: choices(candidates), note: null })
  }
  const start = () => {
    setLine('')
    setBack(0)
  }
  const acts: Record<LineKey, () => void> = {
    enter: () => {
      start()
      void runCommand(host, line)
    },
    earlier: () => recall(back + 1),
    later: () => recall(back - 1),
    clear: () => clearLog(host),
    leave: () => {
      start()
      leaveSession(host, line)
    },
    complete: () => void complete().catch(() => undefined),
    help: () => void askForHelp(host, line).catch(() => undefined),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const selecting = window.getSelection()?.isCollapsed === false
    const pressed = lineKey(event, { line, inSession: session !== null, selecting })
    if (pressed === null) return
    event.preventDefault()
    acts[pressed]()
  }
  const name = host ?? t.tools.terminal.admin
  return (
    <div className={styles.line}>
      <span className={styles.prompt} aria-hidden>
        {promptOf(host, session)}
      </span>
      <input
        ref={field}
        aria-label={t.tools.terminal.input(name)}
        value={line}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        onChange={(event) => setLine(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

export default function Terminal() {
  const t = useText()
  const host = useTerminals((state) => state.host)
  const selected = useSelection(({ selection }) => (selection?.type === 'host' ? selection.name : null))
  useEffect(() => {
    if (selected !== null) useTerminals.setState({ host: selected })
  }, [selected])
  return (
    <section className={styles.terminal} aria-label={t.tools.terminal.label}>
      <Hosts host={host} />
      <Log host={host} />
      <Input host={host} />
    </section>
  )
}
