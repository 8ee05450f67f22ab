// BIRD 1.6.8 as Debian packages it: downloaded and unpacked into the project's cache, never installed, asked its version.
// Calico's own build does as well, where somebody has one.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const CACHE = resolve('.cache/bird')

/** Debian's does not know krt_tunnel. */
export type Build = 'debian' | 'calico'
export type Found = { ok: true; path: string; build: Build } | { ok: false; reason: string }

/** What `bird --version` says; null: neither of the two. */
export function buildOf(said: string): Build | null {
  if (/^BIRD version 1\.6\.8\b/.test(said)) return 'debian'
  return /^BIRD version v[\w.-]+\+birdv1\.6\.8\b/.test(said) ? 'calico' : null
}

/** `given`: a binary to use instead. */
export function findBird(given: string | undefined): Found {
  if (given !== undefined) return checked(given)
  const path = join(CACHE, 'usr/sbin/bird')
  if (!existsSync(path)) {
    const problem = download()
    if (problem !== null) return { ok: false, reason: problem }
  }
  return checked(path)
}

function checked(path: string): Found {
  const { error, stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  if (error !== undefined) return { ok: false, reason: `${path}: ${error.message}` }
  const [said = ''] = `${stdout}${stderr}`.trim().split('\n')
  const build = buildOf(said)
  return build === null
    ? { ok: false, reason: `${path} says '${said}', not BIRD version 1.6.8` }
    : { ok: true, path, build }
}

function download(): string | null {
  mkdirSync(CACHE, { recursive: true })
  const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: CACHE, encoding: 'utf8' })
  if (run('apt-get', 'download', 'bird').status !== 0) {
    run('apt-get', 'update')
    const second = run('apt-get', 'download', 'bird')
    if (second.status !== 0) return `apt-get download bird: ${(second.stderr ?? '').trim() || 'not possible here'}`
  }
  const archive = readdirSync(CACHE).find((name) => name.startsWith('bird_1.6.8') && name.endsWith('.deb'))
  if (archive === undefined) return 'the package bird of this system is not 1.6.8'
  const unpacked = run('dpkg', '-x', archive, CACHE)
  return unpacked.status === 0 ? null : `dpkg -x: ${(unpacked.stderr ?? '').trim()}`
}

/** Why real daemons cannot run here; null when they can. */
export function whyNoNamespaces(): string | null {
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  const name = `cl${process.pid}probe`
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' })
  if (made.status !== 0) return `ip netns add: ${(made.stderr ?? made.error?.message ?? '').trim()}`
  spawnSync('ip', ['netns', 'del', name])
  return null
}
