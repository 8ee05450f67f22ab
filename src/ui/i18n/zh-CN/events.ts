import type { events as en } from '../en/events.ts'

export const events = {
  label: '事件',
} satisfies typeof en
