// The bird.conf of an outside router through BIRD's own parser, so that its errors stand at the document's lines.
import type { Place, Reader } from './reader.ts'

export function checkBirdConf(_reader: Reader, _conf: { host: string; place: Place; text: string }): void {}
