// Colours for a line of a BIRD configuration: comments, strings, numbers and addresses, and the words that begin something.
export type Tone = 'plain' | 'comment' | 'string' | 'number' | 'word'
export interface Token {
  tone: Tone
  text: string
}

const WORDS =
  'protocol|template|filter|function|table|router|listen|include|define|import|export|if|then|else|case|return|accept|reject|neighbor|local|source|route|interface|from|via|blackhole|unreachable|learn|persist|scan|passive|graceful|restart|add|paths|rr|client|multihop|gateway|description|debug|log'
const PATTERN = new RegExp(
  [
    '(#.*$)',
    '("[^"]*"?|\'[^\']*\'?)',
    '\\b(\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d+)?(?:\\{\\d+,\\d+\\})?|\\d+)\\b',
    `\\b(${WORDS})\\b`,
  ].join('|'),
  'g',
)

export function highlight(line: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of line.matchAll(PATTERN)) {
    if (match.index > end) tokens.push({ tone: 'plain', text: line.slice(end, match.index) })
    const [, comment, string, number] = match
    const tone = comment ? 'comment' : string ? 'string' : number ? 'number' : 'word'
    tokens.push({ tone, text: match[0] })
    end = match.index + match[0].length
  }
  if (end < line.length) tokens.push({ tone: 'plain', text: line.slice(end) })
  return tokens
}
