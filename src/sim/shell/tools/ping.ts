// `ping` (iputils) over the recording: a packet there and its answer back, both by the FIBs as they are at the time. A
// marked line behind the output says where and why it was lost. Times are the sum of the networks' latencies.
import { type Party, partyOf, type Reach, reachParty } from '../../analysis/reachability.ts'
import { type WorldState, worldAt } from '../../analysis/world-state.ts'
import { formatIp } from '../../net/address.ts'
import { readArguments } from '../arguments.ts'
import { type CommandResult, output, type ShellContext } from '../types.ts'
import { type Path, pathOf } from './ping-path.ts'
import { lossNote } from './ping-reason.ts'

const DEFAULT_COUNT = 3
/** Within one machine, in microseconds. */
const LOCAL = 40
const NO_WAY: Path = { time: 0, forwardings: 0 }

/** `from`: `pod/NS/NAME`, `node/NAME` or `host/NAME`. */
export function ping(context: ShellContext, from: string, words: readonly string[]): CommandResult {
  const count = Number(/(?:^| )-c ?(\d+)/.exec(words.join(' '))?.[1] ?? DEFAULT_COUNT)
  const target = readArguments(words.filter((word) => !/^-c/.test(word))).words.find((word) => !/^\d+$/.test(word))
  if (target === undefined) return output(['ping: usage error: Destination address required'])
  const world = worldAt(context.recording, context.at)
  const sender = partyOf(world, from)
  const receiver = findTarget(world, target)
  if (sender === null) return output([`ping: ${from} has no address at this time`])
  if (receiver === null) return output([`ping: ${target}: Name or service not known`])
  const result = reachParty(world, { from: sender, to: receiver, bothWays: true })
  const address = formatIp(receiver.address)
  const local = localError(sender, result)
  if (local !== null) return output([`ping: connect: ${local}`, ...lossNote(sender, receiver, result)])
  const lines = [`PING ${address} (${address}) 56(84) bytes of data.`]
  if (result.ok) lines.push(...answers(context, { address, count, result, world }))
  else lines.push(...silence({ address, count, result, world }), ...lossNote(sender, receiver, result))
  return output(lines)
}

/** An address, a host, or a pod as `NAME`, `NS/NAME` or `pod/NS/NAME`. */
function findTarget(world: WorldState, text: string): Party | null {
  const direct = partyOf(world, text) ?? partyOf(world, `pod/${text}`) ?? partyOf(world, `pod/default/${text}`)
  return direct ?? partyOf(world, `host/${text}`)
}

/** What the sender's own kernel refuses to send. */
function localError(sender: Party, { forward }: Reach): string | null {
  if (sender.pod || forward === null || forward.host !== sender.host || forward.hops.length > 1) return null
  switch (forward.verdict) {
    case 'no-route':
      return 'Network is unreachable'
    case 'unreachable':
      return 'No route to host'
    case 'blackhole':
      return 'Invalid argument'
    case 'prohibit':
      return 'Permission denied'
    default:
      return null
  }
}

function answers(
  context: ShellContext,
  probe: { address: string; count: number; result: Reach; world: WorldState },
): string[] {
  const { address, count, world } = probe
  const { forward, back } = probe.result
  const latencies = new Map(context.recording.networks(context.at).map(({ name, latency }) => [name, latency]))
  const there = forward === null ? NO_WAY : pathOf(world, forward, { pod: false, latencies })
  // The answer starts in a pod when a pod took the request.
  const pod = forward !== null && forward.takenBy !== forward.host
  const home = back === null ? NO_WAY : pathOf(world, back, { pod, latencies })
  const micros = Math.max(there.time + home.time, LOCAL)
  const ttl = 64 - home.forwardings
  const lines: string[] = []
  for (let i = 1; i <= count; i++) {
    lines.push(`64 bytes from ${address}: icmp_seq=${i} ttl=${ttl} time=${formatTime(micros)} ms`)
  }
  const exact = (micros / 1_000).toFixed(3)
  return [
    ...lines,
    '',
    `--- ${address} ping statistics ---`,
    `${count} packets transmitted, ${count} received, 0% packet loss, time ${elapsed(count)}ms`,
    `rtt min/avg/max/mdev = ${exact}/${exact}/${exact}/0.000 ms`,
  ]
}

/** iputils prints three significant digits. */
function formatTime(micros: number): string {
  const ms = micros / 1_000
  if (ms >= 100) return ms.toFixed(0)
  return ms >= 10 ? ms.toFixed(1) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(3)
}

function elapsed(count: number): number {
  return Math.max(0, count - 1) * 1_000 + count
}

/** Nothing comes back, unless a router on the way says why with ICMP. */
function silence(probe: { address: string; count: number; result: Reach; world: WorldState }): string[] {
  const { address, count, result, world } = probe
  const told = icmpError(result, world)
  const lines: string[] = []
  if (told !== null) for (let i = 1; i <= count; i++) lines.push(`From ${told.from} icmp_seq=${i} ${told.text}`)
  const errors = told === null ? '' : `, +${count} errors`
  return [
    ...lines,
    '',
    `--- ${address} ping statistics ---`,
    `${count} packets transmitted, 0 received${errors}, 100% packet loss, time ${elapsed(count)}ms`,
  ]
}

const ICMP: Readonly<Record<string, string>> = {
  'no-route': 'Destination Net Unreachable',
  unreachable: 'Destination Host Unreachable',
  prohibit: 'Packet filtered',
  'neighbour-dead': 'Destination Host Unreachable',
  'host-down': 'Destination Host Unreachable',
  loop: 'Time to live exceeded',
}

/** Only for the way there: what happens to an answer the sender never hears of. */
function icmpError({ forward, back }: Reach, world: WorldState): { from: string; text: string } | null {
  if (forward === null || back !== null) return null
  const text = ICMP[forward.verdict]
  const last = forward.hops.at(-1)
  if (text === undefined || last === undefined || last.encapsulation !== null) return null
  const address = world.host(last.host)?.address
  return address == null ? null : { from: formatIp(address), text }
}
