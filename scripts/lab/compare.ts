// Two captures of one moment compared as docs/scenario-format.md says: without times, path ids and the order of what is
// not best; a session that never rests by its state and the errors it shows, a route that never rests by what it passes.
import type { Capture, HostState } from './capture.ts'
import { restless } from './restless.ts'
import { kernelOf, routesOf } from './texts.ts'

export interface Difference {
  at: number
  host: string
  what: string
  real: string
  simulated: string
  /** A session that was still changing. */
  moving: boolean
}

export function compareCaptures(real: Capture, simulated: Capture): Difference[] {
  const names = new Set([...Object.keys(real.hosts), ...Object.keys(simulated.hosts)])
  const found: Difference[] = []
  const { passes } = restless(real, simulated)
  for (const host of names) {
    const ours = simulated.hosts[host]
    const theirs = real.hosts[host]
    const add: Comparison<string>['add'] = (what, pair) => {
      found.push({ at: real.at, host, what, moving: false, ...pair })
    }
    if (ours == null || theirs == null) {
      if ((ours ?? null) !== (theirs ?? null)) {
        add('BIRD', {
          real: theirs == null ? 'does not run' : 'runs',
          simulated: ours == null ? 'does not run' : 'runs',
        })
      }
      continue
    }
    compareMaps(protocolsOf(theirs), protocolsOf(ours), { what: 'protocol', same: sameProtocol, add })
    const tables = (what: 'route' | 'kernel', maps: readonly Map<string, string>[]): void => {
      const kept: typeof add = (place, pair) => {
        if (!passes(host, { what, name: place.slice(what.length + 1) }, pair.real)) add(place, pair)
      }
      compareMaps(maps[0]!, maps[1]!, { what, same: sameText, add: kept })
    }
    tables(
      'route',
      [theirs, ours].map(({ routes }) => routesOf(routes)),
    )
    tables(
      'kernel',
      [theirs, ours].map(({ kernel }) => kernelOf(kernel)),
    )
  }
  return found
}

interface Comparison<T> {
  what: string
  same: (real: T, simulated: T) => boolean
  add: (what: string, pair: { real: string; simulated: string; moving?: boolean }) => void
}

function compareMaps<T extends { toString(): string }>(
  real: ReadonlyMap<string, T>,
  simulated: ReadonlyMap<string, T>,
  { what, same, add }: Comparison<T>,
): void {
  for (const key of new Set([...real.keys(), ...simulated.keys()])) {
    const theirs = real.get(key)
    const ours = simulated.get(key)
    if (theirs !== undefined && ours !== undefined && same(theirs, ours)) continue
    const moving = theirs instanceof ProtocolRow && !theirs.resting
    add(`${what} ${key}`, { real: theirs?.toString() ?? '(none)', simulated: ours?.toString() ?? '(none)', moving })
  }
}

const sameText = (a: string, b: string): boolean => a === b

/** Whether a closed connection shows as closed or as reset is a race of the two ends' last segments. */
const CLOSED = 'Socket: Connection closed'
const GONE = /Socket: (?:Connection reset by peer|Broken pipe)$/

function errorOf(info: string): string {
  return info.replace(/^\w+ */, '')
}

class ProtocolRow {
  /** `KIND STATE INFO` in the order in which the window showed them, each once. */
  readonly seen: string[] = []
  last = ''
  /** Looks in a row that showed it as it was last. */
  still = 0

  get resting(): boolean {
    return this.seen.length === 1
  }

  get errors(): string[] {
    const errors = this.seen.map((row) => errorOf(row.split('|')[2] ?? '')).filter((text) => text !== '')
    return [...new Set(errors)]
  }

  get up(): boolean {
    return this.seen.some((row) => row.split('|')[1] === 'up')
  }

  toString(): string {
    return this.seen.join(' ~ ')
  }
}

/** Two that refuse each other go round for ever: which round an action ends is chance, and so is the last error. */
const GOES_ROUND = /(?:BGP Error|Received): (?:Bad peer AS|Bad BGP identifier)$/

/** One that is turned away dials again every other second: in which moment of that round a look finds it is chance. */
const DIALS = /(Idle|Active|Connect|OpenSent) +(?=Socket: Connection (?:closed|refused)$)/

/** When the ARP cache gives a neighbour up that fell silent, the kernel draws by lot; until then SYNs get no answer. */
const CALLS = /\|start\|(?:Connect|Active)\b/
const NOBODY = 'Socket: No route to host'

/** Looks without a change that make a session one at rest; one that comes and goes is no such. */
const STILL = 3

function sameProtocol(real: ProtocolRow, simulated: ProtocolRow): boolean {
  const rows = [...real.seen, ...simulated.seen]
  if (rows.every((row) => CALLS.test(row)) && rows.some((row) => row.endsWith(NOBODY))) return true
  if (real.resting && simulated.resting) {
    const [theirs = '', ours = ''] = [real.seen[0], simulated.seen[0]]
    if (theirs === ours) return true
    if (DIALS.test(ours) && theirs.replace(DIALS, '') === ours.replace(DIALS, '')) return true
    const stopped = [theirs, ours].map((row) => row.replace(CLOSED, 'ENDED').replace(GOES_ROUND, 'ENDED'))
    return stopped[0] === stopped[1] && stopped[0]!.endsWith('ENDED')
  }
  // What moved a moment ago and has come to where the other rests has come to rest.
  if (simulated.resting && real.last === simulated.last && real.still >= STILL) return true
  if (real.up !== simulated.up) return false
  // Seconds between looks: the real window may miss what was short, but shows nothing else.
  const ours = simulated.errors
  // One that dials while its peer still waits after an error is turned away now and then.
  const turnedAway = ours.some((error) => !error.startsWith('Socket:'))
  const theirs = real.errors.filter((error) => !(turnedAway && error === CLOSED))
  return theirs.every((error) => ours.includes(error)) && (ours.length === 0 || theirs.length > 0)
}

function protocolsOf(host: HostState): Map<string, ProtocolRow> {
  const rows = new Map<string, ProtocolRow>()
  const last = new Set<string>()
  host.samples.forEach((text, index) => {
    for (const line of text.split('\n').slice(1)) {
      const match = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line)
      if (match === null) continue
      const [, name = '', kind = '', table = '', state = '', , info = ''] = match
      const row = rows.get(name) ?? new ProtocolRow()
      rows.set(name, row)
      const text = `${kind} ${table}|${state}|${info.trim().replace(GONE, CLOSED)}`
      if (!row.seen.includes(text)) row.seen.push(text)
      row.still = row.last === text ? row.still + 1 : 1
      row.last = text
      if (index === host.samples.length - 1) last.add(name)
    }
  })
  for (const name of rows.keys()) if (!last.has(name)) rows.delete(name)
  return rows
}
