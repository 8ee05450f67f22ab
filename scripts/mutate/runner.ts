// Runs tests for the mutator in a process of its own that stays: what did not change is neither read nor transformed again,
// and a change that makes a loop endless is ended with it.
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVitest, type TestSpecification } from 'vitest/node'

interface Question {
  /** Folders or files of tests. */
  readonly tests: readonly string[]
  /** Sources (paths in the project) that have changed since the last question. */
  readonly changed: readonly string[]
}
export type Verdict = 'pass' | 'fail' | 'timeout'

export class Runner {
  readonly #project: string
  #child: ChildProcess | null = null

  constructor(project: string) {
    this.#project = project
  }

  /** `patience`: milliseconds. */
  ask(question: Question, patience: number): Promise<Verdict> {
    this.#child ??= fork(fileURLToPath(import.meta.url), ['--runner', this.#project], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const child = this.#child
    return new Promise((done) => {
      const finish = (verdict: Verdict): void => {
        clearTimeout(timer)
        child.removeAllListeners()
        done(verdict)
      }
      const timer = setTimeout(() => {
        this.end()
        finish('timeout')
      }, patience)
      child.once('message', (verdict) => finish(verdict as Verdict))
      // Out of memory is a failure, too.
      child.once('exit', () => {
        this.end()
        finish('fail')
      })
      child.send(question)
    })
  }

  /** With its workers, which are of its process group. */
  end(): void {
    const { pid } = this.#child ?? {}
    this.#child = null
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

/** The child's side. */
export async function answerQuestions(project: string): Promise<void> {
  const vitest = await createVitest('test', {
    root: project,
    watch: false,
    bail: 1,
    reporters: [{}],
    isolate: false,
    maxWorkers: 1,
  })
  const known = new Map<string, TestSpecification[]>()
  process.on('message', async ({ tests, changed }: Question) => {
    const key = tests.join(' ')
    const specifications = known.get(key) ?? (await vitest.globTestSpecifications([...tests]))
    known.set(key, specifications)
    for (const path of changed) vitest.invalidateFile(join(project, path))
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
    // The modules of earlier questions are among them.
    const asked = new Set(specifications.map(({ moduleId }) => moduleId))
    const failed = testModules.some((module) => asked.has(module.moduleId) && !module.ok())
    process.send?.((failed || unhandledErrors.length > 0 ? 'fail' : 'pass') satisfies Verdict)
  })
  process.on('disconnect', () => process.exit())
}
