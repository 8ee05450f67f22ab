// The same problems in the frames that the two command line tools put around them (reference 1.10, 9.2).
import { formatInvalid, formatPath, type Problem } from './problem.ts'
import { shapeOf } from './schema/shapes.ts'

/** Problems of one object belong together. */
function byObject(problems: readonly Problem[]): readonly Problem[][] {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = `${problem.document} ${problem.about.kind} ${problem.about.name}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [problem])
    else group.push(problem)
  }
  return [...groups.values()]
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.lastIndexOf('/') + 1)
}

/** What `kubectl apply -f FILE` prints on standard error, through the Calico API server. */
export function kubectlErrors(problems: readonly Problem[], file: string): readonly string[] {
  return byObject(problems).map((group) => kubectlError(group, file))
}

function kubectlError(group: readonly Problem[], file: string): string {
  const first = group[0] as Problem
  const { kind, name, apiVersion } = first.about
  const unknown = group.filter((problem) => problem.code === 'unknown-field')
  if (unknown.length > 0) {
    const fields = unknown.map((problem) => `unknown field "${formatPath(problem.path)}"`).join(', ')
    return (
      `Error from server (BadRequest): error when creating "${file}": ${kind} in version "${versionOf(apiVersion)}" ` +
      `cannot be handled as a ${kind}: strict decoding error: ${fields}`
    )
  }
  if (first.code === 'unsupported') {
    return `error: resource mapping not found for name: "${name}" namespace: "" from "${file}": ${first.message}\nensure CRDs are installed first`
  }
  if (first.code === 'conflict') return `Error from server (NotFound): error when deleting "${file}": ${first.message}`
  const resource = shapeOf(kind)?.resource ?? kind
  const text = first.code === 'invalid' ? formatInvalid(group) : first.message
  return `Error from server (BadRequest): error when creating "${file}": ${resource} "${name}" is invalid: ${text}`
}

/** What `calicoctl apply -f FILE` prints. */
export function calicoctlErrors(problems: readonly Problem[]): readonly string[] {
  const unknown = problems
    .filter((problem) => problem.code === 'unknown-field')
    .map((problem) => String(problem.path.at(-1)))
  if (unknown.length > 0) {
    return [`Failed to execute command: error parsing document: ${unrecognized(unknown)}`]
  }
  return byObject(problems).map((group) => {
    const first = group[0] as Problem
    return first.code === 'invalid'
      ? `Failed to apply '${first.about.kind}' resource: [${formatInvalid(group)}]`
      : `Failed to execute command: ${first.message}`
  })
}

function unrecognized(keys: readonly string[]): string {
  if (keys.length === 1) return `field in document is not recognized or is in the wrong location: ${keys[0]}`
  const named = keys.length > 5 ? `${keys.slice(0, 4).join(', ')} (+ ${keys.length - 4} more)` : keys.join(', ')
  return `fields in document are not recognized or are in the wrong location: ${named}`
}
