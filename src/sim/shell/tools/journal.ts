// BIRD's log where it really is (reference 10, row 21; bird-1.6.8.md 9.1): on a node in the output of the calico-node
// container, with svlogd's time before each line; on an outside router in its own journal.
import { isoTime } from '../../scenario/time.ts'
import { svlogdTime } from '../clock.ts'
import type { ShellHost } from '../host.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Of a node: what `kubectl logs` of its calico-node container shows of BIRD. */
export function logLines(context: ShellContext, host: ShellHost): string[] {
  const { recording, at, scenario } = context
  return recording.log(at, host.id).map((entry) => `${svlogdTime(scenario.startEpochMs, entry.at)} bird: ${entry.line}`)
}

export function journalctl(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  const unit = unitOf(words)
  if (unit === null) return output([note('only the log of BIRD is simulated: journalctl -u bird')])
  if (unit !== 'bird') return output(['-- No entries --'])
  if (host.record.kind === 'node') {
    return output([
      '-- No entries --',
      note('no unit "bird" exists on a Calico node: runit runs BIRD inside the calico-node container. Its log:'),
      note('kubectl logs -n calico-system -l k8s-app=calico-node -c calico-node (here of this node, lines of BIRD):'),
      ...logLines(context, host),
    ])
  }
  const lines = context.recording.log(context.at, host.id)
  if (lines.length === 0) return output(['-- No entries --'])
  return output(
    lines.map(({ at, line }) => {
      const time = isoTime(context.scenario.startEpochMs, at)
      const day = `${MONTHS[Number(time.slice(5, 7)) - 1]} ${time.slice(8, 10)}`
      return `${day} ${time.slice(11, 19)} ${host.name} bird: ${line}`
    }),
  )
}

function unitOf(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const value = word === '-u' || word === '--unit' ? words[index + 1] : /^(?:-u|--unit=)(.+)$/.exec(word)?.[1]
    if (value !== undefined) return value.replace(/\.service$/, '')
  }
  return null
}
