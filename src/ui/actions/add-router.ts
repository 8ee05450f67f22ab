// A router from the palette: up at once with BIRD and a bird.conf to go on from, which opens in the editor.
import { editBirdConf } from '../editor/editor-store.ts'
import { nextName } from '../stage/new-names.ts'
import { useRun } from '../store/run.ts'
import { select } from '../store/selection.ts'
import { perform } from './perform.ts'

export async function addRouter(network: string | null): Promise<void> {
  const hosts = useRun.getState().view?.hosts ?? []
  const name = nextName(
    hosts.map((host) => host.name),
    'rtr-1',
  )
  if (!(await perform({ action: 'add-host', name, ...(network === null ? {} : { network }) }))) return
  select({ type: 'host', name })
  await editBirdConf(name)
}
