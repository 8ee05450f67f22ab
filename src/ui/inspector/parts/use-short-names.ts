// Host names without the beginning that all of them share, for places with little room; the full name goes into a title.
import { hostNames } from '../../stage/host-names.ts'
import { shortNames } from '../../stage/short-name.ts'
import { useRun } from '../../store/run.ts'

export function useShortNames(): (host: string) => string {
  const index = useRun((state) => state.index)
  const names = index ? shortNames(hostNames(index)) : null
  return (host) => names?.get(host)?.tail ?? host
}
