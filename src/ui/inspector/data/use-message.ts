// A message with its bytes and what followed from it. It does not depend on the playhead, only on the run.
import { useEffect, useState } from 'react'
import type { MessageDetail } from '../../../sim/index.ts'
import { client } from '../../store/client.ts'
import { useRun } from '../../store/run.ts'

/** undefined: not read yet; null: there is no such message. */
export function useMessage(id: number): MessageDetail | null | undefined {
  const index = useRun((state) => state.index)
  const [answer, setAnswer] = useState<{ id: number; detail: MessageDetail | null } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run may hold another message under this number
  useEffect(() => {
    let current = true
    client()
      .message(id)
      .then((detail) => {
        if (current) setAnswer({ id, detail })
      })
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [id, index])
  return answer?.id === id ? answer.detail : undefined
}
