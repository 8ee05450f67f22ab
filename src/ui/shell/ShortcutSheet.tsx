// The `?` sheet: every key of the page, from the commands themselves.
import { allCommands } from '../actions/commands.ts'
import { shortcutText } from '../actions/keys.ts'
import { useText } from '../i18n/text.ts'
import { Dialog } from '../kit/Dialog.tsx'
import { openDialog } from '../store/dialogs.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import styles from './ShortcutSheet.module.css'

function Rows({ rows }: { rows: readonly { label: string; keys: string }[] }) {
  return rows.map(({ label, keys }) => (
    <div key={label} className={styles.row}>
      <span>{label}</span>
      <kbd>{shortcutText(keys)}</kbd>
    </div>
  ))
}

export default function ShortcutSheet() {
  const t = useText()
  const singleKeys = usePrefs((state) => state.singleKeys)
  const withKeys = allCommands({ evenUnavailable: true }).filter(({ shortcut }) => shortcut !== undefined)
  const groups = [...new Set(withKeys.map(({ group }) => group))]
  const elsewhere = [
    { label: t.shell.shortcuts.regions, keys: 'F6 / Shift+F6' },
    { label: t.shell.shortcuts.ruler, keys: '← →' },
    { label: t.shell.shortcuts.tree, keys: '← → ↑ ↓' },
  ]
  return (
    <Dialog open onClose={() => openDialog(null)} title={t.shell.shortcuts.title} width={720}>
      <label className={styles.single}>
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setPrefs({ singleKeys: event.target.checked })}
        />
        {t.shell.shortcuts.single}
      </label>
      <div className={styles.columns}>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3>{t.tools.command.groups[group]}</h3>
            <Rows
              rows={withKeys
                .filter((each) => each.group === group)
                .map(({ label, shortcut }) => ({ label, keys: shortcut ?? '' }))}
            />
          </section>
        ))}
        <section className={styles.group}>
          <h3>{t.tools.command.groups.page}</h3>
          <Rows rows={elsewhere} />
        </section>
      </div>
    </Dialog>
  )
}
