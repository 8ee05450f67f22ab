// BIRD's configuration files as a lab needs them. Debian's package does not know Calico's krt_tunnel, so that each
// statement that names it must be removable as a line.
const ASSIGNMENT = String.raw`krt_tunnel\s*=\s*"[^"]*"\s*;`
const BARE_BRANCH = new RegExp(String.raw`\b(then|else)\s+(${ASSIGNMENT})`, 'g')
const SHARED_LINE = new RegExp(String.raw`([^\s][^\S\n]*)(${ASSIGNMENT})|(${ASSIGNMENT})([^\S\n]*[^\s])`, 'g')

/** The same configuration with every krt_tunnel statement on a line of its own, in braces where it is a whole branch. */
export function onOwnLines(text: string): string {
  if (!text.includes('krt_tunnel')) return text
  let result = text.replace(BARE_BRANCH, '$1 {\n$2\n}')
  for (;;) {
    const next = result.replace(SHARED_LINE, (_, before, after, first, behind) =>
      before === undefined ? `${first}\n${behind.trimStart()}` : `${before.trimEnd()}\n${after}`,
    )
    if (next === result) return result
    result = next
  }
}

/** For a build that lacks krt_tunnel: the lines that name it are blank, so that the others keep their numbers. */
export function withoutTunnelLines(text: string): string {
  if (!text.includes('krt_tunnel')) return text
  return text
    .split('\n')
    .map((line) => (line.includes('krt_tunnel') ? '' : line))
    .join('\n')
}
