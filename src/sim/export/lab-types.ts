// The lab bundle as values: what a runner of real daemons needs to repeat a scenario, one network namespace a host.

export interface LabRoute {
  dst: string
  type?: string
  via?: string
  dev?: string
  proto?: string
  scope?: string
  metric?: number
}

export interface LabHost {
  name: string
  interfaces: { name: string; network: string; address: string }[]
  /** Other interfaces that the host has at some time: pods' ends, tunnels. */
  links: { name: string; address?: string }[]
  routes: LabRoute[]
  args: string[]
  /** Name that BIRD must find it under, to the file's path in the bundle. */
  bird?: Record<string, string>
}

export type LabVerb =
  | { do: 'stop' | 'kill' | 'start' | 'power-off' | 'power-on' }
  | { do: 'link-down' | 'link-up'; network: string }
  | { do: 'birdc' | 'route'; args: string[] }
  | { do: 'config'; bird: Record<string, string> }

/** `at` is in seconds after the start. */
export type LabStep = { at: number; host: string } & LabVerb

export interface Lab {
  version: 1
  networks: { name: string; cidr: string }[]
  hosts: LabHost[]
  timeline: LabStep[]
}

export interface LabBundle {
  lab: Lab
  /** Paths in the bundle to contents, `lab.json` among them. */
  files: ReadonlyMap<string, string>
  /** Addresses that came or went in the run, for which a bundle has no verb. */
  untold: readonly { host: string; address: string }[]
}
