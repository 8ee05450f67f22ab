// Files: save the branch on screen or what was on its wires, open a scenario that was chosen or dropped.
import { text } from '../i18n/text.ts'
import { client } from '../store/client.ts'
import { currentDocument } from '../store/commands.ts'
import { showTrouble, useDialogs } from '../store/dialogs.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import { openDocument } from '../store/scenarios.ts'
import { showToast } from '../store/toasts.ts'

function save(content: BlobPart, type: string, ending: string): void {
  saveAs(content, type, `${useRun.getState().name || 'scenario'}${ending}`)
}

export function saveAs(content: BlobPart, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export async function saveFile(): Promise<void> {
  save(await currentDocument(), 'application/yaml', '.yaml')
}

/** BGP on the wire up to the playhead, as Wireshark reads it: at one interface (`HOST/IFACE`), or every segment once. */
export async function saveCapture(tap: string | null): Promise<void> {
  const bytes = await client().pcap(Math.round(usePlayback.getState().at), tap === null ? [] : [tap])
  if (bytes === null) {
    showToast({ text: text().tools.share.noInterface(tap ?? ''), tone: 'problem', action: null })
    return
  }
  const place = tap === null ? '' : `-${tap.replace('/', '-')}`
  save(bytes as Uint8Array<ArrayBuffer>, 'application/x-pcapng', `${place}.pcapng`)
}

/** Opens the text of a document; what is wrong with it is shown, and what was open stays. */
export async function openText(document: string, what: 'file' | 'scenario' = 'file'): Promise<boolean> {
  const outcome = await openDocument(document)
  if (outcome.ok) {
    useDialogs.setState({ welcome: false })
    history.replaceState(null, '', location.pathname + location.search)
    return true
  }
  showTrouble({ what, message: null, problems: outcome.problems, readable: null })
  return false
}

export function chooseFile(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.yaml,.yml,.json,text/yaml,application/yaml'
  input.onchange = async () => {
    const file = input.files?.[0]
    if (file) await openText(await file.text())
  }
  input.click()
}

/** Files may be dropped anywhere on the window. `onOver` hears whether one hovers. */
export function acceptDrops(onOver: (over: boolean) => void): () => void {
  const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
  const over = (event: DragEvent) => {
    if (!holdsFile(event)) return
    event.preventDefault()
    onOver(true)
  }
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) onOver(false)
  }
  const drop = async (event: DragEvent) => {
    if (!holdsFile(event)) return
    event.preventDefault()
    onOver(false)
    const file = event.dataTransfer?.files[0]
    if (file) await openText(await file.text())
  }
  addEventListener('dragover', over)
  addEventListener('dragleave', leave)
  addEventListener('drop', drop)
  return () => {
    removeEventListener('dragover', over)
    removeEventListener('dragleave', leave)
    removeEventListener('drop', drop)
  }
}
