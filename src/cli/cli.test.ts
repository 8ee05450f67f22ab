// The headless program as a person or a script meets it: spawned, with its output and exit status.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calicoscope-'))

function sim(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync('node', [join(root, 'bin/calicoscope'), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, out: stdout, err: stderr }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const CLUSTER =
  'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nname: lab\nnodes: [ { role: control-plane }, { role: worker } ]\n'
const manifests = file('manifests.yaml', CLUSTER)

describe('calicoscope', () => {
  it('prints one command raw, and several under headings in order of --at, then of --exec', () => {
    const one = sim('run', manifests, '--at', '30s', '--exec', 'lab-worker: ip route')
    expect(one).toMatchObject({ status: 0, err: '' })
    expect(one.out.startsWith('default via 172.18.0.1 dev eth0 \n')).toBe(true)
    expect(one.out).toContain('\n172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.3 \n')
    const four = sim(
      'run',
      manifests,
      '--at',
      '1m',
      '--at',
      '30',
      '--exec',
      'lab-worker: ip route',
      '--exec',
      'lab-control-plane: birdcl show status',
    )
    expect(four.out.split('\n').filter((line) => line.startsWith('###'))).toEqual([
      '### lab-worker 1m: ip route',
      '### lab-control-plane 1m: birdcl show status',
      '### lab-worker 30: ip route',
      '### lab-control-plane 30: birdcl show status',
    ])
  })

  it('prints the hash, the same every time and another at another time', () => {
    const first = sim('run', manifests, '--until', '30s', '--hash')
    expect(first.out).toMatch(/^[0-9a-f]{64}\n$/)
    expect(sim('run', manifests, '--until=30', '--hash').out).toBe(first.out)
    expect(sim('run', manifests, '--hash').out).not.toBe(first.out)
    expect(sim('run', manifests).out).toBe('')
  })

  it('writes captures', () => {
    const out = join(folder, 'captures.json')
    expect(sim('run', manifests, '--at', '1s', '--at', '30s', '--until', '40s', '--json', out).status).toBe(0)
    const read = JSON.parse(readFileSync(out, 'utf8')) as {
      hash: string
      captures: { at: number; hosts: Record<string, Record<string, unknown>> }[]
    }
    expect(read.hash).toBe(sim('run', manifests, '--until', '40s', '--hash').out.trim())
    expect(read.captures.map((capture) => capture.at)).toEqual([1, 30])
    expect(Object.keys(read.captures[1]?.hosts['lab-worker'] ?? {})).toEqual([
      'show protocols',
      'show route all',
      'kernel',
    ])
  })

  it('renders the six files', () => {
    const out = join(folder, 'rendered', 'deep')
    expect(
      sim('render', manifests, '--node', 'lab-worker', '--out', out, '--env', 'CALICO_ROUTER_ID=1.2.3.4'),
    ).toMatchObject({ status: 0, out: '', err: '' })
    expect(readdirSync(out).sort()).toEqual([
      'bird.cfg',
      'bird6.cfg',
      'bird6_aggr.cfg',
      'bird6_ipam.cfg',
      'bird_aggr.cfg',
      'bird_ipam.cfg',
    ])
    expect(readFileSync(join(out, 'bird.cfg'), 'utf8')).toMatch(/router id 1\.2\.3\.4;/)
    expect(sim('render', manifests, '--node', 'nobody', '--out', out)).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining("no node 'nobody'"),
    })
  })

  it('checks expectations and says which line failed', () => {
    const head = `${CLUSTER}---\napiVersion: calicoscope.dev/v1\nkind: Scenario\nspec:\n  expect:\n`
    const good = file(
      'good.yaml',
      `${head}    - { at: 30s, session: { host: lab-worker, protocol: Mesh_172_18_0_2, state: Established } }\n`,
    )
    expect(sim('check', good)).toEqual({ status: 0, out: '', err: '' })
    const bad = file(
      'bad.yaml',
      `${head}    - { at: 1s, session: { host: lab-worker, protocol: Mesh_172_18_0_2, state: Established } }\n`,
    )
    const failed = sim('check', bad)
    expect(failed.status).toBe(1)
    expect(failed.out).toMatch(/^\S+bad\.yaml:10: at 1 s: session .*it is start/)
    expect(failed.out.split('\n')).toHaveLength(2)
  })

  it('makes a link and opens it byte for byte', () => {
    const odd = file('odd.yaml', `\ufeff# 注释\r\n${CLUSTER}\n\n`)
    const url = sim('url', odd)
    expect(url.out).toMatch(/^#1[\w-]+\n$/)
    expect(sim('open', url.out.trim()).out).toBe(readFileSync(odd, 'utf8'))
    expect(sim('open', `https://x.org/a/${url.out.trim()}&t=41.2&lang=en`).out).toBe(readFileSync(odd, 'utf8'))
    expect(sim('open', '#lab=mesh').out).toBe(readFileSync(join(root, 'scenarios/mesh.yaml'), 'utf8'))
    expect(sim('open', '#lab=nope')).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining("no built-in scenario 'nope'"),
    })
    const half = sim('open', url.out.trim().slice(0, -20))
    expect(half).toMatchObject({ status: 2, err: expect.stringContaining('damaged') })
    expect(readFileSync(odd, 'utf8').startsWith(half.out)).toBe(true)
  })

  it('refuses bad input with its place, on standard error alone', () => {
    const bad = file('worse.yaml', `${CLUSTER}---\napiVersion: calicoscope.dev/v1\nkind: Scenario\nspec:\n  sed: 1\n`)
    const refused = sim('run', bad, '--hash')
    expect(refused).toEqual({
      status: 2,
      out: '',
      err: `${bad}:9:3: spec.sed: unknown key 'sed' (did you mean seed?)\n`,
    })
    writeFileSync(join(folder, 'latin'), Buffer.from([0xe9, 0x0a]))
    const table: readonly (readonly [string[], RegExp])[] = [
      [[], /Usage/],
      [['dance'], /unknown command 'dance'/],
      [['lab', manifests], /lab FILE --out DIR/],
      [['run'], /run FILE/],
      [['run', 'nowhere.yaml'], /nowhere\.yaml: no such file/],
      [['run', join(folder, 'latin')], /is not UTF-8/],
      [['run', manifests, '--at', 'soon'], /'soon' is not a time/],
      [['run', manifests, '--bogus'], /unknown option --bogus; there is --until/],
      [['run', manifests, '--exec', 'ip route'], /--exec needs "HOST: COMMAND"/],
      [['run', manifests, '--exec', 'nobody: ip route'], /no host 'nobody'; there is lab-control-plane, lab-worker/],
      [['render', manifests], /render FILE --node N/],
      [['open', '#9x'], /format 9/],
    ]
    for (const [args, message] of table) {
      const result = sim(...args)
      expect(result).toMatchObject({ status: 2, out: '' })
      expect(result.err).toMatch(message)
    }
    expect(sim('--help')).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Usage') })
  })

  it('writes a capture, and refuses a host that is none', () => {
    const out = join(folder, 'x.pcapng')
    expect(sim('pcap', manifests, '--out', out, '--until', '5s')).toEqual({ status: 0, out: '', err: '' })
    expect([...readFileSync(out).subarray(0, 4)]).toEqual([0x0a, 0x0d, 0x0d, 0x0a])
    const wrong = sim('pcap', manifests, '--out', out, '--interface', 'nobody')
    expect(wrong).toMatchObject({ status: 2, out: '' })
    expect(wrong.err).toContain("no host or interface 'nobody'; hosts are lab-control-plane, lab-worker")
  })
})
