// What is in the editor: a manifest, or the bird.conf of an outside router. Texts are kept while the dock is closed.
import { create } from 'zustand'
import { client } from '../store/client.ts'
import { usePlayback } from '../store/playback.ts'
import { setPrefs } from '../store/prefs.ts'
import { TEMPLATES } from './templates.ts'

export type EditedDocument = { type: 'manifest' } | { type: 'bird.conf'; host: string }

interface EditorState {
  document: EditedDocument
  /** The text that is put in, not every key press: the editor itself holds that. */
  text: string
  /** Grows when a text is put in from outside. */
  revision: number
}

export const useEditor = create<EditorState>()(() => ({
  document: { type: 'manifest' },
  text: TEMPLATES[0]?.text ?? '',
  revision: 0,
}))

/** Remembers what was typed, without putting it in again. */
export function keepText(text: string): void {
  useEditor.setState({ text })
}

export function putText(document: EditedDocument, text: string): void {
  useEditor.setState({ document, text, revision: useEditor.getState().revision + 1 })
  setPrefs({ dock: 'editor' })
}

const now = () => Math.round(usePlayback.getState().at)

/** Opens an object of the datastore as it stands at the playhead. */
export async function editObject(kind: string, name: string): Promise<void> {
  const manifest = await client().manifest(now(), kind, name)
  if (manifest !== null) putText({ type: 'manifest' }, manifest)
}

export async function editBirdConf(host: string): Promise<void> {
  const detail = await client().host(now(), host, ['files'])
  putText({ type: 'bird.conf', host }, detail?.files[0]?.text ?? '')
}
