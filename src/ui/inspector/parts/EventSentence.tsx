// An event of the recording as a sentence, with its prefixes as swatches: the same words as the event list has.
import type { EventView } from '../../../sim/index.ts'
import { partsOf } from '../../events/sentences.ts'
import { useText } from '../../i18n/text.ts'
import { PrefixName } from './PrefixName.tsx'
import { useShortNames } from './use-short-names.ts'

const BOLD = new Set(['host', 'from', 'to'])
const CODE = new Set(['protocol', 'before', 'after', 'address', 'detail', 'files', 'command', 'reply', 'look'])

export function EventSentence({ event }: { event: EventView }) {
  const t = useText()
  const short = useShortNames()
  return partsOf({ type: 'event', event }, t.events).map(({ slot, text }, index) => {
    // The parts of one sentence never change places.
    const key = `${index}`
    if (slot === 'prefix') return <PrefixName key={key} prefix={text} />
    if (slot !== null && BOLD.has(slot))
      return (
        <b key={key} title={text}>
          {short(text)}
        </b>
      )
    if (slot !== null && CODE.has(slot)) return <code key={key}>{text}</code>
    return <span key={key}>{text}</span>
  })
}
