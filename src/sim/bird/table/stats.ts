// The counters of a protocol (nest/protocol.h, struct proto_stats, by BIRD's names), flat because a mesh has twenty thousand
// sets of them. Readers get copies, which show them as `show protocols all` groups them.
import type { RouteStats } from '../ports.ts'

// biome-ignore format: by alphabet, in lines
const MEMBERS = [
  'exportUpdates', 'exportWithdraws', 'exported', 'filtered', 'importUpdates', 'importWithdraws', 'imported', 'preferred',
] as const

export class Stats implements RouteStats {
  imported = 0
  filtered = 0
  exported = 0
  preferred = 0
  impUpdatesReceived = 0
  impUpdatesRejected = 0
  impUpdatesFiltered = 0
  impUpdatesIgnored = 0
  impUpdatesAccepted = 0
  impWithdrawsReceived = 0
  impWithdrawsIgnored = 0
  impWithdrawsAccepted = 0
  expUpdatesReceived = 0
  expUpdatesRejected = 0
  expUpdatesFiltered = 0
  expUpdatesAccepted = 0
  expWithdrawsReceived = 0
  expWithdrawsAccepted = 0

  copy(): Stats {
    const copy = new Stats()
    copy.imported = this.imported
    copy.filtered = this.filtered
    copy.exported = this.exported
    copy.preferred = this.preferred
    copy.impUpdatesReceived = this.impUpdatesReceived
    copy.impUpdatesRejected = this.impUpdatesRejected
    copy.impUpdatesFiltered = this.impUpdatesFiltered
    copy.impUpdatesIgnored = this.impUpdatesIgnored
    copy.impUpdatesAccepted = this.impUpdatesAccepted
    copy.impWithdrawsReceived = this.impWithdrawsReceived
    copy.impWithdrawsIgnored = this.impWithdrawsIgnored
    copy.impWithdrawsAccepted = this.impWithdrawsAccepted
    copy.expUpdatesReceived = this.expUpdatesReceived
    copy.expUpdatesRejected = this.expUpdatesRejected
    copy.expUpdatesFiltered = this.expUpdatesFiltered
    copy.expUpdatesAccepted = this.expUpdatesAccepted
    copy.expWithdrawsReceived = this.expWithdrawsReceived
    copy.expWithdrawsAccepted = this.expWithdrawsAccepted
    return copy
  }

  equals(s: Stats): boolean {
    return (
      this.imported === s.imported &&
      this.filtered === s.filtered &&
      this.exported === s.exported &&
      this.preferred === s.preferred &&
      this.impUpdatesReceived === s.impUpdatesReceived &&
      this.impUpdatesRejected === s.impUpdatesRejected &&
      this.impUpdatesFiltered === s.impUpdatesFiltered &&
      this.impUpdatesIgnored === s.impUpdatesIgnored &&
      this.impUpdatesAccepted === s.impUpdatesAccepted &&
      this.impWithdrawsReceived === s.impWithdrawsReceived &&
      this.impWithdrawsIgnored === s.impWithdrawsIgnored &&
      this.impWithdrawsAccepted === s.impWithdrawsAccepted &&
      this.expUpdatesReceived === s.expUpdatesReceived &&
      this.expUpdatesRejected === s.expUpdatesRejected &&
      this.expUpdatesFiltered === s.expUpdatesFiltered &&
      this.expUpdatesAccepted === s.expUpdatesAccepted &&
      this.expWithdrawsReceived === s.expWithdrawsReceived &&
      this.expWithdrawsAccepted === s.expWithdrawsAccepted
    )
  }

  get importUpdates(): RouteStats['importUpdates'] {
    return {
      received: this.impUpdatesReceived,
      rejected: this.impUpdatesRejected,
      filtered: this.impUpdatesFiltered,
      ignored: this.impUpdatesIgnored,
      accepted: this.impUpdatesAccepted,
    }
  }
  get importWithdraws(): RouteStats['importWithdraws'] {
    const { impWithdrawsReceived: received, impWithdrawsIgnored: ignored, impWithdrawsAccepted: accepted } = this
    return { received, rejected: 0, ignored, accepted }
  }
  get exportUpdates(): RouteStats['exportUpdates'] {
    return {
      received: this.expUpdatesReceived,
      rejected: this.expUpdatesRejected,
      filtered: this.expUpdatesFiltered,
      accepted: this.expUpdatesAccepted,
    }
  }
  get exportWithdraws(): RouteStats['exportWithdraws'] {
    return { received: this.expWithdrawsReceived, accepted: this.expWithdrawsAccepted }
  }

  /** Of the recording's hash (recording/canonical.ts). */
  get members(): readonly string[] {
    return MEMBERS
  }

  writeMembers(to: { write(value: unknown): void }): void {
    for (const name of MEMBERS) to.write(this[name])
  }
}
