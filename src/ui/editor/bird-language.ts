// Colours for bird.conf: comments, strings, numbers, prefixes, and BIRD's words (the tokens of conf/cf-lex.l).
import { StreamLanguage, type StringStream } from '@codemirror/language'

const KEYWORDS = new Set(
  'accept as bgp cluster connect default device direct disabled else error export false filter function gateway graceful hold id if import include interface ip int kernel keepalive learn local log metric mrtdump multihop neighbor next self none all on off pair passive password persist pipe pool prefix preference protocol reject restart return rip route router rr client scan set static switch case table template then time true type via where yes no blackhole unreachable prohibit source address add paths start delay wait forget'.split(
    ' ',
  ),
)
const TYPES = new Set([
  'int',
  'ip',
  'prefix',
  'pair',
  'bool',
  'string',
  'quad',
  'clist',
  'eclist',
  'bgppath',
  'bgpmask',
])

interface State {
  comment: boolean
}

function readComment(stream: StringStream, state: State): string {
  if (stream.skipTo('*/')) {
    stream.match('*/')
    state.comment = false
  } else stream.skipToEnd()
  return 'comment'
}

function token(stream: StringStream, state: State): string | null {
  if (state.comment) return readComment(stream, state)
  if (stream.eatSpace()) return null
  if (stream.match('/*')) {
    state.comment = true
    return readComment(stream, state)
  }
  if (stream.match(/^#.*/)) return 'comment'
  if (stream.match(/^"[^"\n]*"?/)) return 'string'
  if (stream.match(/^\d+\.\d+\.\d+\.\d+(\/\d+)?/)) return 'atom'
  if (stream.match(/^(0x[\da-f]+|\d+)/i)) return 'number'
  const word = stream.match(/^[A-Za-z_][\w.]*/)
  if (word && typeof word !== 'boolean') {
    const text = word[0]
    if (TYPES.has(text)) return 'typeName'
    if (KEYWORDS.has(text)) return 'keyword'
    return /^(bgp|krt|ospf)_/.test(text) ? 'propertyName' : 'variableName'
  }
  stream.next()
  return 'punctuation'
}

export const birdLanguage = StreamLanguage.define<State>({
  name: 'bird.conf',
  startState: () => ({ comment: false }),
  token,
  languageData: { commentTokens: { line: '#', block: { open: '/*', close: '*/' } } },
})
