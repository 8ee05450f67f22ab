// The built-in scenarios, and opening one by name.
import { create } from 'zustand'
import type { Micros } from '../../sim/index.ts'
import { client } from './client.ts'
import { type Outcome, open } from './commands.ts'

export interface BuiltIn {
  name: string
  title: { en: string; 'zh-CN'?: string }
}

export const useScenarios = create<{ list: readonly BuiltIn[]; current: string | null }>()(() => ({
  list: [],
  current: null,
}))

/** Every wish to open something; only the latest is followed, so a slow one cannot undo what was chosen since. */
let wishes = 0

export async function loadScenarios(): Promise<void> {
  useScenarios.setState({ list: await client().builtIn() })
}

/** null: there is none of that name. `overtaken`: something else was asked for meanwhile. */
export async function openBuiltIn(name: string, options: { at?: Micros } = {}): Promise<Outcome | 'overtaken' | null> {
  const mine = ++wishes
  const document = await client().builtInDocument(name)
  if (document === null) return null
  if (mine !== wishes) return 'overtaken'
  const outcome = await open(document, options)
  if (outcome.ok) useScenarios.setState({ current: name })
  return outcome
}

/** A document that is not one of the built-in ones. */
export async function openDocument(document: string, options: { at?: Micros } = {}): Promise<Outcome> {
  wishes++
  const outcome = await open(document, options)
  if (outcome.ok) useScenarios.setState({ current: null })
  return outcome
}
