// A view as it travels from the worker: sessions, messages and hosts that are the same objects as in the view sent before stay at
// home (hosts are made anew for each view so far, and are few). In slow motion five
// thousand messages of a large mesh are on their way for many frames, and copying them and all sessions for each would take
// longer than drawing them. What stays is the same object on the page, too.
import type { ClusterView } from '../../sim/index.ts'

interface ListPatch<T> {
  readonly length: number
  readonly changed: readonly (readonly [index: number, item: T])[]
}

/** Messages come and go at both ends of their list, so they go by their ids. */
interface MessagesPatch {
  readonly ids: Int32Array
  readonly added: readonly MessageView[]
}

type MessageView = ClusterView['messages'][number]
type HostView = ClusterView['hosts'][number]
type SessionView = ClusterView['sessions'][number]

/** Holds against the view that was sent before it over the same channel. */
export interface ViewPatch extends Omit<ClusterView, 'hosts' | 'sessions' | 'messages'> {
  readonly hosts: ListPatch<HostView>
  readonly sessions: ListPatch<SessionView>
  readonly messages: MessagesPatch
}

/** The worker's end: call it for every view in the order of sending. */
export class ViewSender {
  #hosts: readonly HostView[] = []
  #sessions: readonly SessionView[] = []
  #messages: ReadonlySet<MessageView> = new Set()

  patch(view: ClusterView): ViewPatch {
    const patch = {
      ...view,
      hosts: difference(this.#hosts, view.hosts),
      sessions: difference(this.#sessions, view.sessions),
      messages: {
        ids: Int32Array.from(view.messages, ({ id }) => id),
        added: view.messages.filter((message) => !this.#messages.has(message)),
      },
    }
    this.#hosts = view.hosts
    this.#sessions = view.sessions
    this.#messages = new Set(view.messages)
    return patch
  }
}

/** The page's end: call it for every patch in the order of arrival. */
export class ViewReceiver {
  #hosts: readonly HostView[] = []
  #sessions: readonly SessionView[] = []
  #messages: ReadonlyMap<number, MessageView> = new Map()

  view(patch: ViewPatch): ClusterView {
    this.#hosts = patched(this.#hosts, patch.hosts)
    this.#sessions = patched(this.#sessions, patch.sessions)
    return { ...patch, hosts: this.#hosts, sessions: this.#sessions, messages: this.#messagesOf(patch.messages) }
  }

  #messagesOf({ ids, added }: MessagesPatch): MessageView[] {
    const fresh = new Map(added.map((message) => [message.id, message]))
    const messages = Array.from(ids, (id) => {
      const message = fresh.get(id) ?? this.#messages.get(id)
      if (message === undefined) throw new Error(`message ${id} has never arrived`)
      return message
    })
    this.#messages = new Map(messages.map((message) => [message.id, message]))
    return messages
  }
}

function difference<T>(before: readonly T[], now: readonly T[]): ListPatch<T> {
  const changed: [number, T][] = []
  now.forEach((item, index) => {
    if (item !== before[index]) changed.push([index, item])
  })
  return { length: now.length, changed }
}

function patched<T>(before: readonly T[], { length, changed }: ListPatch<T>): readonly T[] {
  if (changed.length === 0 && length === before.length) return before
  const now = before.slice(0, length)
  for (const [index, item] of changed) now[index] = item
  return now
}
