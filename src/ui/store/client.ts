// The one simulation client of the page. main.tsx puts it here before anything renders.
import type { SimulationClient } from './types.ts'

let current: SimulationClient | null = null

export function setClient(client: SimulationClient): void {
  current = client
}

export function client(): SimulationClient {
  if (!current) throw new Error('the simulation client is used before main.tsx has made it')
  return current
}
