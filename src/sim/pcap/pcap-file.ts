// The older capture file (libpcap, 2.4), which tcpdump writes: one link, microseconds.
import type { Micros } from '../bird/ports.ts'

const MAGIC = 0xa1b2c3d4
const LINKTYPE_ETHERNET = 1
const SNAPSHOT = 262_144
const HEADER = 24
const RECORD = 16

/** `time`: microseconds since 1970. */
export function pcapFile(packets: readonly { time: Micros; bytes: Uint8Array }[]): Uint8Array {
  const length = packets.reduce((sum, { bytes }) => sum + RECORD + bytes.length, HEADER)
  const file = new Uint8Array(length)
  const view = new DataView(file.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, SNAPSHOT, true)
  view.setUint32(20, LINKTYPE_ETHERNET, true)
  let at = HEADER
  for (const { time, bytes } of packets) {
    view.setUint32(at, Math.floor(time / 1_000_000), true)
    view.setUint32(at + 4, time % 1_000_000, true)
    view.setUint32(at + 8, bytes.length, true)
    view.setUint32(at + 12, bytes.length, true)
    file.set(bytes, at + RECORD)
    at += RECORD + bytes.length
  }
  return file
}
