// npm start: installs what is missing, builds the page, serves it and prints the address. PORT chooses another port.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './ensure-installed.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
ensureInstalled(root)
const { build, preview } = await import('vite')
await build({ root, logLevel: 'warn' })
const server = await preview({
  root,
  preview: { port: Number(process.env.PORT ?? 4173), host: process.env.HOST ?? 'localhost' },
})
console.log(`CalicoScope is served at ${server.resolvedUrls?.local[0] ?? 'the address above'} (Ctrl+C stops it)`)
