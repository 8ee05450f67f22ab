// The editor in the page's own tokens, so that both themes fit.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const frame = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--panel)', color: 'var(--ink1)', fontSize: '12px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '18px' },
  '.cm-content': { caretColor: 'var(--accent)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink3)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent) !important',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--panel)',
    color: 'var(--ink1)',
    border: '1px solid var(--line2)',
    borderRadius: '7px',
  },
  '.cm-diagnostic': { fontFamily: 'var(--font-ui)', padding: '6px 10px', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--notification)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--withdraw)' },
})

const colours = HighlightStyle.define([
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--ink3)' },
  { tag: [tags.keyword, tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--update)' },
  { tag: [tags.number, tags.atom, tags.bool, tags.null], color: 'var(--withdraw)' },
  { tag: [tags.typeName, tags.labelName], color: 'var(--refresh)' },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: 'var(--ink2)' },
])

export const editorTheme = [frame, syntaxHighlighting(colours)]
