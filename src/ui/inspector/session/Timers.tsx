// Timers of one end as rings; a stopped one says so.
import type { SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { Ring } from '../parts/Ring.tsx'
import own from './session.module.css'

export function Timers({ timers }: { timers: SessionDetail['ends'][number]['timers'] }) {
  const t = useText()
  const words = t.inspector.session.timers
  return (
    <ul className={own.timers}>
      {timers.map(({ name, remainingSeconds, nominalSeconds }) => {
        const left = remainingSeconds !== null && nominalSeconds ? remainingSeconds / nominalSeconds : null
        const low = name === 'hold' && left !== null && left < 1 / 3
        const label = words.names[name]
        return (
          <li key={name}>
            <Ring size={72} left={left} tone={low ? 'warn' : 'good'}>
              <b className={own.left}>
                {remainingSeconds === null ? words.off : t.stage.seconds(Math.ceil(remainingSeconds))}
              </b>
            </Ring>
            <span className={own.timerName}>{label}</span>
            <span className={own.timerOf}>
              {remainingSeconds === null || nominalSeconds === null ? words.stopped : words.of(nominalSeconds)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
