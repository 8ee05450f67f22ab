// Share: a link that holds the whole scenario, and files.
import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { pause } from '../player/player.ts'
import { openDialog } from '../store/dialogs.ts'
import { usePlayback } from '../store/playback.ts'
import { useSelection } from '../store/selection.ts'
import { chooseFile, saveCapture, saveFile } from './files.ts'
import { type LinkOptions, makeLink } from './make-link.ts'
import styles from './ShareDialog.module.css'

const GOOD = 2048
const LONG = 8192

function Options({ options, onChange }: { options: LinkOptions; onChange: (next: LinkOptions) => void }) {
  const t = useText()
  const at = usePlayback((state) => state.at)
  const selected = useSelection((state) => state.selection !== null)
  const words: Record<keyof LinkOptions, string> = {
    time: t.tools.share.time(clock(at, true)),
    selection: t.tools.share.selection,
    play: t.tools.share.play,
    language: t.tools.share.language,
    theme: t.tools.share.theme,
  }
  return (
    <fieldset className={styles.options}>
      <legend>{t.tools.share.options}</legend>
      {(Object.keys(words) as (keyof LinkOptions)[]).map((key) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={options[key] && (key !== 'selection' || selected)}
            disabled={key === 'selection' && !selected}
            onChange={(event) => onChange({ ...options, [key]: event.target.checked })}
          />
          {words[key]}
        </label>
      ))}
    </fieldset>
  )
}

function SizeMeter({ size }: { size: number }) {
  const t = useText()
  const words = size <= GOOD ? t.tools.share.good : size <= LONG ? t.tools.share.long : t.tools.share.tooLong
  const text = size < 1024 ? `${size} B` : `${(size / 1024).toFixed(1)} KB`
  return (
    <div className={styles.meter}>
      <span>{t.tools.share.size(text)}</span>
      <meter min={0} max={LONG} low={GOOD} high={LONG * 0.95} optimum={0} value={Math.min(size, LONG)}>
        {text}
      </meter>
      <p>{words}</p>
    </div>
  )
}

export default function ShareDialog() {
  const t = useText()
  const [options, setOptions] = useState<LinkOptions>({
    time: true,
    selection: true,
    play: false,
    language: false,
    theme: false,
  })
  const [link, setLink] = useState('')
  const [copied, setCopied] = useState<boolean | null>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(pause, [])
  useEffect(() => {
    let stale = false
    setCopied(null)
    void makeLink(options)
      .then((made) => {
        if (!stale) setLink(made)
      })
      .catch(() => undefined)
    return () => {
      stale = true
    }
  }, [options])
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
    } catch {
      setCopied(document.execCommand('copy'))
    }
  }
  return (
    <Dialog open onClose={() => openDialog(null)} title={t.tools.share.title} description={t.tools.share.text}>
      <div className={styles.row}>
        <input
          ref={field}
          readOnly
          aria-label={t.tools.share.link}
          value={link}
          placeholder={t.tools.share.working}
          onFocus={(event) => event.target.select()}
        />
        <Button look="primary" disabled={link === ''} onClick={() => void copy()}>
          {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          {copied ? t.tools.share.copied : t.tools.share.copy}
        </Button>
      </div>
      <p role="status">{copied === false ? t.tools.share.copyFailed : ''}</p>
      <Options options={options} onChange={setOptions} />
      {link === '' ? null : <SizeMeter size={link.length} />}
      <div className={styles.file}>
        <p>{t.tools.share.file}</p>
        <Button onClick={() => void saveFile()}>{t.tools.share.save}</Button>
        <Button
          onClick={() => {
            openDialog(null)
            chooseFile()
          }}
        >
          {t.tools.share.open}
        </Button>
      </div>
      <div className={styles.file}>
        <p>{t.tools.share.capture}</p>
        <Button onClick={() => void saveCapture(null)}>{t.tools.share.saveCapture}</Button>
      </div>
    </Dialog>
  )
}
