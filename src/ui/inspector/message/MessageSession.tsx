// The session a message belongs to, at the playhead: state machine, timers and what the message brought about.
import type { MessageDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { clock } from '../../i18n/time.ts'
import { client } from '../../store/client.ts'
import { usePlayback } from '../../store/playback.ts'
import { useAtPlayhead } from '../data/use-at-playhead.ts'
import styles from '../Inspector.module.css'
import { useShortNames } from '../parts/use-short-names.ts'
import { EndSwitch, useEnd } from '../session/EndSwitch.tsx'
import { FsmDiagram } from '../session/FsmDiagram.tsx'
import { stateOf } from '../session/SessionFsm.tsx'
import { Timers } from '../session/Timers.tsx'
import { Effects } from './Effects.tsx'
import own from './message.module.css'

function Now() {
  return <code className={own.aside}>{usePlayback(({ at }) => clock(at, true))}</code>
}

export function MessageSession({ detail }: { detail: MessageDetail }) {
  const { message: words } = useText().inspector
  const short = useShortNames()
  const { session: id, from, to } = detail.message
  const answer = useAtPlayhead(id, (at) => client().session(at, id ?? ''))
  const session = answer?.value ?? null
  const { end, choose } = useEnd(session?.ends ?? [])
  return (
    <>
      <section className={own.card} data-part="state" aria-label={words.state}>
        <div className={own.cardHead}>
          <h3>{words.state}</h3>
          <span className={own.quiet}>
            {words.stateOf(short(from), to ? short(to) : words.nobody, end?.protocol ?? '')}
          </span>
          {session && end ? <EndSwitch ends={session.ends} value={end.host} onChange={choose} /> : null}
        </div>
        <div className={own.cardBody}>
          {session && end ? <FsmDiagram path={end.path} state={stateOf(session, end)} /> : null}
          {id === null ? <p className={styles.note}>{words.noSession}</p> : null}
        </div>
      </section>
      <section className={own.card} data-part="effect" aria-label={words.timersAndEffect}>
        <div className={own.cardHead}>
          <h3>{words.timersAndEffect}</h3>
          <Now />
        </div>
        <div className={own.cardBody}>
          {end ? <Timers timers={end.timers} /> : null}
          <Effects detail={detail} />
        </div>
      </section>
    </>
  )
}
