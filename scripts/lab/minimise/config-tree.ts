// A bird.conf as a tree of statements by its braces, so that parts of it can be left out.

export interface Statement {
  /** The first line, which names a block; all of the text otherwise. */
  head: string
  /** null: not a block. */
  inner: Statement[] | null
  tail: string
}

/** Lines in which braces open and close; a line belongs to the statement that is open. */
export function statementsOf(text: string): Statement[] {
  return take(text.split('\n').filter((line) => line.trim() !== ''))
}

function take(lines: readonly string[]): Statement[] {
  const found: Statement[] = []
  let open: string[] = []
  let depth = 0
  for (const line of lines) {
    open.push(line)
    depth += count(line, '{') - count(line, '}')
    if (depth > 0) continue
    found.push(statement(open))
    open = []
    depth = 0
  }
  if (open.length > 0) found.push(statement(open))
  return found
}

function statement(lines: readonly string[]): Statement {
  const [head = ''] = lines
  const tail = lines.at(-1) ?? ''
  const isBlock = lines.length > 2 && head.trimEnd().endsWith('{') && tail.trimStart().startsWith('}')
  if (!isBlock) return { head: lines.join('\n'), inner: null, tail: '' }
  return { head, inner: take(lines.slice(1, -1)), tail }
}

function count(line: string, brace: string): number {
  return line.split(brace).length - 1
}

/** Keys of the statements at `depth`: their heads from the outside inwards. */
export function keysAt(statements: readonly Statement[], depth: number, path = ''): string[] {
  return statements.flatMap((one) => {
    const key = `${path}|${one.head.trim()}`
    return depth === 0 ? [key] : keysAt(one.inner ?? [], depth - 1, key)
  })
}

/** The text without the statements of these keys. */
export function textWithout(statements: readonly Statement[], left: (key: string) => boolean, path = ''): string {
  let text = ''
  for (const { head, inner, tail } of statements) {
    const key = `${path}|${head.trim()}`
    if (left(key)) continue
    text += `${head}\n`
    if (inner !== null) text += `${textWithout(inner, left, key)}${tail}\n`
  }
  return text
}
