// A full mesh offers every learned route to every other session, and plain internal sessions refuse it without looking
// at it. For them only counters change, so one counter per group of such sessions stands for all its members.
import type { RouteAnnouncements } from './announce.ts'
import type { TableHook } from './client.ts'

interface Member {
  hook: TableHook
  updates: number
  withdraws: number
}

interface Group {
  members: Set<Member>
  updates: number
  withdraws: number
  /** Latest change of an export filter among the members. */
  lastOutFilterChange: number
}

export class PlainSessions {
  readonly #groups = new Map<string, Group>()
  readonly #others = new Map<string, readonly TableHook[]>()
  readonly #members = new Map<TableHook, { group: Group; member: Member }>()

  /** A hook is linked to the table. */
  add(hook: TableHook): void {
    const as = hook.client.plainAs
    const own = as === 0 ? null : `${hook.client.announcements} ${as}`
    for (const key of this.#others.keys()) if (key !== own) this.#others.delete(key)
    if (own === null) return
    let group = this.#groups.get(own)
    if (group === undefined) {
      group = { members: new Set(), updates: 0, withdraws: 0, lastOutFilterChange: -1 }
      this.#groups.set(own, group)
    }
    const member = { hook, updates: group.updates, withdraws: group.withdraws }
    group.members.add(member)
    group.lastOutFilterChange = Math.max(group.lastOutFilterChange, hook.lastOutFilterChange)
    this.#members.set(hook, { group, member })
  }

  remove(hook: TableHook): void {
    this.settle(hook)
    const entry = this.#members.get(hook)
    this.#others.clear()
    if (entry === undefined) return
    entry.group.members.delete(entry.member)
    this.#members.delete(hook)
  }

  /** What makes a hook plain, or its filters, may have changed. */
  regroup(hook: TableHook): void {
    this.remove(hook)
    this.add(hook)
  }

  /**
   * Counts an announcement of a route of plain internal sessions of this AS for every member that refuses it.
   * The hooks that have to be asked; null: ask all (somebody may have to withdraw to be safe).
   */
  count(
    hooks: readonly TableHook[],
    kind: RouteAnnouncements,
    as: number,
    change: { announced: boolean; oldSecond: number | null },
  ): readonly TableHook[] | null {
    const key = `${kind} ${as}`
    const group = this.#groups.get(key)
    if (group === undefined) return null
    if (change.oldSecond !== null && change.oldSecond <= group.lastOutFilterChange) return null
    if (change.announced) group.updates++
    else group.withdraws++
    let others = this.#others.get(key)
    if (others === undefined) {
      others = hooks.filter((hook) => this.#members.get(hook)?.group !== group)
      this.#others.set(key, others)
    }
    return others
  }

  /** Writes what was counted for a hook into its own counters; true when there was something. */
  settle(hook: TableHook): boolean {
    const entry = this.#members.get(hook)
    return entry !== undefined && settleMember(entry.group, entry.member)
  }

  settleAll(): void {
    for (const group of this.#groups.values()) {
      for (const member of group.members) if (settleMember(group, member)) member.hook.client.touched()
    }
  }
}

function settleMember(group: Group, member: Member): boolean {
  const updates = group.updates - member.updates
  const withdraws = group.withdraws - member.withdraws
  if (updates === 0 && withdraws === 0) return false
  member.updates = group.updates
  member.withdraws = group.withdraws
  const stats = member.hook.stats
  stats.expUpdatesReceived += updates
  stats.expUpdatesRejected += updates
  stats.expWithdrawsReceived += withdraws
  return true
}
