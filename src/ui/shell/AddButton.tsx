// Where the palette column has no room, one button opens the same choices.
import { Plus } from 'lucide-react'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../kit/Button.tsx'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { beginPlacing, type PlacedItem } from '../stage/drop-target.ts'
import { setPrefs } from '../store/prefs.ts'
import styles from './Workspace.module.css'

export function AddButton() {
  const t = useText()
  const items: readonly PlacedItem[] = ['node', 'router', 'pod']
  const entries: MenuEntry[] = [
    ...items.map(
      (item): MenuEntry => ({
        type: 'item',
        id: item,
        label: t.tools.rail[item],
        run: () => beginPlacing(item, 'click'),
      }),
    ),
    { type: 'separator', id: 'line' },
    { type: 'item', id: 'yaml', label: t.tools.rail.yaml, run: () => setPrefs({ dock: 'editor' }) },
  ]
  return (
    <div className={styles.add} data-stage-overlay>
      <DropdownMenu entries={entries} align="end">
        <IconButton label={t.tools.rail.open} style={{ background: 'var(--panel)', borderColor: 'var(--line2)' }}>
          <Plus size={18} aria-hidden />
        </IconButton>
      </DropdownMenu>
    </div>
  )
}
