import type { inspector as en } from '../en/inspector.ts'

export const inspector = {
  label: '检查器',
} satisfies typeof en
