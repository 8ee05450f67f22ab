// Warnings of the run that concern one host, up to the playhead.
import { useText } from '../../i18n/text.ts'
import { usePlayback } from '../../store/playback.ts'
import { useRun } from '../../store/run.ts'
import { Section } from '../parts/Section.tsx'
import { WarningList } from '../summary/WarningList.tsx'

export function HostWarnings({ host }: { host: string }) {
  const t = useText()
  const warnings = useRun((state) => state.index?.warnings)
  const own = warnings?.filter((each) => each.host === host) ?? []
  const passed = usePlayback((state) => own.filter(({ at }) => at <= state.at).length)
  if (passed === 0) return null
  return (
    <Section title={t.inspector.overview.warnings} aside={passed}>
      <WarningList events={own.slice(0, passed)} />
    </Section>
  )
}
