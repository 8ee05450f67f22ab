import type { timeline as en } from '../en/timeline.ts'

export const timeline = {
  label: '时间线',
} satisfies typeof en
