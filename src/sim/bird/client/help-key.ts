// `?` at birdc's prompt (client/birdc.c, input_help).

/** The line with `?` typed at its end: a key that shows what may follow, but a character inside quotes and brackets. */
export function asksForHelp(line: string): boolean {
  if (!line.trimEnd().endsWith('?')) return false
  let quoted = false
  let brackets = 0
  for (const char of line) {
    if (char === '"') quoted = !quoted
    else if (!quoted && char === '[') brackets++
    else if (!quoted && char === ']') brackets--
  }
  return !quoted && brackets === 0
}
