// `ls` and `cat` of the files that confd writes on a node, and of an outside router's bird.conf.
import type { ShellHost } from '../host.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'

export function configFolder(host: ShellHost): string {
  return host.record.kind === 'node' ? '/etc/calico/confd/config' : '/etc/bird'
}

export function ls(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  const folder = configFolder(host)
  const path = (words.find((word) => !word.startsWith('-')) ?? folder).replace(/\/+$/, '')
  const names = [...context.recording.files(context.at, host.id).keys()].sort()
  if (path === folder) return output(names)
  const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null
  if (name !== null && names.includes(name)) return output([path])
  return output([`ls: cannot access '${path}': No such file or directory`, note(`only ${folder} is simulated.`)])
}

export function cat(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  const folder = configFolder(host)
  const files = context.recording.files(context.at, host.id)
  let text = ''
  for (const path of words.filter((word) => !word.startsWith('-'))) {
    const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
    text += files.get(name) ?? `cat: ${path}: No such file or directory\n`
  }
  return { type: 'output', text }
}
