// The cable between a host and a network: what it is, whether it is whole, and the knife.
import { Cable, Download, Link, Scissors } from 'lucide-react'
import { perform } from '../../actions/perform.ts'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../kit/Button.tsx'
import { saveCapture } from '../../share/files.ts'
import { useRun } from '../../store/run.ts'
import styles from '../Inspector.module.css'
import { Facts } from '../parts/Facts.tsx'
import { Head } from '../parts/Head.tsx'
import { Rich } from '../parts/Rich.tsx'
import { Section } from '../parts/Section.tsx'

export function LinkInspector({ host: name, network }: { host: string; network: string }) {
  const { inspector: t } = useText()
  const words = t.link
  const view = useRun((state) => state.view)
  const link = view?.hosts.find((host) => host.name === name)?.links.find((each) => each.network === network)
  const net = view?.networks.find((each) => each.name === network)
  if (!link) return <p className={styles.empty}>{t.gone}</p>
  const target = { kind: 'link', host: name, network } as const
  return (
    <div className={styles.whole}>
      <Head
        icon={<Cable size={18} aria-hidden />}
        title={words.title(name, network)}
        sub={link.up ? words.up : words.cut}
      />
      <div className={styles.scroll}>
        <Section title={words.state}>
          <p className={styles.note}>
            <Rich text={words.what(link.interface, name, network)} />
          </p>
          {link.up ? null : <p className={styles.note}>{words.cutEffect}</p>}
        </Section>
        <Section title={t.pod.facts}>
          <Facts
            facts={[
              { name: words.state, value: link.up ? words.up : words.cut },
              { name: words.interface, value: link.interface, code: true },
              { name: words.address, value: link.address, code: true },
              { name: words.network, value: net ? `${net.name} ${net.cidr}` : network, code: true },
              { name: words.gateway, value: net?.gateway ?? words.none, code: true },
            ]}
          />
        </Section>
        <Section title={t.actions}>
          <div className={styles.actions}>
            <Button onClick={() => void perform({ action: link.up ? 'cut-link' : 'mend-link', target })}>
              {link.up ? <Scissors size={14} aria-hidden /> : <Link size={14} aria-hidden />}
              {link.up ? words.cutIt : words.mendIt}
            </Button>
            <Button onClick={() => void saveCapture(`${name}/${link.interface}`)}>
              <Download size={14} aria-hidden />
              {words.capture}
            </Button>
          </div>
        </Section>
      </div>
    </div>
  )
}
