// Parts of the workspace that arrive just after the stage, as chunks of their own.
import { lazy, Suspense } from 'react'

const Events = lazy(() => import('../events/EventList.tsx').then(({ EventList }) => ({ default: EventList })))
const Inspect = lazy(() => import('../inspector/Inspector.tsx').then(({ Inspector }) => ({ default: Inspector })))

export function LateEventList() {
  return (
    <Suspense fallback={null}>
      <Events />
    </Suspense>
  )
}

export function LateInspector() {
  return (
    <Suspense fallback={null}>
      <Inspect />
    </Suspense>
  )
}
