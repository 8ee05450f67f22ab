/** The files of one case: the main file `bird.cfg`, and what `--- NAME` lines divide from it. */
export function caseFiles(text: string): Map<string, string> {
  const [main = '', ...parts] = text.split(/^--- (\S+)\n/m)
  const files = new Map([['bird.cfg', main]])
  for (let i = 0; i < parts.length; i += 2) files.set(parts[i] ?? '', parts[i + 1] ?? '')
  return files
}
