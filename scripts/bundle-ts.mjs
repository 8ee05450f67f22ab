// Bundles one TypeScript entry for Node with the bundler that Vite brings, so that Node 20 can run it.
// The result is cached beside the sources' newest modification time: a second call costs milliseconds.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

function newestChange(path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), info.mtimeMs)
}

/** Bundles `entry` (path from the project's root) when a source is newer than the bundle; returns the bundle's path. */
export async function bundle(entry) {
  // By its whole path: there is more than one record.ts.
  const outDir = join(root, 'dist-cli', entry.replace(/\.ts$/, ''))
  const out = join(outDir, 'index.mjs')
  // A program in a folder of its own consists of that folder.
  const own = dirname(entry) === 'scripts' ? entry : dirname(entry)
  const sources = ['src', 'scenarios', 'package.json', own].map((path) => join(root, path))
  if (existsSync(out) && Math.max(...sources.filter(existsSync).map(newestChange)) < statSync(out).mtimeMs) return out
  // Built aside and put in place at once: another run of the program may be about to load it.
  const aside = `${outDir}-${process.pid}`
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: join(root, entry),
      outDir: aside,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'index.mjs', format: 'es' } },
    },
  })
  mkdirSync(outDir, { recursive: true })
  renameSync(join(aside, 'index.mjs'), out)
  rmSync(aside, { recursive: true })
  return out
}
