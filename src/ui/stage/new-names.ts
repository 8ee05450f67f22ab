// Free names for what is added: `worker3` after `worker2`, `web-4` after `web-3`.
export function nextName(taken: readonly string[], pattern: string): string {
  const used = new Set(taken)
  const stem = pattern.replace(/\d+$/, '')
  const first = /\d+$/.exec(pattern)
  let n = first ? Number(first[0]) : 2
  if (!first && !used.has(stem)) return stem
  while (used.has(`${stem}${n}`)) n++
  return `${stem}${n}`
}

/** A node is named like the worker that came last. */
export function nextNodeName(nodes: readonly string[]): string {
  const last = nodes.findLast((name) => !name.includes('control-plane')) ?? nodes.at(-1)
  return nextName(nodes, last && !last.includes('control-plane') ? last : 'worker')
}
