// `birdc show status` (nest/cmds.c, cmd_show_status; nest/proto.c, graceful_restart_show_status).
import { formatIp } from '../../net/address.ts'
import type { DaemonStatus, Micros } from '../ports.ts'
import { fullTime, remaining, type WallClock } from './clock.ts'

/** First line of every birdc session. */
export function greeting(version: string): string {
  return `BIRD ${version} ready.`
}

export function showStatus(status: DaemonStatus, now: Micros, clock: WallClock): string[] {
  const lines = [
    `BIRD ${status.version}`,
    `Router ID is ${formatIp(status.routerId)}`,
    `Current server time is ${fullTime(clock, now)}`,
    `Last reboot on ${fullTime(clock, status.bootedAt)}`,
    `Last reconfiguration on ${fullTime(clock, status.reconfiguredAt)}`,
  ]
  if (status.recovery !== null) {
    const { waitingFor, deadline, nominalSeconds } = status.recovery
    lines.push(
      'Graceful restart recovery in progress',
      `  Waiting for ${waitingFor} protocols to recover`,
      `  Wait timer is ${remaining(deadline, now)}/${nominalSeconds}`,
    )
  }
  lines.push(status.shuttingDown ? 'Shutdown in progress' : 'Daemon is up and running')
  return lines
}
