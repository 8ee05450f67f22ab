// Which tabs a host has. Their ids are the parts that the worker is asked for; menus and links name them so.
import type { HostPart, HostView } from '../../../sim/index.ts'

const ALL: readonly HostPart[] = ['overview', 'sessions', 'rib', 'fib', 'files', 'pods', 'log']

export function hostTabs({ kind, bird }: Pick<HostView, 'kind' | 'bird'>): readonly HostPart[] {
  if (kind === 'node') return ALL
  if (bird === 'absent') return ['overview', 'fib']
  return ALL.filter((tab) => tab !== 'pods')
}

export function tabInForce(tabs: readonly HostPart[], wanted: string | null): HostPart {
  return tabs.find((tab) => tab === wanted) ?? 'overview'
}
