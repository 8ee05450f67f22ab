// Head of a host: its power button and the same menu that a right click on the stage opens.
import { Ellipsis, Power, Router, Server } from 'lucide-react'
import type { HostView } from '../../../sim/index.ts'
import { perform } from '../../actions/perform.ts'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../kit/Button.tsx'
import { DropdownMenu } from '../../kit/DropdownMenu.tsx'
import { menuFor, targetOf } from '../../stage/menu-items.ts'
import { Head } from '../parts/Head.tsx'

export function HostHeader({ host }: { host: HostView }) {
  const t = useText()
  const words = t.inspector.host
  const { name, powered } = host
  const toggle = () => void perform({ action: powered ? 'power-off' : 'power-on', target: targetOf(host) })
  const address = host.address ?? words.noAddress
  return (
    <Head
      icon={host.kind === 'node' ? <Server size={18} aria-hidden /> : <Router size={18} aria-hidden />}
      title={name}
      sub={<code>{host.asNumber === null ? address : `${address} · ${t.stage.as(host.asNumber)}`}</code>}
    >
      <IconButton label={powered ? words.powerOff(name) : words.powerOn(name)} onClick={toggle}>
        <Power size={16} aria-hidden color={powered ? undefined : 'var(--notification)'} />
      </IconButton>
      <DropdownMenu entries={menuFor({ type: 'host', name })} align="end">
        <IconButton label={words.more(name)}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </DropdownMenu>
    </Head>
  )
}
