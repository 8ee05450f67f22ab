// The views of a recording, for the simulation's door.
export { clusterView } from './cluster-view.ts'
export { hostDetail } from './host-detail.ts'
export { manifestOf } from './manifest.ts'
export { messageDetail } from './message-detail.ts'
export { prefixDetail } from './prefix-detail.ts'
export { routeExplanation } from './route-explanation.ts'
export { sessionDetail } from './session-detail.ts'
export { timelineIndex } from './timeline.ts'
