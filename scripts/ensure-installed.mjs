// Installs the project's packages when they are missing or older than the lock file. Returns nothing; throws on failure.
import { execSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** `root`: the project's folder. */
export function ensureInstalled(root) {
  const marker = join(root, 'node_modules', '.package-lock.json')
  const fresh = existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  if (!fresh) execSync('npm ci --no-audit --no-fund', { cwd: root, stdio: 'inherit' })
}
