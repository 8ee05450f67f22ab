import { defineConfig } from '@playwright/test'

const port = 4174

// Specs that have not yet passed from end to end in a fresh clone; `E2E=all` runs them too. scripts/test.mjs says so aloud.
const unsettled = [
  'accessibility',
  'hygiene',
  'keyboard',
  'language',
  'link',
  'mesh-join',
  'message',
  'mobile',
  'node-failure',
  'router',
  'terminal',
]
const all = process.env.E2E === 'all'

export default defineConfig({
  testDir: 'e2e',
  testIgnore: all ? [] : unsettled.map((name) => `${name}.spec.ts`),
  ...(all ? {} : { grepInvert: /mesh-100/ }),
  workers: 2,
  timeout: 120_000,
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
})
