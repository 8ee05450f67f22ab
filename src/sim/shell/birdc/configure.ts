// `birdc configure` (sysdep/unix/main.c, cmd_reconfig): what can be answered without touching the daemon.
import { parseBirdConfig } from '../../bird/config/parser.ts'
import { configPath, problemLine } from '../../bird/control/config-path.ts'
import type { ConfigureRequest } from '../../bird/control/request.ts'
import type { RecordedDaemon } from './daemon.ts'

/** null: it is an action. */
export function configureLines(daemon: RecordedDaemon, request: ConfigureRequest): string[] | null {
  if (request.what === 'confirm' || request.what === 'undo') return null
  const { context, host, folder, mainFile, calico } = daemon
  const files = context.recording.files(context.at, host.id)
  const path = request.file ?? configPath(folder, mainFile)
  const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null
  const head = `Reading configuration from ${path}`
  if (name === null || !files.has(name)) return [head, `${path}: No such file or directory`]
  if (request.what !== 'check') return null
  const parsed = parseBirdConfig(files, name, { calico })
  return [head, parsed.ok ? 'Configuration OK' : problemLine(folder, parsed.problems[0]!)]
}
