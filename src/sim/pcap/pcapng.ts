// A capture file (draft-ietf-opsawg-pcapng): a section header, an interface description for every tap, and a block for
// every frame, with times in microseconds.
import { encodeUtf8 } from '../bgp/utf8.ts'

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE = 1
const ENHANCED_PACKET = 6
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
const LINKTYPE_ETHERNET = 1
const OPTION_END = 0
const OPTION_IF_NAME = 2
const OPTION_USER_APPLICATION = 4
const SNAPLEN = 262_144

export interface CapturedFrame {
  readonly interface: number
  /** Microseconds since 1970. */
  readonly time: number
  readonly bytes: Uint8Array
}

export function pcapng(interfaces: readonly string[], frames: readonly CapturedFrame[]): Uint8Array {
  const blocks: Uint8Array[] = [sectionHeader(), ...interfaces.map(interfaceDescription)]
  for (const frame of frames) blocks.push(enhancedPacket(frame))
  const all = new Uint8Array(blocks.reduce((length, block) => length + block.length, 0))
  let offset = 0
  for (const block of blocks) {
    all.set(block, offset)
    offset += block.length
  }
  return all
}

const padded = (length: number): number => (length + 3) & ~3

/** Type and length around a body. */
function block(type: number, bodyLength: number, write: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const length = 12 + padded(bodyLength)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, length, true)
  view.setUint32(length - 4, length, true)
  write(view, bytes)
  return bytes
}

const optionLength = (text: Uint8Array): number => 4 + padded(text.length) + 4

function writeOption(view: DataView, bytes: Uint8Array, at: number, code: number, text: Uint8Array): void {
  view.setUint16(at, code, true)
  view.setUint16(at + 2, text.length, true)
  bytes.set(text, at + 4)
  view.setUint16(at + 4 + padded(text.length), OPTION_END, true)
}

function sectionHeader(): Uint8Array {
  const application = encodeUtf8('CalicoScope')
  return block(SECTION_HEADER, 16 + optionLength(application), (view, bytes) => {
    view.setUint32(8, BYTE_ORDER_MAGIC, true)
    view.setUint16(12, 1, true)
    // Length of the section: not said.
    view.setUint32(16, 0xffffffff, true)
    view.setUint32(20, 0xffffffff, true)
    writeOption(view, bytes, 24, OPTION_USER_APPLICATION, application)
  })
}

function interfaceDescription(name: string): Uint8Array {
  const text = encodeUtf8(name)
  return block(INTERFACE, 8 + optionLength(text), (view, bytes) => {
    view.setUint16(8, LINKTYPE_ETHERNET, true)
    view.setUint32(12, SNAPLEN, true)
    writeOption(view, bytes, 16, OPTION_IF_NAME, text)
  })
}

function enhancedPacket(frame: CapturedFrame): Uint8Array {
  const { length } = frame.bytes
  return block(ENHANCED_PACKET, 20 + length, (view, bytes) => {
    view.setUint32(8, frame.interface, true)
    view.setUint32(12, Math.floor(frame.time / 2 ** 32), true)
    view.setUint32(16, frame.time >>> 0, true)
    view.setUint32(20, length, true)
    view.setUint32(24, length, true)
    bytes.set(frame.bytes, 28)
  })
}
