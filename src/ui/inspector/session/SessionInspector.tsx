// A BGP session: head and tabs over one answer of the recording.
import { Ellipsis, Waypoints } from 'lucide-react'
import type { HostView, SessionDetail, SessionView } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../kit/Button.tsx'
import { DropdownMenu } from '../../kit/DropdownMenu.tsx'
import { Tabs } from '../../kit/Tabs.tsx'
import { menuFor } from '../../stage/menu-items.ts'
import { client } from '../../store/client.ts'
import { useRun } from '../../store/run.ts'
import { setInspectorTab, useSelection } from '../../store/selection.ts'
import { useAtPlayhead } from '../data/use-at-playhead.ts'
import styles from '../Inspector.module.css'
import { Head } from '../parts/Head.tsx'
import { StatePill } from '../parts/StatePill.tsx'
import { useShortNames } from '../parts/use-short-names.ts'
import { useTabKeys } from '../parts/use-tab-keys.ts'
import { peerName } from './peer-name.ts'
import { SessionFsm } from './SessionFsm.tsx'
import { SessionMessages } from './SessionMessages.tsx'
import { SessionRoutes } from './SessionRoutes.tsx'
import { SessionSummary } from './SessionSummary.tsx'
import { SessionTimers } from './SessionTimers.tsx'

const NONE: readonly HostView[] = []
const TABS = ['summary', 'fsm', 'timers', 'routes', 'messages'] as const

function SessionHead({ session }: { session: SessionView }) {
  const t = useText()
  const words = t.inspector.session
  const short = useShortNames()
  const hosts = useRun((state) => state.view?.hosts ?? NONE)
  const { a, look } = session
  const peer = peerName(session, hosts)
  const state = look === 'silent' ? t.inspector.sessions.silent : look === 'established' ? 'Established' : a.bgpState
  return (
    <Head
      icon={<Waypoints size={18} aria-hidden />}
      title={words.title(short(a.host), peer !== null ? short(peer) : words.nobody(session.remoteAddress))}
      sub={
        <>
          {session.ebgp ? words.ebgp : words.ibgp} · <StatePill look={look}>{state}</StatePill>
        </>
      }
    >
      <DropdownMenu entries={menuFor({ type: 'session', id: session.id })} align="end">
        <IconButton label={words.more}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </DropdownMenu>
    </Head>
  )
}

function Panel({ tab, detail }: { tab: (typeof TABS)[number]; detail: SessionDetail }) {
  switch (tab) {
    case 'summary':
      return <SessionSummary detail={detail} />
    case 'fsm':
      return <SessionFsm detail={detail} />
    case 'timers':
      return <SessionTimers detail={detail} />
    case 'routes':
      return <SessionRoutes detail={detail} />
    default:
      return <SessionMessages detail={detail} />
  }
}

export function SessionInspector({ id }: { id: string }) {
  const t = useText()
  const wanted = useSelection((state) => state.inspectorTab)
  const tab = TABS.find((each) => each === wanted) ?? 'summary'
  const seen = useRun((state) => state.view?.sessions.find((session) => session.id === id))
  const answer = useAtPlayhead(id, (at) => client().session(at, id))
  useTabKeys(TABS)
  const session = seen ?? answer?.value?.session
  if (!session) return <p className={styles.empty}>{t.inspector.gone}</p>
  return (
    <div className={styles.whole}>
      <SessionHead session={session} />
      <Tabs
        label={t.inspector.tabs}
        tabs={TABS.map((each) => ({ id: each, label: t.inspector.session.tab[each] }))}
        value={tab}
        onChange={setInspectorTab}
        className={styles.tabs}
        panelClassName={styles.panel}
      >
        {answer?.value ? <Panel tab={tab} detail={answer.value} /> : null}
      </Tabs>
    </div>
  )
}
