// Arguments of `show route` (nest/config.Y, r_args), in any order, and the table they select.
import { hostPrefix, type RouteQuery, showRoute } from '../../bird/control/show-route.ts'
import { parseIp } from '../../net/address.ts'
import { type Prefix, parsePrefix } from '../../net/prefix.ts'
import { wallClock } from '../clock.ts'
import type { ShellHost } from '../host.ts'
import type { ShellContext } from '../types.ts'
import { birdTables } from './tables.ts'

/** Parts of BIRD's grammar that are known and not simulated. */
const OTHER_FORMS = new Set(['where', 'filter', 'filtered', 'export', 'noexport', 'preexport'])

type Parsed = { ok: true; query: RouteQuery; table: string } | { ok: false; line: string; form?: string }

const fail = (line: string): Parsed => ({ ok: false, line })

/** Lines of birdc, or the form of the command that this version does not have. */
export function showRouteCommand(
  context: ShellContext,
  host: ShellHost,
  rest: string,
): { lines: readonly string[] } | { missing: string } {
  const words = rest === '' ? [] : rest.split(/\s+/)
  const parsed = parse(context, host, words)
  if (!parsed.ok) return parsed.form === undefined ? { lines: [parsed.line] } : { missing: `show route ${parsed.form}` }
  return { lines: showRoute(context.recording.nets(context.at, host.id, parsed.table), parsed.query) }
}

function parse(context: ShellContext, host: ShellHost, words: readonly string[]): Parsed {
  const query: RouteQuery = {
    all: false,
    net: null,
    for: null,
    protocol: null,
    primary: false,
    output: 'routes',
    now: context.at,
    clock: wallClock(context.scenario.startEpochMs),
  }
  let table = 'master'
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (OTHER_FORMS.has(word)) return { ok: false, line: '', form: word }
    switch (word) {
      case 'all':
        query.all = true
        break
      case 'primary':
        query.primary = true
        break
      case 'count':
      case 'stats':
        query.output = word
        break
      case 'table': {
        const name = words[++i]
        if (name === undefined) return fail('syntax error')
        if (!birdTables(context, host).includes(name)) return fail(`${name} is not a table`)
        table = name
        break
      }
      case 'protocol': {
        const name = words[++i]
        if (name === undefined) return fail('syntax error')
        if (context.recording.protocol(context.at, host.id, name) === null) return fail(`${name} is not a protocol`)
        query.protocol = name
        break
      }
      case 'for': {
        const text = words[++i]
        if (text === undefined) return fail('syntax error')
        if (query.net !== null || query.for !== null) return fail('Only one prefix expected')
        const address = parseIp(text)
        const prefix = address === null ? prefixArgument(text) : hostPrefix(address)
        if (typeof prefix === 'string') return fail(prefix)
        query.for = prefix
        break
      }
      default: {
        const prefix = prefixArgument(word)
        if (typeof prefix === 'string') return fail(prefix)
        if (query.net !== null || query.for !== null) return fail('Only one prefix expected')
        query.net = prefix
      }
    }
  }
  return { ok: true, query, table }
}

/** A prefix with its length, or what the daemon's parser says. */
function prefixArgument(text: string): Prefix | string {
  const [address = '', length, surplus] = text.split('/')
  if (/^[A-Za-z_]/.test(text)) return 'IP address expected'
  if (parseIp(address) === null || length === undefined || surplus !== undefined) return 'syntax error'
  if (!/^\d+$/.test(length)) return 'syntax error'
  if (Number(length) > 32) return `Invalid prefix length ${length}`
  return parsePrefix(text) ?? 'Invalid prefix'
}
