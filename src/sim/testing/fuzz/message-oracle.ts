// What must be answered to a message, written again from RFC 4271 section 6 and what BIRD 1.6.8 makes of it (reference
// 3.6, 5.1), without a line of the decoder: the first thing wrong, in the order in which a reader of the bytes meets it.

/** `CODE.SUBCODE DATA` in hexadecimal, or `ok`. */
export type Verdict = string

const OPTIONAL = 0x80
const TRANSITIVE = 0x40

interface Rule {
  readonly flags: number
  /** The length there must be. */
  readonly length?: number
  /** Malformed values that cost the session, by subcode. */
  readonly check?: (value: Buffer) => number | null
}

const ATTRIBUTES: Readonly<Record<number, Rule>> = {
  1: { flags: TRANSITIVE, length: 1, check: (v) => (v[0]! <= 2 ? null : 6) },
  2: { flags: TRANSITIVE, check: (v) => (isPath(v) ? null : 11) },
  3: { flags: TRANSITIVE, length: 4, check: (v) => (v[0]! >> 4 === 14 || v.readUInt32BE(0) === 0xffffffff ? 8 : null) },
  4: { flags: OPTIONAL, length: 4 },
  5: { flags: TRANSITIVE, length: 4 },
  6: { flags: TRANSITIVE, length: 0 },
  7: { flags: OPTIONAL | TRANSITIVE },
  8: { flags: OPTIONAL | TRANSITIVE },
  9: { flags: OPTIONAL, length: 4 },
  10: { flags: OPTIONAL },
  14: { flags: OPTIONAL },
  15: { flags: OPTIONAL },
  16: { flags: OPTIONAL | TRANSITIVE },
  17: { flags: OPTIONAL | TRANSITIVE },
  18: { flags: OPTIONAL | TRANSITIVE },
  32: { flags: OPTIONAL | TRANSITIVE },
}

function isPath(value: Buffer): boolean {
  let rest = value
  while (rest.length > 0) {
    const [type = 0, count] = rest
    if (type === 0 || type > 4 || count === undefined || rest.length < 2 + 4 * count) return false
    rest = rest.subarray(2 + 4 * count)
  }
  return true
}

const answer = (code: number, subcode: number, data: Uint8Array = new Uint8Array(0)): Verdict =>
  `${code}.${subcode} ${Buffer.from(data).toString('hex')}`.trim()

export function expectedVerdict(input: Uint8Array): Verdict {
  const bytes = Buffer.from(input)
  const length = bytes.length >= 18 ? bytes.readUInt16BE(16) : -1
  const badLength = answer(1, 2, bytes.subarray(16, 18))
  if (bytes.subarray(0, 16).some((byte) => byte !== 255) || bytes.length < 16) return answer(1, 1)
  if (length !== bytes.length || length < 19 || length > 4096) return badLength
  const body = bytes.subarray(19)
  switch (bytes[18]) {
    case 1:
      return length < 29 || length !== 29 + body[9]! ? badLength : openVerdict(body)
    case 2:
      return length < 23 ? badLength : updateVerdict(body)
    case 3:
      return length < 21 ? badLength : 'ok'
    case 4:
      return 'ok'
    case 5:
      if (length < 23) return badLength
      if (length > 23) return answer(7, 1, bytes.subarray(0, 2048))
      return 'ok'
    default:
      return answer(1, 3, bytes.subarray(18, 19))
  }
}

function openVerdict(body: Buffer): Verdict {
  if (body[0] !== 4) return answer(2, 1, body.subarray(0, 1))
  let options = body.subarray(10)
  while (options.length > 0) {
    if (options.length < 2 || options.length < 2 + options[1]!) return answer(2, 0)
    if (options[0] !== 2) return answer(2, 4, options.subarray(0, options[1]))
    if (!areCapabilities(options.subarray(2, 2 + options[1]!))) return answer(2, 0)
    options = options.subarray(2 + options[1]!)
  }
  const hold = body.readUInt16BE(3)
  if (hold === 1 || hold === 2) return answer(2, 6, body.subarray(3, 5))
  return body.readUInt32BE(5) === 0 ? answer(2, 3, body.subarray(5, 9)) : 'ok'
}

/** Known ones must have the length they are defined with; BIRD does not look at that of families (1). */
function areCapabilities(value: Buffer): boolean {
  let rest = value
  while (rest.length > 0) {
    if (rest.length < 2 || rest.length < 2 + rest[1]!) return false
    const [code = 0, length = 0] = rest
    if (code === 65 && length !== 4) return false
    if ((code === 2 || code === 6 || code === 70) && length !== 0) return false
    if (code === 64 && length % 4 !== 2) return false
    if (code === 69 && length % 4 !== 0) return false
    if (code === 71 && length % 7 !== 0) return false
    rest = rest.subarray(2 + length)
  }
  return true
}

function updateVerdict(body: Buffer): Verdict {
  const withdrawnLength = body.readUInt16BE(0)
  if (4 + withdrawnLength > body.length) return answer(3, 1)
  const attributesLength = body.readUInt16BE(2 + withdrawnLength)
  const announced = 4 + withdrawnLength + attributesLength
  if (announced > body.length || (attributesLength === 0 && announced < body.length)) return answer(3, 1)
  const first = prefixesVerdict(body.subarray(2, 2 + withdrawnLength))
  if (first !== 'ok' || attributesLength === 0) return first
  const attributes = attributesVerdict(body.subarray(announced - attributesLength, announced), announced < body.length)
  return attributes === 'ok' ? prefixesVerdict(body.subarray(announced)) : attributes
}

function prefixesVerdict(list: Buffer): Verdict {
  let rest = list
  while (rest.length > 0) {
    if (rest[0]! > 32) return answer(3, 10)
    const size = 1 + Math.ceil(rest[0]! / 8)
    if (rest.length < size) return answer(3, 1)
    rest = rest.subarray(size)
  }
  return 'ok'
}

function attributesVerdict(list: Buffer, announces: boolean): Verdict {
  const seen: number[] = []
  let rest = list
  while (rest.length > 0) {
    const [flags = 0, type = 0] = rest
    const head = (flags & 0x10) === 0 ? 3 : 4
    if (rest.length < head) return answer(3, 1)
    const size = head + (head === 3 ? rest[2]! : rest.readUInt16BE(2))
    if (rest.length < size || seen.includes(type)) return answer(3, 1)
    const subcode = attributeProblem(flags, ATTRIBUTES[type], rest.subarray(head, size))
    if (subcode !== null) return answer(3, subcode, rest.subarray(0, size))
    // LOCAL_PREF and reflection are nothing between two ASes: passed over, and not even counted.
    if (type !== 5 && type !== 9 && type !== 10) seen.push(type)
    rest = rest.subarray(size)
  }
  const missing = announces ? [1, 2, 3].find((type) => !seen.includes(type)) : undefined
  return missing === undefined ? 'ok' : answer(3, 3, Uint8Array.of(missing))
}

function attributeProblem(flags: number, rule: Rule | undefined, value: Buffer): number | null {
  if (rule === undefined) return (flags & OPTIONAL) === 0 ? 2 : null
  if (rule.length !== undefined && value.length !== rule.length) return 5
  if ((flags & (OPTIONAL | TRANSITIVE)) !== rule.flags) return 4
  return rule.check?.(value) ?? null
}
