// The English catalog is the type of every catalog: a message is a string, or a function of its slots.
import { events } from './events.ts'
import { inspector } from './inspector.ts'
import { shell } from './shell.ts'
import { stage } from './stage.ts'
import { timeline } from './timeline.ts'
import { tools } from './tools.ts'

export const en = { shell, tools, stage, timeline, events, inspector }
export type Catalog = typeof en
