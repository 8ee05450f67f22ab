import type { stage as en } from '../en/stage.ts'

export const stage = {
  label: '拓扑',
} satisfies typeof en
