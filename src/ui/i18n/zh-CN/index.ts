// Simplified Chinese, loaded when it is chosen.
import type { Catalog } from '../en/index.ts'
import { actions } from './actions.ts'
import { events } from './events.ts'
import { inspector } from './inspector.ts'
import { shell } from './shell.ts'
import { stage } from './stage.ts'
import { timeline } from './timeline.ts'

export const zhCN = { shell, actions, stage, timeline, events, inspector } satisfies Catalog
