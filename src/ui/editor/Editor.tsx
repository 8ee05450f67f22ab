// The editor of the dock: manifests and bird.conf, checked as one types, applied as one action at the playhead.
import { ChevronDown, FilePlus2 } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { Problem } from '../../sim/index.ts'
import { shortcutText } from '../actions/keys.ts'
import { perform } from '../actions/perform.ts'
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { Button } from '../kit/Button.tsx'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { Tooltip } from '../kit/Tooltip.tsx'
import { client } from '../store/client.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import { CodeArea } from './CodeArea.tsx'
import styles from './Editor.module.css'
import { type EditedDocument, editBirdConf, keepText, putText, useEditor } from './editor-store.ts'
import { type Effect, previewOf } from './preview.ts'
import { TEMPLATES } from './templates.ts'

interface Checked {
  problems: readonly Problem[]
  effects: readonly Effect[]
}

const now = () => Math.round(usePlayback.getState().at)

async function checkText(document: EditedDocument, text: string): Promise<Checked> {
  const problems = await client().check(now(), document.type, text)
  const wrong = problems.some(({ severity }) => severity === 'error')
  return { problems, effects: wrong || document.type !== 'manifest' ? [] : await previewOf(now(), text) }
}

function DocumentMenu({ document }: { document: EditedDocument }) {
  const t = useText()
  const hosts = useRun((state) => state.view?.hosts)
  const name = document.type === 'manifest' ? t.tools.editor.manifest : t.tools.editor.birdConf(document.host)
  const routers = (hosts ?? []).filter(({ kind, bird }) => kind === 'router' && bird !== 'absent')
  const entries: MenuEntry[] = [
    {
      type: 'item',
      id: 'manifest',
      label: t.tools.editor.manifest,
      checked: document.type === 'manifest',
      run: () => putText({ type: 'manifest' }, TEMPLATES[0]?.text ?? ''),
    },
    ...routers.map(
      ({ name: host }): MenuEntry => ({
        type: 'item',
        id: host,
        label: t.tools.editor.birdConf(host),
        checked: document.type === 'bird.conf' && document.host === host,
        run: () => void editBirdConf(host),
      }),
    ),
  ]
  return (
    <DropdownMenu entries={entries} side="top">
      <Button>
        {name}
        <ChevronDown size={14} aria-hidden />
      </Button>
    </DropdownMenu>
  )
}

function TemplateMenu() {
  const t = useText()
  const entries = TEMPLATES.map(
    ({ kind, text }): MenuEntry => ({
      type: 'item',
      id: kind,
      label: kind,
      run: () => putText({ type: 'manifest' }, text),
    }),
  )
  return (
    <DropdownMenu entries={entries} side="top">
      <Button look="ghost">
        <FilePlus2 size={14} aria-hidden />
        {t.tools.editor.templates}
        <ChevronDown size={14} aria-hidden />
      </Button>
    </DropdownMenu>
  )
}

function useStateLine(checked: Checked | null): { tone: string | undefined; text: string } {
  const t = useText().tools.editor
  if (!checked) return { tone: undefined, text: t.checking }
  const errors = checked.problems.filter(({ severity }) => severity === 'error')
  const [first] = errors.length > 0 ? errors : checked.problems
  if (errors.length > 0) {
    const place = first ? ` ${first.line}:${first.column} ${first.message}` : ''
    return { tone: 'problem', text: `${t.problems(errors.length)}:${place}` }
  }
  const parts = checked.effects.map(({ what, change }) => (change ? t.changes(what) : t.creates(what)))
  const warned = first ? ` ${t.warning}: ${first.message}` : ''
  return { tone: 'ok', text: (parts.length > 0 ? t.preview(parts) : t.ok) + warned }
}

export default function Editor() {
  const t = useText()
  const { document, revision } = useEditor()
  const at = usePlayback((state) => clock(state.at))
  const [checked, setChecked] = useState<Checked | null>(null)
  const check = useCallback(
    async (text: string) => {
      const result = await checkText(document, text)
      setChecked(result)
      return result.problems
    },
    [document],
  )
  const line = useStateLine(checked)
  const apply = async () => {
    const { text } = useEditor.getState()
    const result = await checkText(document, text)
    setChecked(result)
    if (text.trim() === '' || result.problems.some(({ severity }) => severity === 'error')) return
    if (document.type === 'manifest') await perform({ action: 'apply', manifest: text })
    else await perform({ action: 'set-bird-conf', target: { kind: 'host', name: document.host }, text })
    // What would be created is there now.
    setChecked(await checkText(document, text))
  }
  return (
    <section className={styles.editor} aria-label={t.tools.editor.label}>
      <div className={styles.bar}>
        <DocumentMenu document={document} />
        {document.type === 'manifest' ? <TemplateMenu /> : null}
        <span className={styles.state} role="status" data-tone={line.tone} title={line.text}>
          {line.text}
        </span>
        <Tooltip text={t.tools.editor.asOf(at)} shortcut={shortcutText('Ctrl+Enter')}>
          <Button look="primary" onClick={() => void apply()}>
            {document.type === 'manifest' ? t.tools.editor.apply : t.tools.editor.applyBird}
          </Button>
        </Tooltip>
      </div>
      <CodeArea
        key={revision}
        label={document.type === 'manifest' ? t.tools.editor.manifest : t.tools.editor.birdConf(document.host)}
        language={document.type}
        initial={useEditor.getState().text}
        onChange={keepText}
        onApply={() => void apply()}
        check={check}
      />
    </section>
  )
}
