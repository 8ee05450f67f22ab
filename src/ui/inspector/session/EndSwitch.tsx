// Which of the two ends is looked at; there is nothing to choose when only one is known.
import { useState } from 'react'
import type { SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { ToggleGroup } from '../../kit/ToggleGroup.tsx'
import { useShortNames } from '../parts/use-short-names.ts'

type End = SessionDetail['ends'][number]

export function useEnd(ends: readonly End[]): { end: End | undefined; choose: (host: string) => void } {
  const [host, choose] = useState<string | null>(null)
  return { end: ends.find((each) => each.host === host) ?? ends[0], choose }
}

interface Props {
  ends: readonly End[]
  value: string
  onChange: (host: string) => void
}

export function EndSwitch({ ends, value, onChange }: Props) {
  const { session } = useText().inspector
  const short = useShortNames()
  if (ends.length < 2) return null
  return (
    <ToggleGroup
      label={session.chooseEnd}
      options={ends.map(({ host }) => ({ value: host, label: session.end(short(host)) }))}
      value={value}
      onChange={onChange}
    />
  )
}
