// Both ends side by side, and why the session is not up.
import { Check, TriangleAlert } from 'lucide-react'
import type { HostView, SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { useRun } from '../../store/run.ts'
import { select } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { Rich } from '../parts/Rich.tsx'
import { Section } from '../parts/Section.tsx'
import { useShortNames } from '../parts/use-short-names.ts'
import { COMPARED, factsOf } from './birdc-lines.ts'
import { peerName } from './peer-name.ts'
import own from './session.module.css'
import { errorOf, whyDown } from './why-down.ts'

const NONE: readonly HostView[] = []
type End = SessionDetail['ends'][number]

function Why({ detail }: { detail: SessionDetail }) {
  const { session: words } = useText().inspector
  const hosts = useRun((state) => state.view?.hosts ?? NONE)
  const short = useShortNames()
  const { session, named } = shortened(detail.session, hosts, short)
  const reasons = whyDown(session, named, words.why)
  if (reasons.length === 0)
    return detail.session.look === 'established' ? (
      <p className={own.reason} data-tone="good">
        <Check size={14} aria-hidden />
        <span>{words.healthy}</span>
      </p>
    ) : null
  return (
    <>
      {reasons.map((reason) => (
        <p key={reason} className={own.reason}>
          <TriangleAlert size={14} aria-hidden />
          <span>
            <Rich text={reason} />
          </span>
        </p>
      ))}
    </>
  )
}

/** The same session and hosts under their short names, which its sentences use. */
function shortened(session: SessionDetail['session'], hosts: readonly HostView[], short: (host: string) => string) {
  const end = <E extends { host: string }>(value: E): E => ({ ...value, host: short(value.host) })
  return {
    session: { ...session, a: end(session.a), b: session.b && end(session.b) },
    named: hosts.map((host) => ({ ...host, name: short(host.name) })),
  }
}

/** Rows of the comparison: the name, and a value per end. */
function rowsOf(detail: SessionDetail, words: ReturnType<typeof useText>['inspector']['session']) {
  const { session, ends } = detail
  const hold = (end: End | undefined) => end?.timers.find(({ name }) => name === 'hold')?.nominalSeconds
  const facts = ends.map(({ lines }) => factsOf(lines))
  const sides = [session.a, session.b]
  const each = (value: (end: End, index: number) => string | undefined) =>
    sides.map((side) => {
      const index = ends.findIndex((end) => end.host === side?.host && end.protocol === side.protocol)
      const end = ends[index]
      return (end && value(end, index)) ?? '–'
    })
  const side = (value: (end: NonNullable<typeof session.b>) => string) => sides.map((end) => (end ? value(end) : '–'))
  return [
    { name: words.protocol, values: side(({ protocol }) => protocol) },
    { name: words.state, values: side(({ state }) => state) },
    { name: words.bgpState, values: side(({ bgpState }) => bgpState) },
    { name: words.info, values: side((end) => errorOf(end) || words.noInfo) },
    { name: words.origin, values: each(({ origin }) => (origin === 'node-to-node mesh' ? words.mesh : origin)) },
    {
      name: words.hold,
      values: each((end) => {
        const seconds = hold(end)
        return end.path.length > 0 && seconds ? words.holdValue(seconds) : words.notNegotiated
      }),
    },
    ...COMPARED.map((name) => ({ name, values: each((_, index) => facts[index]?.get(name)) })),
  ].filter(({ values }) => values.some((value) => value !== '–'))
}

export function SessionSummary({ detail }: { detail: SessionDetail }) {
  const { session: words } = useText().inspector
  const short = useShortNames()
  const hosts = useRun((state) => state.view?.hosts ?? NONE)
  const { a, b, remoteAddress } = detail.session
  const peer = peerName(detail.session, hosts)
  return (
    <>
      <div className={own.why}>
        <Why detail={detail} />
      </div>
      <table className={`${styles.table} ${own.ends}`} aria-label={words.ends}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{words.fact}</span>
            </th>
            {[a, b].map((end, index) => (
              <th key={end?.host ?? index} scope="col">
                {end ? (
                  <button
                    type="button"
                    className={own.host}
                    title={end.host}
                    onClick={() => select({ type: 'host', name: end.host })}
                  >
                    {short(end.host)}
                  </button>
                ) : peer === null ? (
                  words.nobody(remoteAddress)
                ) : (
                  short(peer)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(detail, words).map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, index) => (
                <td key={[a, b][index]?.host ?? index}>
                  <code>{value}</code>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {detail.ends.map(({ host, protocol, lines }) => (
        <Section key={`${host} ${protocol}`} title={host}>
          <details className={own.birdc}>
            <summary>
              <code>{words.birdc(protocol)}</code>
            </summary>
            <pre>{lines.map((line) => line.trimEnd()).join('\n')}</pre>
          </details>
        </Section>
      ))}
    </>
  )
}
