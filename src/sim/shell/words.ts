// A command line cut into words as a POSIX shell cuts it: blanks separate, quotes keep together, nothing is expanded.

export interface Word {
  readonly text: string
  /** Whether any of it stood in quotes. */
  readonly quoted: boolean
  /** Where it starts in the line. */
  readonly start: number
}

export function splitLine(line: string): Word[] {
  const words: Word[] = []
  const pattern = /(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"'])+/g
  for (const match of line.matchAll(pattern)) {
    const raw = match[0]
    words.push({ text: unquote(raw), quoted: /["']/.test(raw), start: match.index })
  }
  return words
}

function unquote(raw: string): string {
  return raw.replace(/"((?:[^"\\]|\\.)*)"?|'([^']*)'?/g, (_, double: string | undefined, single: string | undefined) =>
    double === undefined ? (single ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
  )
}
