// The timers tab: rings of the chosen end.
import type { SessionDetail } from '../../../sim/index.ts'
import { EndSwitch, useEnd } from './EndSwitch.tsx'
import own from './session.module.css'
import { Timers } from './Timers.tsx'

export function SessionTimers({ detail }: { detail: SessionDetail }) {
  const { end, choose } = useEnd(detail.ends)
  if (!end) return null
  return (
    <>
      <div className={own.bar}>
        <EndSwitch ends={detail.ends} value={end.host} onChange={choose} />
      </div>
      <Timers timers={end.timers} />
    </>
  )
}
