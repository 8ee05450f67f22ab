// What stands in the terminals: one log and one history per host, kept while the dock is closed.
import { create } from 'zustand'
import type { Micros, ShellSession } from '../../sim/index.ts'

export interface Exchange {
  id: number
  at: Micros
  /** What stood before the line. */
  prompt: string
  command: string
  output: string
  /** Said by the page, not by the tool. */
  note: string | null
}

type Prompt = 'shell' | ShellSession['program']

interface Terminals {
  /** null: the administrator's machine. */
  host: string | null
  logs: Readonly<Record<string, readonly Exchange[]>>
  /** Lines typed at the shell's prompt and at birdc's. */
  history: Readonly<Record<Prompt, readonly string[]>>
  /** Programs that stay in a terminal until they are left. */
  sessions: Readonly<Record<string, ShellSession | null>>
}

const KEPT = 300

export const useTerminals = create<Terminals>()(() => ({
  host: null,
  logs: {},
  history: { shell: [], birdc: [] },
  sessions: {},
}))

export const keyOf = (host: string | null) => host ?? ''

export function sessionOf({ sessions }: Pick<Terminals, 'sessions'>, host: string | null): ShellSession | null {
  return sessions[keyOf(host)] ?? null
}

export function setSession(host: string | null, session: ShellSession | null): void {
  useTerminals.setState(({ sessions }) => ({ sessions: { ...sessions, [keyOf(host)]: session } }))
}

export function promptOf(host: string | null, session: ShellSession | null): string {
  if (session !== null) return 'bird>'
  return host === null ? 'admin:~$' : `${host}:~#`
}

export function historyOf({ history, sessions }: Terminals, host: string | null): readonly string[] {
  return history[sessionOf({ sessions }, host)?.program ?? 'shell']
}

let nextId = 1

/** What was typed at the prompt that stands there now, and what came of it. */
export function addExchange(host: string | null, exchange: Omit<Exchange, 'id' | 'prompt'>): void {
  showExchange(host, exchange)
  const state = useTerminals.getState()
  const history = historyOf(state, host)
  if (exchange.command === '' || history.at(-1) === exchange.command) return
  const program = sessionOf(state, host)?.program ?? 'shell'
  useTerminals.setState({ history: { ...state.history, [program]: [...history, exchange.command].slice(-KEPT) } })
}

/** As `addExchange`, for a line that was not sent and so is no history. */
export function showExchange(host: string | null, exchange: Omit<Exchange, 'id' | 'prompt'>): void {
  const state = useTerminals.getState()
  const entry = { ...exchange, prompt: promptOf(host, sessionOf(state, host)), id: nextId++ }
  const log = [...(state.logs[keyOf(host)] ?? []), entry].slice(-KEPT)
  useTerminals.setState({ logs: { ...state.logs, [keyOf(host)]: log } })
}

export function clearLog(host: string | null): void {
  const { logs } = useTerminals.getState()
  useTerminals.setState({ logs: { ...logs, [keyOf(host)]: [] } })
}
