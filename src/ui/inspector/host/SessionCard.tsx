// One BGP session of a host: hold ring, peer, protocol, state. Opens the session.
import type { HostView, ProtocolRow, SessionView } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { cx } from '../../kit/cx.ts'
import { useRun } from '../../store/run.ts'
import { select, setHover } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { Ring } from '../parts/Ring.tsx'
import { StatePill } from '../parts/StatePill.tsx'
import { useShortNames } from '../parts/use-short-names.ts'
import { peerName } from '../session/peer-name.ts'
import own from './host.module.css'

const NONE: readonly HostView[] = []

interface Props {
  host: string
  row: ProtocolRow
  session: SessionView | null
  first: boolean
}

export function SessionCard({ host, row, session, first }: Props) {
  const t = useText()
  const words = t.inspector.sessions
  const short = useShortNames()
  const hosts = useRun((state) => state.view?.hosts ?? NONE)
  const end = session?.a.host === host && session.a.protocol === row.name ? session.a : session?.b
  const other = end === session?.b ? session?.a.host : session && peerName(session, hosts)
  const peer = other ? short(other) : session ? words.unknownPeer(session.remoteAddress) : row.name
  const look = session?.look ?? 'idle'
  const hold = row.up?.hold ?? null
  const left = hold === null || hold.nominalSeconds === 0 ? null : hold.remainingSeconds / hold.nominalSeconds
  const state = look === 'silent' ? words.silent : (end?.bgpState ?? row.state)
  return (
    <button
      type="button"
      data-row
      tabIndex={first ? 0 : -1}
      className={cx(styles.rowButton, own.session)}
      data-look={look}
      onClick={() => session && select({ type: 'session', id: session.id })}
      onMouseEnter={() => session && setHover({ kind: 'session', id: session.id })}
      onMouseLeave={() => setHover(null)}
    >
      <Ring size={44} left={left} tone={look === 'silent' ? 'warn' : 'good'}>
        {hold === null ? t.inspector.session.timers.off : t.stage.seconds(Math.ceil(hold.remainingSeconds))}
      </Ring>
      <span className={own.sessionText}>
        <span className={own.sessionTop}>
          <b title={other ?? undefined}>{peer}</b>
          {session ? (
            <span className={own.kind}>{session.ebgp ? t.inspector.session.ebgp : t.inspector.session.ibgp}</span>
          ) : null}
          <StatePill look={look}>{state}</StatePill>
        </span>
        <span className={own.sessionTop}>
          <code>{row.name}</code>
          {row.up ? <span className={own.quiet}>{words.inOut(row.up.imported, row.up.exported)}</span> : null}
        </span>
        <span className={own.quiet}>
          {hold === null
            ? row.info.trim().replace(/\s+/g, ' ')
            : words.heard(hold.heardSecondsAgo.toFixed(1), hold.nominalSeconds)}
        </span>
      </span>
    </button>
  )
}
