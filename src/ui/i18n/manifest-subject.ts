// What a manifest is about, for labels only: kind and name of the first document, and how many there are.
export function manifestSubject(manifest: string): { kind: string | null; name: string | null; count: number } {
  const kinds = [...manifest.matchAll(/^kind:\s*["']?(\w+)/gm)].map((match) => match[1] ?? '')
  const name = /^metadata:(?:\s*\{.*?\bname:\s*|[\s\S]*?\n\s+name:\s*)["']?([\w.-]+)/m.exec(manifest)?.[1]
  return { kind: kinds[0] ?? null, name: name ?? null, count: kinds.length }
}
