// Simplified Chinese, loaded when it is chosen.
import type { Catalog } from '../en/index.ts'
import { events } from './events.ts'
import { inspector } from './inspector.ts'
import { shell } from './shell.ts'
import { stage } from './stage.ts'
import { timeline } from './timeline.ts'
import { tools } from './tools.ts'

export const zhCN = { shell, tools, stage, timeline, events, inspector } satisfies Catalog
