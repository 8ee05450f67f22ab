// The configuration that BIRD reads: one tab per file, the whole text or what changed with its last version.
import { Pencil } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { HostDetail, HostView } from '../../../sim/index.ts'
import { editBirdConf } from '../../editor/editor-store.ts'
import { useText } from '../../i18n/text.ts'
import { clock } from '../../i18n/time.ts'
import { Button } from '../../kit/Button.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { ToggleGroup } from '../../kit/ToggleGroup.tsx'
import styles from '../Inspector.module.css'
import { GoTo } from '../parts/GoTo.tsx'
import own from './config.module.css'
import { countChanges, diffLines, hunks } from './diff.ts'
import { FileText } from './FileText.tsx'

type File = HostDetail['files'][number]

function ConfigFile({ file, onEdit }: { file: File; onEdit: (() => void) | null }) {
  const { config } = useText().inspector
  const [show, setShow] = useState<'whole' | 'diff'>('whole')
  const { text, previous, changedAt } = file
  const all = useMemo(() => diffLines(previous ?? text, text), [previous, text])
  const { added, removed } = countChanges(all)
  const diff = previous !== null && show === 'diff'
  const lines = diff ? hunks(all, 3) : all.filter(({ sign }) => sign !== '-')
  return (
    <>
      <div className={own.bar}>
        <GoTo at={changedAt} label={config.changedAt(clock(changedAt))} />
        {onEdit ? (
          <Button onClick={onEdit}>
            <Pencil size={13} aria-hidden />
            {config.edit}
          </Button>
        ) : null}
      </div>
      <div className={own.bar}>
        <span className={own.delta}>{previous === null ? config.first : config.delta(added, removed)}</span>
        {previous === null ? null : (
          <ToggleGroup
            label={config.show}
            options={[
              { value: 'whole', label: config.whole },
              { value: 'diff', label: config.diff },
            ]}
            value={show}
            onChange={setShow}
          />
        )}
      </div>
      {diff && added + removed === 0 ? <p className={styles.empty}>{config.same}</p> : null}
      <FileText name={file.name} lines={lines} />
    </>
  )
}

export function ConfigTab({ host, files }: { host: HostView; files: readonly File[] }) {
  const { config } = useText().inspector
  const [name, setName] = useState<string | null>(null)
  const file = files.find((each) => each.name === name) ?? files[0]
  if (!file) return <p className={styles.empty}>{config.none}</p>
  const onEdit = host.kind === 'router' ? () => void editBirdConf(host.name) : null
  if (files.length === 1) return <ConfigFile file={file} onEdit={onEdit} />
  return (
    <Tabs
      label={config.files}
      tabs={files.map((each) => ({ id: each.name, label: each.name }))}
      value={file.name}
      onChange={setName}
      className={own.files}
    >
      <ConfigFile key={file.name} file={file} onEdit={onEdit} />
    </Tabs>
  )
}
