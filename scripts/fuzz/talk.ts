// Sends messages with mistakes to a real BIRD and writes down what it answers. Runs inside the namespace of the daemon.
import { readFileSync, writeFileSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { encodeMessage } from '../../src/sim/bgp/codec/encode.ts'
import type { BgpMessage } from '../../src/sim/bgp/message.ts'
import { ip } from '../../src/sim/net/address.ts'

export const DAEMON = '10.77.0.1'
export const PEERS = 60
/** AS and address of each end that dials. */
export const peerAddress = (peer: number): string => `10.77.0.${peer + 2}`
export const PEER_AS = 65_002

const SILENCE = 250
const AGAIN = 300
const PATIENCE = 2_000
const ATTEMPTS = 20
const TYPE_OPEN = 1
const TYPE_NOTIFICATION = 3
const TYPE_KEEPALIVE = 4

interface Job {
  readonly seed: number
  readonly hex: string
}

/** `jobsFile`: what to send; the answers go to `answersFile`. */
export async function talk(jobsFile: string, answersFile: string): Promise<void> {
  const jobs = JSON.parse(readFileSync(jobsFile, 'utf8')) as Job[]
  const answers: Record<number, string> = {}
  let next = 0
  const worker = async (peer: number): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      answers[job.seed] = await oneAnswer(peer, Buffer.from(job.hex, 'hex'))
    }
  }
  await Promise.all(Array.from({ length: PEERS }, (_, peer) => worker(peer)))
  writeFileSync(answersFile, JSON.stringify(answers))
}

/** Tries until the daemon takes the session, since it waits a second after every error. */
async function oneAnswer(peer: number, bytes: Buffer): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await session(peer, bytes)
    if (answer !== null) return answer
    await new Promise((done) => setTimeout(done, AGAIN))
  }
  return 'no session'
}

/** null: no session came about. An OPEN is sent in place of our own, anything else once the session stands. */
function session(peer: number, bytes: Buffer): Promise<string | null> {
  return new Promise((done) => {
    const socket = createConnection({ host: DAEMON, port: 179, localAddress: peerAddress(peer) })
    const isOpen = bytes[18] === TYPE_OPEN
    let sent = false
    let pending = Buffer.alloc(0)
    let timer: NodeJS.Timeout | null = null
    // A peer that says nothing at all is no session either.
    const patience = setTimeout(() => finish(sent ? 'ok' : null), PATIENCE)
    const finish = (answer: string | null): void => {
      clearTimeout(patience)
      if (timer !== null) clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.destroy()
      done(answer)
    }
    const sendTest = (): void => {
      sent = true
      socket.write(bytes)
      timer = setTimeout(() => finish('ok'), SILENCE)
    }
    socket.setNoDelay(true)
    socket.on('connect', () => (isOpen ? undefined : write(socket, openOf(peer))))
    socket.on('error', () => finish(sent ? 'closed' : null))
    socket.on('close', () => finish(sent ? 'closed' : null))
    socket.on('data', (data: Buffer) => {
      pending = Buffer.concat([pending, data])
      while (pending.length >= 19 && pending.length >= pending.readUInt16BE(16)) {
        const message = pending.subarray(0, pending.readUInt16BE(16))
        pending = pending.subarray(message.length)
        if (message[18] === TYPE_NOTIFICATION) {
          const data = message.subarray(21).toString('hex')
          finish(sent ? `${message[19]}.${message[20]} ${data}`.trim() : null)
          return
        }
        if (message[18] === TYPE_OPEN && isOpen && !sent) sendTest()
        if (message[18] === TYPE_KEEPALIVE && !isOpen && !sent) {
          write(socket, { type: 'KEEPALIVE' })
          // The daemon has to see the session up before the test comes.
          setTimeout(() => (socket.destroyed ? undefined : sendTest()), 30)
        }
      }
    })
  })
}

function write(socket: Socket, message: BgpMessage): void {
  socket.write(encodeMessage(message))
}

function openOf(peer: number): BgpMessage {
  return {
    type: 'OPEN',
    version: 4,
    as: PEER_AS,
    holdTimeSeconds: 240,
    id: ip(peerAddress(peer)),
    // Only with 70 does the daemon look at the subtype of a ROUTE-REFRESH.
    capabilities: [{ code: 1, afi: 1, safi: 1 }, { code: 2 }, { code: 65, as: PEER_AS }, { code: 70 }],
  }
}
