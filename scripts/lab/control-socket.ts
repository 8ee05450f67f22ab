// BIRD's control socket spoken as birdcl does: one command, its text without codes.
import { createConnection } from 'node:net'

const LAST = /^\d{4} /

/** Rejects when nobody listens or the daemon goes away. */
export function birdCommand(socketPath: string, command: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = createConnection(socketPath)
    let pending = ''
    let greeted = false
    const lines: string[] = []
    const line = (text: string): void => {
      if (!greeted) {
        greeted = LAST.test(text)
        return
      }
      if (/^\d{4}[ -]/.test(text)) lines.push(text.slice(5))
      else lines.push(text.slice(1))
      if (!LAST.test(text)) return
      // The empty 0000 that ends a listing is no line of output.
      if (text === '0000 ') lines.pop()
      socket.destroy()
      done(lines.join('\n'))
    }
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${command}\n`))
    socket.on('data', (text: string) => {
      const parts = (pending + text).split('\n')
      pending = parts.pop() ?? ''
      for (const part of parts) line(part)
    })
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('connection closed')))
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')))
  })
}
