// What is being run and what it has left behind: the page's copy of the worker's answers.
import { create } from 'zustand'
import { mainBranch } from './branches.ts'
import type { RunState } from './types.ts'

export const emptyRun: RunState = {
  status: 'idle',
  name: '',
  title: { en: '' },
  description: null,
  document: '',
  problems: [],
  warnings: [],
  ...mainBranch(),
  canUndo: false,
  canRedo: false,
  index: null,
  computing: false,
  view: null,
  edited: false,
}

export const useRun = create<RunState>()(() => emptyRun)
