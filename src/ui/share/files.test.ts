import { afterEach, expect, it } from 'vitest'
import { setClient } from '../store/client.ts'
import { useToast } from '../store/toasts.ts'
import type { SimulationClient } from '../store/types.ts'
import { saveCapture } from './files.ts'

afterEach(() => useToast.setState({ toast: null }))

it('a capture at an interface that nobody knows is not saved, and the page says so', async () => {
  const asked: (readonly string[])[] = []
  const client: Pick<SimulationClient, 'pcap'> = {
    pcap: async (_until, interfaces) => {
      asked.push(interfaces)
      return null
    },
  }
  setClient(client as SimulationClient)
  await saveCapture('worker/eth7')
  expect(asked).toEqual([['worker/eth7']])
  expect(useToast.getState().toast).toMatchObject({
    tone: 'problem',
    text: 'No capture was saved: there has been no interface worker/eth7 up to this moment.',
  })
})
