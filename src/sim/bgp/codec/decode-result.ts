// What decoding gives when the bytes are not a message: the NOTIFICATION to answer with.

export interface DecodeFailure {
  ok: false
  code: number
  subcode: number
  data: Uint8Array
}

const NOTHING = new Uint8Array(0)

export function failure(code: number, subcode: number, data: Uint8Array = NOTHING): DecodeFailure {
  return { ok: false, code, subcode, data: data.slice() }
}
