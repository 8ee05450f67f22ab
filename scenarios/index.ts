// The built-in scenarios by name (the file's name without .yaml), bundled as text for the page and the headless program.
const files = import.meta.glob<string>('./*.yaml', { query: '?raw', eager: true, import: 'default' })

/** In the order in which the page offers them; any others follow by name. */
const ORDER = [
  'mesh',
  'node-join',
  'node-failure',
  'node-delete',
  'pod-lifecycle',
  'dead-peer-freeze',
  'route-reflector',
  'article-lab',
  'article-as-written',
  'article-lab-fixed',
  'mesh-100',
]

const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
const entries = Object.entries(files).map(([path, text]): [string, string] => [
  path.replace(/^\.\/|\.yaml$/g, ''),
  text,
])

export const builtInDocuments: Readonly<Record<string, string>> = Object.fromEntries(
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)),
)
