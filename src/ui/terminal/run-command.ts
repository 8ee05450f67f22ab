// One command line: a reading one is answered at the playhead; a writing one becomes an action, and its reply is read from
// the recording that follows.
import type { EventView, Micros } from '../../sim/index.ts'
import { perform } from '../actions/perform.ts'
import { text } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { saveAs } from '../share/files.ts'
import { client } from '../store/client.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import type { UserAction } from '../store/types.ts'
import { addExchange, clearLog, sessionOf, setSession, showExchange, useTerminals } from './terminal-store.ts'

/** What the tool answered to the action at `at` on `host`: the last reply or refusal of that moment. */
export function replyAt(events: readonly EventView[], at: Micros, host: string | null): string | null {
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index]
    if (!event || event.at < at) return null
    if (event.at > at) continue
    if (event.body.type === 'command' && (host === null || event.host === host)) return event.body.reply
    if (event.body.type === 'cluster' && event.body.event.code === 'refused') return String(event.body.event.message)
  }
  return null
}

export async function runCommand(host: string | null, command: string): Promise<void> {
  const t = text().tools.terminal
  const at = Math.round(usePlayback.getState().at)
  const line = command.trim()
  if (line === '') {
    addExchange(host, { at, command: '', output: '', note: null })
    return
  }
  const session = sessionOf(useTerminals.getState(), host)
  try {
    const result = await client().exec(at, host, line, session)
    if (result.type === 'clear') clearLog(host)
    else if (result.type === 'output') {
      addExchange(host, { at, command: line, output: result.text, note: null })
      if (result.session !== undefined) setSession(host, result.session)
      if (result.file)
        saveAs(result.file.bytes as Uint8Array<ArrayBuffer>, 'application/vnd.tcpdump.pcap', result.file.name)
    } else {
      const done = await perform(result.action as UserAction)
      const reply = done ? (replyAt(useRun.getState().index?.events ?? [], at, host) ?? '') : t.failed
      const ended = done && result.ends !== undefined
      const output = ended ? `${reply}\n${result.ends}` : reply
      addExchange(host, { at, command: line, output, note: done ? t.became(clock(at)) : null })
      if (ended) setSession(host, null)
    }
  } catch {
    addExchange(host, { at, command: line, output: '', note: t.failed })
  }
}

/** Ctrl-D and Ctrl-C: the program that stands in the terminal goes, and the line with it. False: none stands there. */
export function leaveSession(host: string | null, line: string): boolean {
  const session = sessionOf(useTerminals.getState(), host)
  if (session === null) return false
  const at = Math.round(usePlayback.getState().at)
  showExchange(host, { at, command: line, output: '', note: null })
  setSession(host, null)
  return true
}

/** `?` at birdc's prompt: what may follow, and the line stays. */
export async function askForHelp(host: string | null, line: string): Promise<void> {
  const session = sessionOf(useTerminals.getState(), host)
  const at = Math.round(usePlayback.getState().at)
  const result = await client().exec(at, host, `${line}?`, session)
  if (result.type === 'output') showExchange(host, { at, command: `${line}?`, output: result.text, note: null })
}
