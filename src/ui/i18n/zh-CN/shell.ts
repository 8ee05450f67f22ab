import type { shell as en } from '../en/shell.ts'

export const shell = {
  appName: 'CalicoScope',
} satisfies typeof en
