// What stands in the terminals: one log and one history per host, kept while the dock is closed.
import { create } from 'zustand'
import type { Micros } from '../../sim/index.ts'

export interface Exchange {
  id: number
  at: Micros
  command: string
  output: string
  /** Said by the page, not by the tool. */
  note: string | null
}

interface Terminals {
  /** null: the administrator's machine. */
  host: string | null
  logs: Readonly<Record<string, readonly Exchange[]>>
  history: readonly string[]
}

const KEPT = 300

export const useTerminals = create<Terminals>()(() => ({ host: null, logs: {}, history: [] }))

export const keyOf = (host: string | null) => host ?? ''

let nextId = 1

export function addExchange(host: string | null, exchange: Omit<Exchange, 'id'>): void {
  const { logs, history } = useTerminals.getState()
  const log = [...(logs[keyOf(host)] ?? []), { ...exchange, id: nextId++ }].slice(-KEPT)
  const known = exchange.command === '' || history.at(-1) === exchange.command
  useTerminals.setState({
    logs: { ...logs, [keyOf(host)]: log },
    history: known ? history : [...history, exchange.command].slice(-KEPT),
  })
}

export function clearLog(host: string | null): void {
  const { logs } = useTerminals.getState()
  useTerminals.setState({ logs: { ...logs, [keyOf(host)]: [] } })
}
