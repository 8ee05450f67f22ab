// node scripts/run-ts.mjs ENTRY.ts [ARGS...]: bundles a TypeScript entry and runs it in this process.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './bundle-ts.mjs'

const [entry, ...rest] = process.argv.slice(2)
const out = await bundle(entry)
process.argv = [process.argv[0], resolve(entry), ...rest]
await import(pathToFileURL(out).href)
