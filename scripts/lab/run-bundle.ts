// One bundle on real daemons: its network, a BIRD in every host that has one, the timeline in real time, and what the
// daemons and the kernels say at the asked times.
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withoutTunnelLines } from '../../src/sim/export/bird-files.ts'
import type { LabBundle, LabHost, LabStep } from '../../src/sim/export/lab-types.ts'
import type { Build } from './bird-binary.ts'
import type { Capture, HostState, RunCaptures } from './capture.ts'
import { WINDOW_SECONDS } from './capture.ts'
import { birdCommand } from './control-socket.ts'
import { LabNet } from './lab-net.ts'
import { neighbourShortage } from './neighbour-table.ts'

const SECOND = 1000
/** Busy machines may need longer than planned; two sides that both dial, in one rhythm, far longer. */
const LATER_LOOKS = 5
const MOST_LOOKS = 30
const BETWEEN_LOOKS = 2.5 * SECOND
/** How long before a capture the tables are looked at, to see whether they rest. Longer than routes' times are exact. */
const TABLES_BEFORE = 3
const children = new Set<ChildProcess>()

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
// Interrupted: exits as above, so that no daemon and no namespace stays behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

/** The binary to run. */
export interface Daemon {
  path: string
  build: Build
}

export interface RunRequest {
  bundle: LabBundle
  bird: Daemon
  /** Seconds after the start. */
  captureAt: readonly number[]
  /** Whether a capture is what was expected. If not, it is taken again a little later: rest may come late. */
  settled: (capture: Capture) => 'yes' | 'no' | 'moving'
  /** Keeps configurations and logs there. */
  keep?: string
}

export async function runBundle(request: RunRequest): Promise<RunCaptures> {
  const run = new Run(request)
  try {
    return await run.go()
  } finally {
    await run.end()
  }
}

type Job = { at: number; order: number; run: () => Promise<void> | void }

class Run {
  readonly #request: RunRequest
  readonly #net: LabNet
  readonly #folder: string
  readonly #daemons = new Map<string, ChildProcess>()
  readonly #powered = new Set<string>()
  readonly #samples = new Map<string, string[]>()
  /** `show route all` of an earlier look. */
  readonly #earlier = new Map<string, string>()
  readonly #captures: Capture[] = []
  readonly #notes: string[] = []

  constructor(request: RunRequest) {
    this.#request = request
    this.#net = new LabNet(request.bundle.lab)
    if (request.keep === undefined) this.#folder = mkdtempSync(join(tmpdir(), 'lab-'))
    else {
      rmSync(request.keep, { recursive: true, force: true })
      mkdirSync(request.keep, { recursive: true })
      this.#folder = request.keep
    }
  }

  async go(): Promise<RunCaptures> {
    const { lab } = this.#request.bundle
    const shortage = neighbourShortage(lab)
    if (shortage !== null) this.#notes.push(shortage)
    const offAtStart = new Set(
      lab.timeline.filter((step) => step.at === 0 && step.do === 'power-off').map((step) => step.host),
    )
    for (const host of lab.hosts) {
      mkdirSync(join(this.#folder, host.name), { recursive: true })
      if (host.bird !== undefined) this.#writeFiles(host.name, host.bird)
      if (!offAtStart.has(host.name)) this.#powered.add(host.name)
    }
    await this.#net.create([...this.#powered])
    let start = Date.now()
    for (const host of lab.hosts) if (this.#powered.has(host.name) && host.bird !== undefined) this.#start(host)
    for (const job of this.#jobs()) {
      const wait = start + job.at * SECOND - Date.now()
      if (wait > 0) await new Promise((done) => setTimeout(done, wait))
      // On a busy machine a look takes longer than planned; what comes later keeps its distance, so that all comes to rest.
      else start -= wait
      await job.run()
    }
    return { captures: this.#captures, notes: this.#notes }
  }

  #jobs(): Job[] {
    const { bundle, captureAt } = this.#request
    const jobs: Job[] = []
    for (const step of bundle.lab.timeline) {
      if (step.at === 0 && step.do === 'power-off') continue
      jobs.push({ at: step.at, order: 1, run: () => this.#step(step) })
    }
    for (const at of captureAt) {
      for (let before = WINDOW_SECONDS; before >= 1; before--) {
        if (at - before > 0)
          jobs.push({ at: at - before, order: 0, run: () => this.#sample(at, before === TABLES_BEFORE) })
      }
      jobs.push({ at, order: 0, run: () => this.#capture(at) })
    }
    return jobs.sort((a, b) => a.at - b.at || a.order - b.order)
  }

  async #step(step: LabStep): Promise<void> {
    const daemon = this.#daemons.get(step.host)
    switch (step.do) {
      case 'stop':
        daemon?.kill('SIGTERM')
        return
      case 'kill':
        await this.#kill(step.host)
        return
      case 'start':
        await this.#gone(step.host)
        this.#start(this.#host(step.host))
        return
      case 'power-off':
        if (!this.#powered.delete(step.host)) return
        await this.#net.unplug(step.host)
        await this.#kill(step.host)
        await this.#net.forget(step.host)
        return
      case 'power-on':
        if (this.#powered.has(step.host)) return
        this.#powered.add(step.host)
        await this.#net.powerOn(step.host)
        if (this.#host(step.host).bird !== undefined) this.#start(this.#host(step.host))
        return
      case 'link-down':
      case 'link-up':
        await this.#net.setLink(step.host, step.network, step.do === 'link-up')
        return
      case 'route': {
        const problem = this.#net.route(step.host, step.args)
        if (problem !== null) this.#notes.push(`${step.at} ${step.host}: ip route ${step.args.join(' ')}: ${problem}`)
        return
      }
      case 'birdc':
        await this.#birdc(step.host, step.args.map(quoted).join(' '))
        return
      case 'config':
        this.#writeFiles(step.host, step.bird)
        if (daemon !== undefined) await this.#birdc(step.host, 'configure')
        return
    }
  }

  async #birdc(host: string, command: string): Promise<void> {
    try {
      await birdCommand(join(this.#folder, host, 'bird.ctl'), command)
    } catch (error) {
      this.#notes.push(`${host}: birdc ${command}: ${String(error)}`)
    }
  }

  #start(host: LabHost): void {
    const folder = join(this.#folder, host.name)
    const log = createWriteStream(join(folder, 'log'), { flags: 'a' })
    const args = ['-d', '-c', join(folder, 'bird.cfg'), '-s', join(folder, 'bird.ctl'), ...host.args]
    const child = spawn('ip', ['netns', 'exec', this.#net.namespace(host.name), this.#request.bird.path, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.pipe(log)
    children.add(child)
    this.#daemons.set(host.name, child)
    child.on('exit', () => {
      children.delete(child)
      if (this.#daemons.get(host.name) === child) this.#daemons.delete(host.name)
    })
  }

  async #kill(host: string): Promise<void> {
    this.#daemons.get(host)?.kill('SIGKILL')
    await this.#gone(host)
  }

  #gone(host: string): Promise<void> {
    const child = this.#daemons.get(host)
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((done) => child.on('exit', () => done()))
  }

  async #sample(forCapture: number, withTables: boolean): Promise<void> {
    await Promise.all(
      [...this.#daemons.keys()].map(async (host) => {
        const text = await this.#ask(host, 'show protocols')
        if (text === null) return
        const list = this.#samples.get(`${forCapture} ${host}`) ?? []
        list.push(text)
        this.#samples.set(`${forCapture} ${host}`, list)
        if (!withTables) return
        const routes = await this.#ask(host, 'show route all')
        if (routes !== null) this.#earlier.set(`${forCapture} ${host}`, routes)
      }),
    )
  }

  async #capture(at: number): Promise<void> {
    let capture = await this.#look(at)
    let settled = this.#request.settled(capture)
    for (let looks = 1; settled !== 'yes' && looks <= (settled === 'moving' ? MOST_LOOKS : LATER_LOOKS); looks++) {
      await new Promise((done) => setTimeout(done, BETWEEN_LOOKS))
      capture = await this.#look(at)
      settled = this.#request.settled(capture)
      if (settled === 'yes' && looks > 1)
        this.#notes.push(`rest at ${at} came ${(looks * BETWEEN_LOOKS) / SECOND} s late`)
    }
    this.#captures.push(capture)
  }

  async #look(at: number): Promise<Capture> {
    const hosts: Record<string, HostState | null> = {}
    await Promise.all(
      this.#request.bundle.lab.hosts.map(async ({ name, bird }) => {
        if (!this.#daemons.has(name)) {
          if (bird !== undefined) hosts[name] = null
          return
        }
        const protocols = await this.#ask(name, 'show protocols')
        const routes = await this.#ask(name, 'show route all')
        if (protocols === null || routes === null) {
          hosts[name] = null
          return
        }
        const samples = this.#samples.get(`${at} ${name}`) ?? []
        this.#samples.set(`${at} ${name}`, [...samples, protocols].slice(-WINDOW_SECONDS))
        const routesBefore = this.#earlier.get(`${at} ${name}`)
        this.#earlier.set(`${at} ${name}`, routes)
        hosts[name] = {
          samples: [...samples, protocols],
          routes,
          kernel: await this.#net.kernelRoutes(name),
          ...(routesBefore === undefined ? {} : { routesBefore }),
        }
      }),
    )
    return { at, hosts }
  }

  async #ask(host: string, command: string): Promise<string | null> {
    return await birdCommand(join(this.#folder, host, 'bird.ctl'), command).catch(() => null)
  }

  #writeFiles(host: string, files: Record<string, string>): void {
    for (const [name, path] of Object.entries(files)) {
      const text = this.#request.bundle.files.get(path) ?? ''
      writeFileSync(
        join(this.#folder, host, name),
        this.#request.bird.build === 'debian' ? withoutTunnelLines(text) : text,
      )
    }
  }

  #host(name: string): LabHost {
    const host = this.#request.bundle.lab.hosts.find((candidate) => candidate.name === name)
    if (host === undefined) throw new Error(`the bundle has no host ${name}`)
    return host
  }

  async end(): Promise<void> {
    await Promise.all([...this.#daemons.keys()].map((host) => this.#kill(host)))
    await this.#net.destroy()
    if (this.#request.keep === undefined) rmSync(this.#folder, { recursive: true, force: true })
  }
}

function quoted(word: string): string {
  // Quotes that a pattern needs were lost with the shell's when the line was split.
  return /^[\w.-]+$|^".*"$/.test(word) ? word : `"${word}"`
}
