// What is compared: the same texts from real daemons and from the simulation.

export interface HostState {
  /** `show protocols` over the window before the capture, the last one at its time. */
  samples: readonly string[]
  /** `show route all`. */
  routes: string
  /** What `ip -j route` prints, parsed. */
  kernel: readonly unknown[]
  /** Real: `show route all` some seconds earlier. */
  routesBefore?: string
  /** Simulated: what tables that still change pass through just before the capture. Absent: they rest. */
  passing?: readonly { routes: string; kernel: readonly unknown[] }[]
}

export interface Capture {
  /** Seconds after the start. */
  at: number
  /** null: its BIRD does not run. */
  hosts: Record<string, HostState | null>
}

export interface RunCaptures {
  captures: readonly Capture[]
  /** What the runner could not do. */
  notes: readonly string[]
}

/** How long before a capture sessions are watched: one that changes in it never rests. */
export const WINDOW_SECONDS = 8
