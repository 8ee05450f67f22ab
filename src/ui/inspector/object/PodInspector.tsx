// A pod: where it runs, its address and block, the route to it, and what can be done with it.
import { Box, SquareTerminal, Trash2 } from 'lucide-react'
import type { PodRow } from '../../../sim/index.ts'
import { perform } from '../../actions/perform.ts'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../kit/Button.tsx'
import { DropdownMenu } from '../../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../../kit/menu-entry.ts'
import { client } from '../../store/client.ts'
import { setPrefs } from '../../store/prefs.ts'
import { useRun } from '../../store/run.ts'
import { select } from '../../store/selection.ts'
import { runCommand } from '../../terminal/run-command.ts'
import { useTerminals } from '../../terminal/terminal-store.ts'
import { useAtPlayhead } from '../data/use-at-playhead.ts'
import styles from '../Inspector.module.css'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { Head } from '../parts/Head.tsx'
import { PrefixName } from '../parts/PrefixName.tsx'
import { Section } from '../parts/Section.tsx'
import { hostOfPod, pingCommand, pingTargets } from './find-pod.ts'
import own from './object.module.css'

function ping(from: string, address: string): void {
  useTerminals.setState({ host: null })
  setPrefs({ dock: 'terminal' })
  void runCommand(null, pingCommand(from, address))
}

function Actions({ pod }: { pod: PodRow }) {
  const { pod: words } = useText().inspector
  const view = useRun((state) => state.view)
  const targets = view && pod.address !== null ? pingTargets(view, pod.id) : []
  const entries: MenuEntry[] = [
    { type: 'label', id: 'label', label: words.pingTarget },
    ...targets.map(
      ({ id, address }): MenuEntry => ({
        type: 'item',
        id,
        label: id,
        hint: address,
        run: () => ping(pod.id, address),
      }),
    ),
  ]
  return (
    <div className={styles.actions}>
      <DropdownMenu entries={entries}>
        <Button disabled={targets.length === 0}>
          <SquareTerminal size={14} aria-hidden />
          {words.ping}
        </Button>
      </DropdownMenu>
      <Button look="danger" onClick={() => void perform({ action: 'delete-pod', pod: pod.id })}>
        <Trash2 size={14} aria-hidden />
        {words.remove}
      </Button>
    </div>
  )
}

function factsOf(pod: PodRow, node: string, words: ReturnType<typeof useText>['inspector']['pod']): Fact[] {
  const { block } = pod
  return [
    { name: words.phase, value: pod.phase },
    { name: words.address, value: pod.address ?? words.noAddress, code: pod.address !== null },
    {
      name: words.node,
      value: (
        <button type="button" className={own.link} onClick={() => select({ type: 'host', name: node })}>
          {node}
        </button>
      ),
    },
    ...(pod.interface === null ? [] : [{ name: words.interface, value: pod.interface, code: true }]),
    ...(block === null
      ? []
      : [
          {
            name: words.block,
            value: (
              <button type="button" className={own.link} onClick={() => select({ type: 'block', cidr: block })}>
                <PrefixName prefix={block} />
              </button>
            ),
          },
        ]),
    ...(pod.reason === null ? [] : [{ name: words.reason, value: pod.reason }]),
  ]
}

export function PodInspector({ id }: { id: string }) {
  const { inspector: t } = useText()
  const words = t.pod
  const node = useRun((state) => (state.view ? hostOfPod(state.view, id) : null))
  const answer = useAtPlayhead(node === null ? null : `${node} ${id}`, (at) =>
    client().host(at, node ?? '', ['pods', 'fib']),
  )
  const pod = answer?.value?.pods.find((each) => each.id === id)
  if (node === null) return <p className={styles.empty}>{t.gone}</p>
  if (!pod) return null
  const route = answer?.value?.fib.find(({ prefix }) => prefix === `${pod.address}/32`)
  return (
    <div className={styles.whole}>
      <Head icon={<Box size={18} aria-hidden />} title={id} sub={<code>{pod.address ?? words.noAddress}</code>} />
      <div className={styles.scroll}>
        <Section title={words.facts}>
          <Facts facts={factsOf(pod, node, words)} />
          {pod.block === null ? null : (
            <p className={`${styles.note} ${own.spaced}`}>{pod.borrowed ? words.borrowedFrom : words.own}</p>
          )}
        </Section>
        <Section title={words.route} aside={route?.owner}>
          {route ? <code className={own.line}>{route.line}</code> : <p className={styles.note}>{words.noRoute}</p>}
        </Section>
        <Section title={t.actions}>
          <Actions pod={pod} />
        </Section>
      </div>
    </div>
  )
}
