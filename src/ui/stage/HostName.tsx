// A host's name in a narrow place: the beginning that all names share is only read, not shown.
import { useRun } from '../store/run.ts'
import { hostNames } from './host-names.ts'
import { shortNames } from './short-name.ts'

export function HostName({ name }: { name: string }) {
  const index = useRun((state) => state.index)
  const short = index ? shortNames(hostNames(index)).get(name) : undefined
  if (!short || short.head === '') return name
  return (
    <span title={name}>
      <span className="visually-hidden">{short.head}</span>
      {short.tail}
    </span>
  )
}
