// The only door of the simulation: what the page and the headless program may use.
export { renderNode } from './render.ts'
export { appendActions } from './scenario/append.ts'
export { documentUpTo } from './scenario/cut.ts'
export { parseDuration } from './scenario/duration.ts'
export { decodeLink, encodeLink } from './scenario/link.ts'
export { parseScenario } from './scenario/parse.ts'
export { Simulation } from './simulation.ts'
export type * from './view/types.ts'
