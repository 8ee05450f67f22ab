// Why a ping got no answer, in one sentence: where the packet or its answer was lost, and by which route.
import type { Party, Reach } from '../../analysis/reachability.ts'
import type { Walk } from '../../kernel/packet-walk.ts'
import { formatIp } from '../../net/address.ts'
import { note } from '../types.ts'

export function lossNote(from: Party, to: Party, result: Reach): string[] {
  const answer = result.back !== null
  const walk = result.back ?? result.forward
  const what = answer
    ? `the echo request arrived, but the answer to ${answerTo(from, result)} was lost`
    : 'the packet was lost'
  const host = walk?.host ?? result.host
  const where = host === null || host === undefined ? '' : ` at ${host}`
  return [note(`${what}${where}: ${reason(result, to)}${route(walk)}.`)]
}

/** The route that sent it there, and whose it was; of a packet in a tunnel the one that sent it into the tunnel. */
function route(walk: Walk | null): string {
  const hop = walk?.hops.findLast((candidate) => candidate.encapsulation === null && candidate.line !== null)
  return hop === undefined ? '' : ` (${hop.host} had: ${hop.line})`
}

function answerTo(from: Party, { forward }: Reach): string {
  return forward === null ? from.name : formatIp(forward.source)
}

function reason({ reason: word, back, forward }: Reach, to: Party): string {
  const walk = back ?? forward
  switch (word) {
    case 'no-route':
      return 'no route'
    case 'blackhole':
      return 'a blackhole route drops it'
    case 'unreachable':
      return 'the route says unreachable'
    case 'prohibit':
      return 'the route says prohibit'
    case 'neighbour-dead':
      return `nobody on the network answers for ${formatIp(walk?.hops.at(-1)?.nextHop ?? to.address)}`
    case 'host-down':
      return 'that machine is off'
    case 'link-down':
      return 'the cable or interface is down'
    case 'no-tunnel':
      return 'the tunnel has no other end there'
    case 'no-pod':
      return 'no pod with that address is there'
    case 'gateway-drops':
      return 'the gateway between the networks knows no route for pod addresses'
    case 'denied':
      return `a policy denies it${walk?.detail ? `: ${walk.detail}` : ''}`
    case 'loop':
      return 'it goes round in a circle until its TTL is used up'
    case 'taken-by-another':
      return `another machine has that address: ${walk?.takenBy ?? ''}`
    case 'no-sender':
      return 'the sender has no address'
    case 'no-receiver':
      return 'the receiver has no address'
    default:
      return word ?? 'the answer reached somebody else'
  }
}
