// What applying a manifest would do to each of its objects: create it or change it.
import { manifestSubject } from '../i18n/manifest-subject.ts'
import { client } from '../store/client.ts'

export interface Effect {
  what: string
  change: boolean
}

const MOST = 12

export async function previewOf(at: number, text: string): Promise<readonly Effect[]> {
  const subjects = text
    .split(/^---.*$/m)
    .map(manifestSubject)
    .filter((subject): subject is { kind: string; name: string; count: number } =>
      Boolean(subject.kind && subject.name),
    )
    .slice(0, MOST)
  return Promise.all(
    subjects.map(async ({ kind, name }) => ({
      what: `${kind} ${name}`,
      change: (await client().manifest(at, kind, name)) !== null,
    })),
  )
}
