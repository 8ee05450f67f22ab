// The simulation broke: the stage keeps its last frame, and the person can start it again or copy what happened.
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { Button } from '../kit/Button.tsx'
import { useDialogs } from '../store/dialogs.ts'
import { usePlayback } from '../store/playback.ts'
import { currentActions, restartSimulation } from '../store/restart.ts'
import { useRun } from '../store/run.ts'
import styles from './Notices.module.css'

function report(crash: string): string {
  const { name, document } = useRun.getState()
  const actions = JSON.stringify(currentActions())
  return [
    `scenario: ${name}`,
    `playhead: ${usePlayback.getState().at} us`,
    `actions: ${actions}`,
    crash,
    '---',
    document,
  ].join('\n')
}

export function Stopped() {
  const t = useText()
  const crash = useDialogs((state) => state.crash)
  const at = usePlayback((state) => (crash === null ? 0 : state.at))
  if (crash === null) return null
  return (
    <section className={styles.stopped} role="alert" data-stage-overlay>
      <h2>{t.shell.stopped.title(clock(at))}</h2>
      <p>{t.shell.stopped.text}</p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={() => void restartSimulation()}>
          {t.shell.stopped.restart}
        </Button>
        <Button onClick={() => void navigator.clipboard?.writeText(report(crash))}>{t.shell.stopped.copy}</Button>
      </div>
    </section>
  )
}
