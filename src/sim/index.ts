// The only door of the simulation: what the page and the headless program may use.
export { parseScenario } from './scenario/parse.ts'
export type { ParsedScenario, Scenario } from './scenario/types.ts'
export type * from './view/types.ts'
