// What is selected, looked into at the playhead; without a selection, the scenario.
import { useSelection } from '../store/selection.ts'
import type { Selection } from '../store/types.ts'
import { HostInspector } from './host/HostInspector.tsx'
import styles from './Inspector.module.css'
import { MessageSummary } from './message/MessageSummary.tsx'
import { BlockInspector } from './object/BlockInspector.tsx'
import { LinkInspector } from './object/LinkInspector.tsx'
import { PodInspector } from './object/PodInspector.tsx'
import { SessionInspector } from './session/SessionInspector.tsx'
import { ScenarioSummary } from './summary/ScenarioSummary.tsx'

function Selected({ selection }: { selection: Selection }) {
  switch (selection.type) {
    case 'host':
      return <HostInspector key={selection.name} name={selection.name} />
    case 'session':
      return <SessionInspector key={selection.id} id={selection.id} />
    case 'message':
      return <MessageSummary id={selection.id} />
    case 'link':
      return <LinkInspector host={selection.host} network={selection.network} />
    case 'pod':
      return <PodInspector key={selection.id} id={selection.id} />
    default:
      return <BlockInspector key={selection.cidr} cidr={selection.cidr} />
  }
}

export function Inspector() {
  const selection = useSelection((state) => state.selection)
  return <div className={styles.inspector}>{selection ? <Selected selection={selection} /> : <ScenarioSummary />}</div>
}
