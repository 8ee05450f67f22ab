// Every configuration file among the shared captures and conformance cases parses.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseBirdConfig } from './parser.ts'

const SHARED = resolve(import.meta.dirname, '../../../../../shared')
const present = existsSync(SHARED)
if (!present) console.warn(`skipped: ${SHARED} is absent, so the shared *.cfg files are not parsed`)

function configFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return configFiles(path)
    return entry.name.endsWith('.cfg') ? [path] : []
  })
}

/** The files beside it, as the daemon would find them. */
function siblings(path: string): Map<string, string> {
  const directory = dirname(path)
  const names = readdirSync(directory).filter((name) => name.endsWith('.cfg'))
  return new Map(names.map((name) => [join(directory, name), readFileSync(join(directory, name), 'utf8')]))
}

/** Parts that only make sense when included. */
const isPart = (path: string) => /_(aggr|ipam)\.cfg$/.test(path)

describe.skipIf(!present)('shared configuration files', () => {
  const paths = present ? configFiles(SHARED).filter((path) => !isPart(path)) : []

  it('are many', () => expect(paths.length).toBeGreaterThan(80))

  it.each(paths)('%s', (path) => {
    const family = path.includes('bird6') ? 6 : 4
    const result = parseBirdConfig(siblings(path), path, { family })
    expect(result.ok ? [] : result.problems).toEqual([])
  })
})
