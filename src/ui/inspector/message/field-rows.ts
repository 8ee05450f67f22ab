// The field tree of a message as rows, boxes and bytes. Pure: what is selected and open comes from outside.
import type { FieldView } from '../../../sim/index.ts'

export interface FieldRow {
  field: FieldView
  /** 1 for the top level, as aria-level counts. */
  level: number
  parent: string | null
}

export function rowsOf(root: readonly FieldView[], open: ReadonlySet<string>): FieldRow[] {
  const rows: FieldRow[] = []
  const walk = (fields: readonly FieldView[], level: number, parent: string | null) => {
    for (const field of fields) {
      rows.push({ field, level, parent })
      if (open.has(field.id)) walk(field.children, level + 1, field.id)
    }
  }
  walk(root, 1, null)
  return rows
}

/** What is open at first: the top level, and the first prefix of each list. */
export function openAtFirst(root: readonly FieldView[]): Set<string> {
  const open = new Set<string>()
  for (const field of root) {
    if (field.children.length > 0) open.add(field.id)
    const first = field.children.find(({ id }) => id === 'nlri.0' || id === 'withdrawn.0')
    if (first && !open.has('nlri.0')) open.add(first.id)
  }
  return open
}

/** Ids from the top level down to the field, itself included; empty when there is no such field. */
export function pathTo(root: readonly FieldView[], id: string): string[] {
  for (const field of root) {
    if (field.id === id) return [id]
    const below = pathTo(field.children, id)
    if (below.length > 0) return [field.id, ...below]
  }
  return []
}

export function fieldById(root: readonly FieldView[], id: string | null): FieldView | null {
  for (const field of root) {
    if (field.id === id) return field
    const below = fieldById(field.children, id)
    if (below) return below
  }
  return null
}

/** Fields whose parts get boxes of their own in the bytes. */
const UNBOXED = new Set(['header', 'withdrawn', 'attributes', 'nlri', 'capabilities'])

/** The boxes drawn around bytes, in order; together they are the message. */
export function boxesOf(root: readonly FieldView[]): FieldView[] {
  return root.flatMap((field) => (UNBOXED.has(field.id) && field.children.length > 0 ? field.children : [field]))
}

export function allFields(root: readonly FieldView[]): FieldView[] {
  return root.flatMap((field) => [field, ...allFields(field.children)])
}

export const holds = (field: FieldView, offset: number): boolean =>
  offset >= field.offset && offset < field.offset + field.length

/** The deepest field at a byte. */
export function leafAt(root: readonly FieldView[], offset: number): FieldView | null {
  const field = root.find((each) => holds(each, offset))
  if (!field) return null
  return leafAt(field.children, offset) ?? field
}

export interface Segment {
  box: FieldView
  /** First byte and one past the last, within the message. */
  from: number
  to: number
  /** Its name stands under this piece of it. */
  captioned: boolean
}

/** Boxes cut into lines of `perRow` bytes; the name goes under the longest piece. */
export function segmentsOf(boxes: readonly FieldView[], length: number, perRow: number): Segment[][] {
  const rows: Segment[][] = Array.from({ length: Math.ceil(length / perRow) }, () => [])
  for (const box of boxes) {
    const pieces: Segment[] = []
    for (let from = box.offset; from < box.offset + box.length; ) {
      const to = Math.min(box.offset + box.length, (Math.floor(from / perRow) + 1) * perRow)
      pieces.push({ box, from, to, captioned: false })
      from = to
    }
    const longest = pieces.reduce<Segment | null>(
      (best, each) => (best && best.to - best.from >= each.to - each.from ? best : each),
      null,
    )
    for (const piece of pieces) rows[Math.floor(piece.from / perRow)]?.push({ ...piece, captioned: piece === longest })
  }
  return rows
}

/** Bytes as text: what can be printed, and a dot for the rest. */
export function textOf(bytes: readonly number[]): string {
  return bytes.map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('')
}

export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

export function binaryOf(byte: number): string {
  const bits = byte.toString(2).padStart(8, '0')
  return `${bits.slice(0, 4)} ${bits.slice(4)}`
}
