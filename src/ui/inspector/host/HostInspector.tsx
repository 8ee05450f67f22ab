// A Kubernetes node or an outside router: head and tabs. Each tab asks only for its own part.
import type { HostDetail, HostPart, HostView } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { Tabs } from '../../kit/Tabs.tsx'
import { client } from '../../store/client.ts'
import { useRun } from '../../store/run.ts'
import { setInspectorTab, useSelection } from '../../store/selection.ts'
import { ConfigTab } from '../config/ConfigTab.tsx'
import { type Answered, useAtPlayhead } from '../data/use-at-playhead.ts'
import styles from '../Inspector.module.css'
import { useTabKeys } from '../parts/use-tab-keys.ts'
import { RibTab } from '../rib/RibTab.tsx'
import { FibTab } from './FibTab.tsx'
import { HostHeader } from './HostHeader.tsx'
import { LogTab } from './LogTab.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { PodsTab } from './PodsTab.tsx'
import { SessionsTab } from './SessionsTab.tsx'
import { hostTabs, tabInForce } from './tabs.ts'

interface PanelProps {
  tab: HostPart
  host: HostView
  answer: Answered<HostDetail>
}

function Panel({ tab, host, answer }: PanelProps) {
  const { value: detail, at } = answer
  switch (tab) {
    case 'overview':
      return <OverviewTab host={host} facts={detail.overview} />
    case 'sessions':
      return <SessionsTab host={host} protocols={detail.sessions} />
    case 'rib':
      return <RibTab host={host} rows={detail.rib} at={at} />
    case 'fib':
      return <FibTab rows={detail.fib} />
    case 'files':
      return <ConfigTab host={host} files={detail.files} />
    case 'pods':
      return <PodsTab pods={detail.pods} />
    default:
      return <LogTab lines={detail.log} />
  }
}

export function HostInspector({ name }: { name: string }) {
  const t = useText()
  const host = useRun((state) => state.view?.hosts.find((each) => each.name === name))
  const wanted = useSelection((state) => state.inspectorTab)
  const tabs = host ? hostTabs(host) : []
  const tab = tabInForce(tabs, wanted)
  useTabKeys(tabs)
  const answer = useAtPlayhead(`${name} ${tab}`, (at) => client().host(at, name, [tab]))
  if (!host) return <p className={styles.empty}>{t.inspector.gone}</p>
  return (
    <div className={styles.whole}>
      <HostHeader host={host} />
      <Tabs
        label={t.inspector.tabs}
        tabs={tabs.map((id) => ({ id, label: t.inspector.host.tab[id] }))}
        value={tab}
        onChange={setInspectorTab}
        className={styles.tabs}
        panelClassName={styles.panel}
      >
        {answer?.value ? <Panel tab={tab} host={host} answer={{ value: answer.value, at: answer.at }} /> : null}
      </Tabs>
    </div>
  )
}
