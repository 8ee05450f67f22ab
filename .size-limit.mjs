// What a first visit has to fetch before the page runs: every file that index.html names. Parts that come later on their
// own (inspector, menus, dialogs, editor, terminal, Chinese) are not in it, nor is the worker, which has its own line.
import { existsSync, readFileSync } from 'node:fs'

const html = existsSync('dist/index.html') ? readFileSync('dist/index.html', 'utf8') : ''
const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => `dist/${match[1]}`)

export default [
  { name: 'initial page', path: ['dist/index.html', ...named], limit: '200 kB', gzip: true },
  { name: 'simulation worker', path: 'dist/assets/entry-*.js', limit: '260 kB', gzip: true },
]
