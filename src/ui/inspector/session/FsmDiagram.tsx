// The BGP state machine of one session end: path taken solid with times, current state filled, all else dashed.
import { useId } from 'react'
import type { BgpState, SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { clock } from '../../i18n/time.ts'
import { cx } from '../../kit/cx.ts'
import { useWidth } from '../parts/use-width.ts'
import own from './fsm.module.css'
import { type Arrow, BOX_HEIGHT, type FsmLayout, NARROW, WIDE } from './fsm-layout.ts'
import { type FsmEdge, type FsmNode, type FsmWay, wayOf } from './fsm-path.ts'

const NAMES: Record<FsmNode, BgpState> = {
  idle: 'Idle',
  active: 'Active',
  connect: 'Connect',
  openSent: 'OpenSent',
  openConfirm: 'OpenConfirm',
  established: 'Established',
}

interface EdgeProps {
  edge: FsmEdge
  arrow: Arrow
  way: FsmWay
  label: string
  /** Of the arrowheads' ids, unique on the page. */
  id: string
}

function Edge({ edge, arrow, way, label, id }: EdgeProps) {
  const at = way.taken.get(edge)
  const { x, y, anchor, gap = 14 } = arrow.label
  if (arrow.quiet && at === undefined)
    return <path d={arrow.path} className={own.edge} markerEnd={`url(#${id}-fsm-arrow)`} />
  return (
    <g className={cx(own.arrow, at !== undefined && own.taken)}>
      <path
        d={arrow.path}
        className={own.edge}
        markerEnd={`url(#${id}-fsm-arrow${at === undefined ? '' : '-taken'})`}
      />
      <text x={x} y={y} textAnchor={anchor} className={own.label}>
        {label}
      </text>
      {at === undefined ? null : (
        <text x={x} y={y + gap} textAnchor={anchor} className={own.at}>
          {clock(at)}
        </text>
      )}
    </g>
  )
}

function State({ node, layout, way }: { node: FsmNode; layout: FsmLayout; way: FsmWay }) {
  const { x, y, w } = layout.boxes[node]
  const current = way.current === node
  const middle = x + w / 2
  return (
    <g className={cx(own.state, way.visited.has(node) && own.visited, current && own.current)}>
      {current ? <rect x={x - 4} y={y - 4} width={w + 8} height={BOX_HEIGHT + 8} rx={13} className={own.halo} /> : null}
      <rect x={x} y={y} width={w} height={BOX_HEIGHT} rx={10} className={own.box} />
      <text x={middle} y={y + 22.5} textAnchor="middle">
        {current ? way.state : NAMES[node]}
      </text>
    </g>
  )
}

function Arrowheads({ id }: { id: string }) {
  return (
    <defs>
      {(['fsm-arrow', 'fsm-arrow-taken'] as const).map((name) => (
        <marker
          key={name}
          id={`${id}-${name}`}
          viewBox="0 0 8 8"
          refX="6"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0.5L7 4L0 7.5z" className={own[name]} />
        </marker>
      ))}
    </defs>
  )
}

interface Props {
  path: SessionDetail['ends'][number]['path']
  state: BgpState
}

export function FsmDiagram({ path, state }: Props) {
  const { fsm } = useText().inspector.session
  const [ref, width] = useWidth()
  const id = useId()
  const layout = width >= WIDE.width ? WIDE : NARROW
  const way = wayOf(path, state)
  const { edge } = fsm
  const labels: Record<FsmEdge, string> = {
    start: edge.start,
    dial: edge.dial,
    fails: edge.fails,
    connected: edge.connected,
    peerConnects: edge['peer-connects'],
    peerConnectsActive: edge['peer-connects'],
    open: edge.open,
    keepalive: edge.keepalive,
    end: layout === WIDE ? edge.end : edge.endShort,
  }
  const steps = path.slice(-6).map(({ from, to, at }) => fsm.step(from, to, clock(at)))
  return (
    <div ref={ref} className={own.frame}>
      <svg
        role="img"
        aria-label={[fsm.now(way.state), ...steps].join(' ')}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
      >
        <Arrowheads id={id} />
        {(Object.keys(layout.arrows) as FsmEdge[])
          .sort((a, b) => Number(way.taken.has(a)) - Number(way.taken.has(b)))
          .map((each) => (
            <Edge key={each} edge={each} arrow={layout.arrows[each]} way={way} label={labels[each]} id={id} />
          ))}
        {(Object.keys(layout.boxes) as FsmNode[]).map((node) => (
          <State key={node} node={node} layout={layout} way={way} />
        ))}
      </svg>
    </div>
  )
}
