// CodeMirror in React: made once per document, problems asked for as one types.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { linter, lintGutter, lintKeymap } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { Problem } from '../../sim/index.ts'
import { birdLanguage } from './bird-language.ts'
import { diagnosticsOf } from './diagnostics.ts'
import styles from './Editor.module.css'
import { editorTheme } from './editor-theme.ts'

interface Props {
  label: string
  language: 'manifest' | 'bird.conf'
  initial: string
  onChange: (text: string) => void
  onApply: () => void
  check: (text: string) => Promise<readonly Problem[]>
}

export function CodeArea(props: Props) {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    const parent = host.current
    if (!parent) return
    const { initial, language, label } = latest.current
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: initial,
        extensions: [
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                latest.current.onApply()
                return true
              },
            },
            ...lintKeymap,
            ...historyKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          indentOnInput(),
          bracketMatching(),
          language === 'manifest' ? yaml() : birdLanguage,
          lintGutter(),
          linter(async ({ state }) => diagnosticsOf(state.doc, await latest.current.check(state.doc.toString())), {
            delay: 250,
          }),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          editorTheme,
        ],
      }),
    })
    view.focus()
    return () => view.destroy()
  }, [])
  return <div ref={host} className={styles.code} />
}
