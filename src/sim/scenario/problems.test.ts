// Everything a person can write wrongly, with the place where it is reported.
import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'

const CLUSTER =
  'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nname: lab\nnodes: [ { role: control-plane }, { role: worker } ]\n'
/** spec starts in line 9. */
const HEAD = `${CLUSTER}---\napiVersion: calicoscope.dev/v1\nkind: Scenario\nspec:\n`

function problemsOf(text: string): string[] {
  const parsed = parseScenario(text)
  return parsed.ok
    ? []
    : parsed.problems.map(({ line, column, field, message }) => `${line}:${column} ${field}: ${message}`)
}

const HOST = (text: string) =>
  `  hosts:\n  - { name: vm, interfaces: [ { network: kind, address: 172.18.0.9/16 } ], ${text} }\n`
const ACT = (text: string) => `  timeline:\n  - { at: 1s, ${text} }\n`
const EXPECT = (text: string) => `  expect:\n  - { ${text} }\n`

const TABLE: readonly [name: string, spec: string, problem: RegExp][] = [
  ['unknown key', '  timelin: []\n', /^9:3 spec\.timelin: unknown key 'timelin' \(did you mean timeline\?\)$/],
  ['twice the same key', '  seed: 1\n  seed: 2\n', /^10:3 : YAML: Map keys must be unique/],
  ['seed', '  seed: 1.5\n', /^9:9 spec\.seed: must be a whole number, not '1\.5'$/],
  ['start', '  start: tomorrow\n', /^9:10 spec\.start: must be a UTC time such as 2025-08-12T00:00:00Z/],
  ['title', '  title: { zh-CN: x }\n', /^9:10 spec\.title\.en: 'en' is missing$/],
  [
    'title language',
    '  title: { en: x, zh: y }\n',
    /spec\.title\.zh: unknown key 'zh' \(did you mean zh-CN|unknown key 'zh'/,
  ],
  ['list', '  timeline: { at: 1s }\n', /^9:13 spec\.timeline: must be a list, not a mapping$/],
  [
    'network cidr',
    '  networks: [ { name: a, cidr: 10.0.0.1/8 } ]\n',
    /spec\.networks\[0\]\.cidr: must be an IPv4 prefix with no host bits/,
  ],
  ['network missing', '  networks: [ { name: a } ]\n', /spec\.networks\[0\]\.cidr: 'cidr' is missing/],
  [
    'network twice',
    '  networks: [ { name: kind, cidr: 172.18.0.0/16 }, { name: kind, cidr: 10.0.0.0/8 } ]\n',
    /spec\.networks\[1\]\.name: the name kind is taken/,
  ],
  [
    'gateway',
    '  networks: [ { name: a, cidr: 10.0.0.0/8, gateway: 11.0.0.1 } ]\n',
    /11\.0\.0\.1 is not inside 10\.0\.0\.0\/8/,
  ],
  [
    'latency',
    '  networks: [ { name: a, cidr: 10.0.0.0/8, latency: fast } ]\n',
    /spec\.networks\[0\]\.latency: must be a duration/,
  ],
  ['loss', '  networks: [ { name: a, cidr: 10.0.0.0/8, loss: 2 } ]\n', /spec\.networks\[0\]\.loss: must be a share/],
  [
    'host without interfaces',
    '  hosts: [ { name: vm } ]\n',
    /^9:12 spec\.hosts\[0\]\.interfaces: 'interfaces' is missing$/,
  ],
  ['host named as a node', '  hosts: [ { name: lab-worker, interfaces: [] } ]\n', /the name lab-worker is taken/],
  ['host name', '  hosts: [ { name: Bad_Name, interfaces: [] } ]\n', /'Bad_Name' is not a name/],
  [
    'unknown network',
    '  hosts: [ { name: vm, interfaces: [ { network: kindd, address: 172.18.0.9/16 } ] } ]\n',
    /no network 'kindd' \(did you mean kind\?\)/,
  ],
  [
    'address outside',
    '  hosts: [ { name: vm, interfaces: [ { network: kind, address: 10.0.0.1/16 } ] } ]\n',
    /10\.0\.0\.1 is not inside kind/,
  ],
  [
    'address of a node',
    '  hosts: [ { name: vm, interfaces: [ { network: kind, address: 172.18.0.3/16 } ] } ]\n',
    /172\.18\.0\.3 is taken: node lab-worker has it/,
  ],
  [
    'address',
    '  hosts: [ { name: vm, interfaces: [ { network: kind, address: 172.18.0.9/33 } ] } ]\n',
    /must be an address with its length/,
  ],
  [
    'route',
    HOST('routes: [ { dst: default, via: nowhere } ]'),
    /spec\.hosts\[0\]\.routes\[0\]\.via: must be an IPv4 address/,
  ],
  [
    'node unknown',
    '  nodes: [ { name: lab-wroker } ]\n',
    /no Node 'lab-wroker' in the manifests or the timeline \(did you mean lab-worker\?\)/,
  ],
  ['no verb', '  timeline: [ { at: 1s } ]\n', /spec\.timeline\[0\]: 'action' is missing; one of add-node/],
  ['verb', ACT('action: explode'), /^10:23 spec\.timeline\[0\]\.action: unknown word 'explode'/],
  ['field of another verb', ACT('action: power-off, target: node/lab-worker, down: 1s'), /unknown key 'down'/],
  ['missing field', ACT('action: exec, target: node/lab-worker'), /spec\.timeline\[0\]\.command: 'command' is missing/],
  [
    'target of the wrong kind',
    ACT('action: cut-link, target: node/lab-worker'),
    /must be link\/HOST\/NETWORK, not 'node\/lab-worker'/,
  ],
  ['node as host', ACT('action: power-off, target: host/lab-worker'), /lab-worker is a node, write node\/lab-worker/],
  ['link network', ACT('action: cut-link, target: link/lab-worker/kid'), /no network 'kid' \(did you mean kind\?\)/],
  ['pod name', ACT('action: create-pod, pod: web'), /must be NAMESPACE\/NAME/],
  [
    'pod node',
    ACT('action: create-pod, pod: a/web, node: lab-worke'),
    /no node 'lab-worke' \(did you mean lab-worker\?\)/,
  ],
  [
    'name of an added host',
    ACT('action: add-host, name: Bad_Name'),
    /^10:39 spec\.timeline\[0\]\.name: 'Bad_Name' is not a name/,
  ],
  [
    'added host named as a node',
    ACT('action: add-host, name: lab-worker'),
    /the name lab-worker is taken: a node has it/,
  ],
  [
    'added host named as a host',
    `${HOST('birdArgs: []')}${ACT('action: add-host, name: vm')}`,
    /^12:39 spec\.timeline\[0\]\.name: the name vm is taken: a host has it$/,
  ],
  [
    'address of an added host outside its network',
    ACT('action: add-host, name: r1, network: kind, address: 10.0.0.1'),
    /^10:67 spec\.timeline\[0\]\.address: 10\.0\.0\.1 is not inside kind, which is 172\.18\.0\.0\/16$/,
  ],
  [
    'address of an added host in no network',
    ACT('action: add-host, name: r1, address: 10.0.0.1/24'),
    /10\.0\.0\.1\/24 is in no network; there is kind \(172\.18\.0\.0\/16\)/,
  ],
  [
    'route of an added host',
    ACT('action: add-host, name: r1, routes: [ { dst: default, via: x } ]'),
    /spec\.timeline\[0\]\.routes\[0\]\.via: must be an IPv4 address/,
  ],
  [
    'network of an added host',
    ACT('action: add-host, name: r1, network: kid'),
    /no network 'kid' \(did you mean kind\?\)/,
  ],
  [
    'remove-host of a node',
    ACT('action: remove-host, target: node/lab-worker'),
    /target: must be host\/NAME, not 'node\/lab-worker'/,
  ],
  ['remove-host of nobody', ACT('action: remove-host, target: host/r1'), /no host 'r1'/],
  [
    'manifest YAML',
    '  timeline:\n  - at: 1s\n    action: apply\n    manifest: |\n      kind: [Node\n',
    /^14:\d+ spec\.timeline\[0\]\.manifest: YAML: /,
  ],
  ['no time', EXPECT('log: { host: lab-worker, match: x }'), /^10:5 spec\.expect\[0\]: needs either 'at' or 'by'$/],
  ['two times', EXPECT('at: 1s, by: 2s, log: { host: lab-worker, match: x }'), /needs either 'at' or 'by'/],
  ['no predicate', EXPECT('at: 1s'), /needs exactly one predicate of reachable, session/],
  [
    'two predicates',
    EXPECT('at: 1s, log: { host: lab-worker, match: x }, kernel: { host: lab-worker, line: x }'),
    /needs exactly one predicate/,
  ],
  [
    'state',
    EXPECT('at: 1s, session: { host: lab-worker, protocol: x, state: established }'),
    /unknown word 'established' \(did you mean Established\?\)/,
  ],
  [
    'regular expression',
    EXPECT('at: 1s, kernel: { host: lab-worker, line: "(" }'),
    /spec\.expect\[0\]\.kernel\.line: is not a regular expression/,
  ],
  [
    'party',
    EXPECT('at: 1s, reachable: { from: web, to: 10.0.0.1 }'),
    /from: must be pod\/NAMESPACE\/NAME, host\/NAME, node\/NAME, not 'web'/,
  ],
  [
    'host',
    EXPECT('at: 1s, log: { host: lab-work, match: x }'),
    /no node or host 'lab-work' \(did you mean lab-worker\?\)/,
  ],
  [
    'message type',
    EXPECT('at: 1s, message: { type: UPDAT, from: lab-worker, to: lab-worker }'),
    /unknown word 'UPDAT' \(did you mean UPDATE\?\)/,
  ],
  [
    'count',
    EXPECT('at: 1s, message: { type: OPEN, from: lab-worker, to: lab-worker, count: -1 }'),
    /must not be negative/,
  ],
  ['narration', '  narration: [ { at: 1s, title: x } ]\n', /spec\.narration\[0\]\.text: 'text' is missing/],
]

describe('problems of a document', () => {
  it.each(TABLE)('%s', (_name, spec, problem) => {
    const found = problemsOf(HEAD + spec)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(problem)
  })

  it('reports all of them at once, in the order of the text', () => {
    const found = problemsOf(`${HEAD}  seed: x\n${ACT('action: explode')}${EXPECT('at: 1s')}  foo: 1\n`)
    expect(found.map((text) => text.split(' ')[1])).toEqual([
      'spec.seed:',
      'spec.timeline[0].action:',
      'spec.expect[0]:',
      'spec.foo:',
    ])
  })

  it('goes on behind a document that is not YAML', () => {
    const found = problemsOf(`a: [1\n---\n${HEAD}  seed: x\n`)
    expect(found.some((text) => text.includes('YAML'))).toBe(true)
    expect(found.some((text) => text.includes('spec.seed'))).toBe(true)
  })

  it('does not take a misspelt Scenario for a manifest', () => {
    expect(problemsOf('apiVersion: calicoscope.dev/v1\nkind: Scenaro\n')[0]).toMatch(
      /unknown kind 'Scenaro' \(did you mean Scenario\?\)/,
    )
    expect(problemsOf('apiVersion: calicoscope.dev/v2\nkind: Scenario\n')[0]).toMatch(
      /calicoscope\.dev\/v1 in this version/,
    )
    expect(problemsOf(`${HEAD}---\napiVersion: calicoscope.dev/v1\nkind: Scenario\n`)[0]).toMatch(/a second Scenario/)
    expect(problemsOf(`${CLUSTER}---\n${CLUSTER}`)[0]).toMatch(/a second kind Cluster/)
  })

  it('puts the problems of a bird.conf at their own lines', () => {
    const conf =
      '  hosts:\n  - name: vm\n    interfaces: [ { network: kind, address: 172.18.0.9/16 } ]\n    birdConf: |\n      router id 1.1.1.1;\n      protocol bgp x {\n        neigbor 10.0.0.1 as 1;\n      }\n'
    const [found] = problemsOf(HEAD + conf)
    expect(found).toMatch(/^15:\d+ spec\.hosts\[0\]\.birdConf: bird\.conf:3: syntax error/)
  })

  it('puts the problems of an added router at their own lines, too', () => {
    const conf =
      '  timeline:\n  - at: 1s\n    action: add-host\n    name: r1\n    birdConf: |\n      protocol device { }\n      protocl static { }\n'
    expect(problemsOf(HEAD + conf)).toEqual([
      expect.stringMatching(/^15:\d+ spec\.timeline\[0\]\.birdConf: bird\.conf:2: syntax error/),
    ])
  })

  it('lets a name be used again after remove-host, in order of time', () => {
    const line = (at: number, rest: string) => `  - { at: ${at}s, ${rest} }\n`
    const add = (at: number) => line(at, 'action: add-host, name: vm')
    const remove = (at: number) => line(at, 'action: remove-host, target: host/vm')
    const head = `${HEAD}${HOST('birdArgs: []')}  timeline:\n`
    expect(problemsOf(head + add(3) + remove(2))).toEqual([])
    expect(problemsOf(head + remove(2) + add(3) + add(4))).toEqual([
      expect.stringMatching(/^14:.*spec\.timeline\[2\]\.name: the name vm is taken: a host has it$/),
    ])
  })

  it('points into the manifest that the datastore refuses', () => {
    const pool =
      'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: p }\nspec:\n  cidr: 10.0.0.0/8\n  exportFilter: x\n'
    expect(problemsOf(`${CLUSTER}---\n${pool}`)).toEqual(['11:3 spec.exportFilter: unknown field "spec.exportFilter"'])
    expect(problemsOf('kind: Nothing\napiVersion: v1\nmetadata: { name: x }\n')[0]).toMatch(
      /no matches for kind "Nothing"/,
    )
    expect(problemsOf('just text\n')[0]).toMatch(/^1:1 : a document must be a mapping/)
    expect(problemsOf('kind: Node\n')[0]).toMatch(/'apiVersion' is missing/)
  })

  it('withstands documents made to grow', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(',')}]`)
    expect(problemsOf(`kind: Node\napiVersion: v1\nl0: &l0 [x]\n${levels.join('\n')}\n`)[0]).toMatch(/alias/i)
    expect(problemsOf('#'.repeat(5_000_000))[0]).toMatch(/at most 4000000 are read/)
  })
})
