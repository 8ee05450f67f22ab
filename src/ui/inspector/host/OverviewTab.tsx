// A host at a glance: who it is, what runs on it, its interfaces and blocks, what is wrong.
import { Check, CircleSlash, X } from 'lucide-react'
import type { HostDetail, HostView } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { select } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { Facts } from '../parts/Facts.tsx'
import { PrefixName } from '../parts/PrefixName.tsx'
import { Rich } from '../parts/Rich.tsx'
import { Section } from '../parts/Section.tsx'
import { HostWarnings } from './HostWarnings.tsx'
import own from './host.module.css'
import { LossHere } from './LossHere.tsx'

/** A node without power, or still booting, has everything and runs nothing; only a router can be without BIRD. */
function Component({ name, state, kind }: { name: string; state: HostView['bird']; kind: HostView['kind'] }) {
  const { overview } = useText().inspector
  const Icon = state === 'running' ? Check : state === 'stopped' ? X : CircleSlash
  return (
    <li className={own.component} data-state={state}>
      <Icon size={14} aria-hidden />
      <b>{name}</b>
      <span>{state === 'absent' && kind === 'node' ? overview.notStarted : overview[state]}</span>
    </li>
  )
}

function Blocks({ host }: { host: HostView }) {
  const { overview } = useText().inspector
  if (host.kind === 'router')
    return host.prefixes.length === 0 ? null : (
      <Section title={overview.prefixes}>
        <ul className={styles.list}>
          {host.prefixes.map((prefix) => (
            <li key={prefix}>
              <PrefixName prefix={prefix} />
            </li>
          ))}
        </ul>
      </Section>
    )
  return (
    <Section title={overview.blocks}>
      {host.blocks.length === 0 ? <p className={styles.note}>{overview.noBlocks}</p> : null}
      <ul className={styles.list}>
        {host.blocks.map(({ cidr, used, size }) => (
          <li key={cidr}>
            <button type="button" className={own.line} onClick={() => select({ type: 'block', cidr })}>
              <PrefixName prefix={cidr} />
              <span>{overview.used(used, size)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Drawn elsewhere on this tab. */
const DRAWN = new Set(['phase', 'address', 'asNumber', 'bird', 'confd', 'felix', 'interfaces'])

export function OverviewTab({ host, facts }: { host: HostView; facts: HostDetail['overview'] }) {
  const t = useText()
  const { overview } = t.inspector
  return (
    <>
      {host.recovering ? (
        <Section title="BIRD">
          <p className={styles.note}>
            <Rich text={overview.recovering(host.recovering.waitingFor, host.recovering.remainingSeconds)} />
          </p>
        </Section>
      ) : null}
      <LossHere host={host.name} />
      <Section title={overview.components}>
        <ul className={own.components}>
          <Component name="BIRD" state={host.bird} kind={host.kind} />
          {host.kind === 'node' ? (
            <>
              <Component name="confd" state={host.confd} kind={host.kind} />
              <Component name="Felix" state={host.felix} kind={host.kind} />
            </>
          ) : null}
        </ul>
      </Section>
      <Section title={overview.facts}>
        <Facts
          facts={[
            { name: overview.kind, value: t.inspector.host[host.kind] },
            { name: overview.phase, value: overview.phases[host.phase] },
            ...facts
              .filter(({ label }) => !DRAWN.has(label))
              .map(({ label, value }) => ({ name: overview.labels[label] ?? label, value, code: true })),
          ]}
        />
      </Section>
      <Blocks host={host} />
      <Section title={overview.interfaces}>
        <ul className={styles.list}>
          {host.links.map(({ network, interface: name, address, up }) => (
            <li key={network}>
              <button
                type="button"
                className={own.line}
                onClick={() => select({ type: 'link', host: host.name, network })}
              >
                <code>{`${name} ${address}`}</code>
                <span>{up ? network : `${network} · ${overview.cut}`}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
      <HostWarnings host={host.name} />
    </>
  )
}
