// The first visit: three ways to begin, while the mesh already plays behind the card.
import { Play, Plus, Wrench, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { chooseScenario, startBlank } from '../actions/page.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { chooseFile } from '../share/files.ts'
import { useDialogs } from '../store/dialogs.ts'
import { setPrefs } from '../store/prefs.ts'
import styles from './FirstVisit.module.css'

interface Choice {
  icon: ReactNode
  title: string
  hint: string
  run: () => void
}

function close(): void {
  setPrefs({ welcomed: true })
  useDialogs.setState({ welcome: false })
}

/** `column`: at the top of the inspector; `over`: over the stage, where there is no such column. */
export function FirstVisit({ place }: { place: 'column' | 'over' }) {
  const t = useText()
  const welcome = useDialogs((state) => state.welcome)
  if (!welcome) return null
  const { first } = t.shell
  const choices: Choice[] = [
    {
      icon: <Play size={15} aria-hidden />,
      title: first.mesh,
      hint: first.meshHint,
      run: () => void chooseScenario('mesh'),
    },
    {
      icon: <Wrench size={15} aria-hidden />,
      title: first.lab,
      hint: first.labHint,
      run: () => void chooseScenario('article-lab-fixed'),
    },
    { icon: <Plus size={15} aria-hidden />, title: first.blank, hint: first.blankHint, run: startBlank },
  ]
  return (
    <section className={styles.card} data-place={place} aria-labelledby="first-visit" data-stage-overlay>
      <h2 id="first-visit">{first.title}</h2>
      <p>{first.text}</p>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <button key={choice.title} type="button" className={styles.choice} onClick={choice.run}>
            <strong>
              {choice.icon}
              {choice.title}
            </strong>
            <span>{choice.hint}</span>
          </button>
        ))}
      </div>
      <div className={styles.foot}>
        <Button look="ghost" onClick={chooseFile}>
          {first.open}
        </Button>
      </div>
      <IconButton className={styles.close} label={t.shell.close} onClick={close}>
        <X size={16} aria-hidden />
      </IconButton>
    </section>
  )
}
