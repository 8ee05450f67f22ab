// Commands to closures. A command returns a status; nothing is allocated on the way (interpret() of filter/filter.c).
import type { Body, Command, Term } from './ast.ts'
import { DYNAMIC_ATTRIBUTES, ownRoute, STATIC_TYPES, unsetDynamic, writeDynamic, writeStatic } from './attributes.ts'
import { tagged } from './code.ts'
import { expectBool } from './compare.ts'
import { assign, compileArguments, compileTerm, failing, NO_ROUTE } from './compile-term.ts'
import { ACCEPT, CONTINUE, ERROR, type Execute, FilterError, type Machine, REJECT, RETURN } from './machine.ts'
import { findInSet } from './sets.ts'
import { FALSE, formatValue, type Raw, type SetNode, TRUE, VOID } from './value.ts'

/** `tail`: the last instruction leaves its value in Machine.result, as BIRD's interpreter does for functions. */
export function compileBody(body: Body, tail: boolean): Execute {
  const run = compileCommands(body.commands, tail)
  const { locals } = body
  if (locals.length === 0) return run
  return (machine) => {
    for (const local of locals) local.value = VOID
    return run(machine)
  }
}

function compileCommands(commands: readonly Command[], tail: boolean): Execute {
  const last = commands.length - 1
  const steps = commands.map((command, i) => compileCommand(command, tail && i === last))
  if (steps.length === 0) return tail ? leaveVoid : goOn
  if (steps.length === 1) return steps[0]!
  if (steps.length === 2) {
    const [first, second] = steps as [Execute, Execute]
    return (machine) => first(machine) || second(machine)
  }
  return (machine) => {
    for (let i = 0; i < steps.length; i++) {
      const status = steps[i]!(machine)
      if (status !== CONTINUE) return status
    }
    return CONTINUE
  }
}

const goOn: Execute = () => CONTINUE

const leaveVoid: Execute = (machine) => {
  machine.result = VOID
  return CONTINUE
}

function compileCommand(command: Command, tail: boolean): Execute {
  switch (command.op) {
    case 'if':
      return compileIf(command, tail)
    case 'call':
      return compileCall(command.call, tail)
    case 'case':
      return compileCase(command, tail)
    case 'verdict':
      return withVoid(compileVerdict(command), tail)
    case 'return': {
      const value = tagged(compileTerm(command.term))
      return (machine) => {
        machine.result = value(machine)
        return RETURN
      }
    }
    default:
      return withVoid(compileWrite(command), tail)
  }
}

function withVoid(run: Execute, tail: boolean): Execute {
  if (!tail) return run
  return (machine) => {
    const status = run(machine)
    machine.result = VOID
    return status
  }
}

function compileIf(command: Command & { op: 'if' }, tail: boolean): Execute {
  const test = expectBool(compileTerm(command.test), failing(command.line, 'If requires boolean expression'))
  const then = compileCommands(command.body, false)
  const otherwise = command.else === null ? null : compileCommands(command.else, false)
  if (!tail) {
    if (otherwise === null) return (machine) => (test(machine) ? then(machine) : CONTINUE)
    return (machine) => (test(machine) ? then(machine) : otherwise(machine))
  }
  // The value of a condition tells whether it was not met; an else turns it round.
  return (machine) => {
    const met = test(machine)
    const status = met ? then(machine) : otherwise === null ? CONTINUE : otherwise(machine)
    if (status === CONTINUE) machine.result = met === (otherwise === null) ? FALSE : TRUE
    return status
  }
}

function compileCall(call: Term & { op: 'call' }, tail: boolean): Execute {
  const place = compileArguments(call)
  const { body } = call.callee
  if (call.args.length === 0 && !tail) {
    return (machine) => {
      const status = body.execute(machine)
      return status === RETURN ? CONTINUE : status
    }
  }
  return (machine) => {
    place(machine)
    const status = tail ? body.evaluate(machine) : body.execute(machine)
    return status === RETURN ? CONTINUE : status
  }
}

function compileTree(
  node: SetNode<readonly Command[]> | null,
  tail: boolean,
  done: Map<readonly Command[], Execute>,
): void {
  if (node === null) return
  if (!done.has(node.data)) done.set(node.data, compileCommands(node.data, tail))
  compileTree(node.left, tail, done)
  compileTree(node.right, tail, done)
}

function compileCase(command: Command & { op: 'case' }, tail: boolean): Execute {
  const value = tagged(compileTerm(command.term))
  const bodies = new Map<readonly Command[], Execute>()
  compileTree(command.branches?.root ?? null, tail, bodies)
  const otherwise = command.else === null ? (tail ? leaveVoid : goOn) : compileCommands(command.else, tail)
  const { branches } = command
  return (machine) => {
    const found = branches === null ? null : findInSet(branches, value(machine))
    return found === null ? otherwise(machine) : bodies.get(found.data)!(machine)
  }
}

const STATUS = { accept: ACCEPT, reject: REJECT, error: ERROR, print: CONTINUE, printn: CONTINUE } as const

function compileVerdict(command: Command & { op: 'verdict' }): Execute {
  const status = STATUS[command.verdict]
  if (command.terms.length === 0) {
    if (command.verdict !== 'print') return () => status
    // A bare print ends the line that printn began.
    return (machine) => {
      flush(machine)
      return status
    }
  }
  const terms = command.terms.map((term) => tagged(compileTerm(term)))
  const ends = command.verdict !== 'printn'
  return (machine) => {
    for (const term of terms) machine.output += formatValue(term(machine))
    if (ends) flush(machine)
    return status
  }
}

function flush(machine: Machine): void {
  machine.environment.log(machine.output)
  machine.output = ''
}

function compileWrite(
  command: Command & { op: 'set' | 'set static' | 'set dynamic' | 'set preference' | 'unset' },
): Execute {
  const { line } = command
  const demandRoute = (machine: Machine): void => {
    if (machine.route === null) throw new FilterError(line, NO_ROUTE)
  }
  if (command.op === 'unset') {
    const attribute = DYNAMIC_ATTRIBUTES.get(command.attribute)!
    return (machine) => {
      demandRoute(machine)
      unsetDynamic(machine, attribute)
      return CONTINUE
    }
  }
  const value = tagged(compileTerm(command.term))
  switch (command.op) {
    case 'set': {
      const { variable } = command
      return (machine) => {
        assign(variable, value(machine), line)
        return CONTINUE
      }
    }
    case 'set preference':
      return (machine) => {
        demandRoute(machine)
        const result = value(machine)
        if (result.type !== 'int') throw new FilterError(line, "Can't set preference to non-integer")
        if (result.value > 0xffff) throw new FilterError(line, 'Setting preference value out of bounds')
        ownRoute(machine).preference = result.value
        machine.rewritten = true
        return CONTINUE
      }
    case 'set static':
      return compileStaticWrite(command, demandRoute)
    case 'set dynamic': {
      const attribute = DYNAMIC_ATTRIBUTES.get(command.attribute)!
      return (machine) => {
        demandRoute(machine)
        writeDynamic(machine, attribute, value(machine), line)
        return CONTINUE
      }
    }
  }
}

function compileStaticWrite(command: Command & { op: 'set static' }, demandRoute: (machine: Machine) => void): Execute {
  const { attribute, line } = command
  const value = tagged(compileTerm(command.term))
  const expected = STATIC_TYPES[attribute]
  return (machine) => {
    demandRoute(machine)
    const result = value(machine)
    const fits = result.type === expected.type && (result.type !== 'enum' || result.enum === expected.enum)
    if (!fits) throw new FilterError(line, 'Attempt to set static attribute to incompatible type')
    writeStatic(machine, attribute, (result as { value: Raw }).value, line)
    return CONTINUE
  }
}
