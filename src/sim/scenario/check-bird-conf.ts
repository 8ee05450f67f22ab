// The bird.conf of an outside router through BIRD's own parser, so that its errors stand at the document's lines.
import { parseBirdConfig } from '../bird/config/parser.ts'
import { embeddedPosition } from './embedded.ts'
import type { Place, Reader } from './reader.ts'

export function checkBirdConf(reader: Reader, conf: { host: string; place: Place; text: string }): void {
  // Outside routers run BIRD as it is released, without Calico's additions.
  const parsed = parseBirdConfig(new Map([['bird.conf', conf.text]]), 'bird.conf', { calico: false })
  if (parsed.ok) return
  for (const { line, column, message } of parsed.problems) {
    const place = embeddedPosition(reader.text, conf.place, { line: Math.max(line, 1), column: Math.max(column, 1) })
    reader.problems.push({
      ...place,
      field: conf.place.path,
      message: `bird.conf:${line}: ${message}`,
      severity: 'error',
    })
  }
}
