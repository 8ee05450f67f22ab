// A parsed body that compiles itself when it is first run and describes itself when it is first compared.
import type { Body } from './ast.ts'
import { compileBody } from './compile-command.ts'
import type { CompiledBody } from './filter.ts'
import type { Execute } from './machine.ts'
import { describeBody } from './structure.ts'

export class LazyBody implements CompiledBody {
  private readonly body: Body
  private compiledExecute: Execute | null = null
  private compiledEvaluate: Execute | null = null
  private description: ReturnType<typeof describeBody> | null = null

  constructor(body: Body) {
    this.body = body
  }

  get execute(): Execute {
    this.compiledExecute ??= compileBody(this.body, false)
    return this.compiledExecute
  }

  get evaluate(): Execute {
    this.compiledEvaluate ??= compileBody(this.body, true)
    return this.compiledEvaluate
  }

  get structure(): string {
    return this.describe().structure
  }

  get callees(): readonly CompiledBody[] {
    return this.describe().callees
  }

  private describe(): ReturnType<typeof describeBody> {
    this.description ??= describeBody(this.body)
    return this.description
  }
}
