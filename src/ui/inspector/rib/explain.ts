// From the explanation of the simulation to sentences, the decisive rule first.
import type { RibRow, RouteExplanation } from '../../../sim/index.ts'
import type { inspector as catalog } from '../../i18n/en/inspector.ts'

type Catalog = typeof catalog

export function whySentences(row: RibRow, explanation: RouteExplanation | null, t: Catalog): string[] {
  const { why, rib } = t
  if (row.mark === 'rejected') {
    const reason = row.rejected ?? ''
    return [(row.line === '' ? why.rejected : why.kept)(row.protocol, rib.reject[reason] ?? reason)]
  }
  const sentences: string[] = []
  const best = explanation?.candidates.find((candidate) => candidate.best)
  if (explanation && best) {
    sentences.push(
      explanation.candidates.length === 1
        ? why.only(best.protocol, best.via)
        : why.chosen(best.protocol, explanation.candidates.length),
    )
    for (const { loser, step, bestValue, loserValue } of explanation.decisions) {
      const decision = { loser, best: best.protocol, bestValue, loserValue }
      sentences.push((why.steps[step] ?? why.noRule)(decision))
    }
    if (explanation.resolvesThrough !== null) sentences.push(why.resolves(explanation.resolvesThrough))
  } else if (explanation) sentences.push(why.nobody)
  if (row.mark === 'sync-error') sentences.push(why.syncError)
  if (row.stale) sentences.push(why.stale)
  return sentences
}
