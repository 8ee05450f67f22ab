// A link, file or scenario that cannot be opened: what failed, at which line, and what can be done instead.
import { startBlank } from '../actions/page.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../kit/Button.tsx'
import { Dialog } from '../kit/Dialog.tsx'
import { openText } from '../share/files.ts'
import { type OpenTrouble, showTrouble } from '../store/dialogs.ts'
import { useRun } from '../store/run.ts'
import styles from './Notices.module.css'

const SHOWN = 50

function Foot({ readable }: Pick<OpenTrouble, 'readable'>) {
  const t = useText()
  const somethingOpen = useRun((state) => state.index !== null)
  const close = () => showTrouble(null)
  return (
    <>
      <Button
        onClick={() => {
          close()
          startBlank()
        }}
      >
        {t.shell.problems.blank}
      </Button>
      {somethingOpen ? <Button onClick={close}>{t.shell.problems.keep}</Button> : null}
      {readable === null ? null : (
        <Button
          look="primary"
          onClick={() => {
            close()
            void openText(readable)
          }}
        >
          {t.shell.problems.readable}
        </Button>
      )}
    </>
  )
}

export default function TroubleDialog({ trouble }: { trouble: OpenTrouble }) {
  const t = useText()
  return (
    <Dialog
      open
      onClose={() => showTrouble(null)}
      title={t.shell.problems[trouble.what]}
      foot={<Foot readable={trouble.readable} />}
    >
      {trouble.message === null ? null : <p>{trouble.message}</p>}
      <ul className={styles.list}>
        {trouble.problems.slice(0, SHOWN).map((problem) => (
          <li key={`${problem.line}:${problem.column}:${problem.message}`} data-severity={problem.severity}>
            <div>{problem.message}</div>
            <div className={styles.place}>
              {t.shell.problems.place(problem.line, problem.column)}
              {problem.field ? ` · ${problem.field}` : ''}
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
