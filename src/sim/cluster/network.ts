// A network segment (a bridge): who is plugged in, who bears which address, and how long a frame takes.
import type { Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'
import type { SocketUser } from '../node/ports.ts'

export interface NetworkConfig {
  readonly name: string
  readonly cidr: Prefix
  readonly gateway: Ip | null
  readonly latency: Micros
  readonly loss: number
}

/** The cable between an interface and a network. */
export interface Attachment {
  readonly machine: SocketUser
  readonly dev: string
  readonly network: Network
  /** False while the cable is cut. */
  up: boolean
}

export class Network {
  readonly config: NetworkConfig
  /** Last known bearer of every address; it keeps the address while its machine is off. */
  readonly bearers = new Map<Ip, Attachment>()

  constructor(config: NetworkConfig) {
    this.config = config
  }

  /** The attachment takes over these addresses and gives up the ones it had. */
  setAddresses(attachment: Attachment, addresses: readonly Ip[]): void {
    for (const [address, bearer] of this.bearers) {
      if (bearer === attachment && !addresses.includes(address)) this.bearers.delete(address)
    }
    for (const address of addresses) {
      const bearer = this.bearers.get(address)
      // Two bearers of one address: the one that has it keeps it, as an ARP cache would.
      if (bearer === undefined || !bearer.machine.powered) this.bearers.set(address, attachment)
    }
  }
}
