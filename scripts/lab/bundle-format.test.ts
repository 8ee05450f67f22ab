// What `lab` writes is read by programs that are not ours: every word of it is on the list of the format, every name and
// path leads somewhere.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Lab, LabHost, LabStep } from '../../src/sim/export/lab-types.ts'
import { Simulation } from '../../src/sim/index.ts'
import { caseNames, caseText } from './cases/cases.ts'
import { generate } from './generate/generate.ts'

const FIELDS: Readonly<Record<LabStep['do'], readonly string[]>> = {
  stop: [],
  kill: [],
  start: [],
  'power-off': [],
  'power-on': [],
  'link-down': ['network'],
  'link-up': ['network'],
  birdc: ['args'],
  route: ['args'],
  config: ['bird'],
}
const ADDRESS = /^\d+\.\d+\.\d+\.\d+\/\d+$/

/** Everything that a reader could stumble over. */
function complaints(lab: Lab, files: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  const claim = (holds: boolean, what: string): void => {
    if (!holds) found.push(what)
  }
  const keys = (value: object, known: readonly string[], where: string): void => {
    for (const key of Object.keys(value)) claim(known.includes(key), `${where}: unknown key ${key}`)
  }
  const paths = (bird: Record<string, string>, where: string): void => {
    claim(bird['bird.cfg'] !== undefined, `${where}: no bird.cfg`)
    for (const path of Object.values(bird)) claim(files.has(path) && !path.startsWith('/'), `${where}: no file ${path}`)
  }
  keys(lab, ['version', 'networks', 'hosts', 'timeline'], 'lab.json')
  claim(lab.version === 1, 'version')
  const networks = new Set(lab.networks.map(({ name }) => name))
  const hosts = new Map(lab.hosts.map((host) => [host.name, host]))
  claim(networks.size === lab.networks.length && hosts.size === lab.hosts.length, 'names twice')
  for (const network of lab.networks) {
    keys(network, ['name', 'cidr'], network.name)
    claim(ADDRESS.test(network.cidr), `${network.name}: ${network.cidr}`)
  }
  const known = ['name', 'interfaces', 'links', 'routes', 'args', 'bird']
  const host = (one: LabHost): void => {
    keys(one, known, one.name)
    const devices = new Set([...one.interfaces, ...one.links].map(({ name }) => name))
    claim(devices.size === one.interfaces.length + one.links.length, `${one.name}: a device twice`)
    for (const device of devices) claim(device.length <= 15, `${one.name}: ${device} is too long for Linux`)
    for (const { network, address } of one.interfaces) {
      claim(networks.has(network) && ADDRESS.test(address), `${one.name}: interface in ${network} ${address}`)
    }
    for (const { address } of one.links)
      claim(address === undefined || ADDRESS.test(address), `${one.name}: ${address}`)
    for (const route of one.routes) {
      keys(route, ['dst', 'type', 'via', 'dev', 'proto', 'scope', 'metric'], `${one.name} ${route.dst}`)
      claim(route.dev === undefined || devices.has(route.dev), `${one.name}: route over ${route.dev}`)
    }
    if (one.bird !== undefined) paths(one.bird, one.name)
  }
  lab.hosts.forEach(host)
  let last = 0
  for (const step of lab.timeline) {
    const where = `${step.at} ${step.host} ${step.do}`
    keys(step, ['at', 'host', 'do', ...FIELDS[step.do]], where)
    for (const field of FIELDS[step.do]) claim(field in step, `${where}: no ${field}`)
    claim(hosts.has(step.host), `${where}: no such host`)
    claim(step.at >= last, `${where}: out of order`)
    last = step.at
    if (step.do === 'config') paths(step.bird, where)
    if (step.do === 'link-down' || step.do === 'link-up') claim(networks.has(step.network), `${where}: ${step.network}`)
  }
  for (const [path, text] of files) {
    for (const line of text.split('\n')) {
      if (line.includes('krt_tunnel') && path.endsWith('.cfg')) {
        claim(/^\s*(?:#.*|krt_tunnel\s*=\s*"[^"]*"\s*;)\s*(?:#.*)?$/.test(line), `${path}: shares its line: ${line}`)
      }
    }
  }
  return found
}

const OWN = readdirSync('scenarios')
  .filter((name) => name.endsWith('.yaml') && name !== 'mesh-100.yaml')
  .map((name): [string, string] => [name, readFileSync(`scenarios/${name}`, 'utf8')])
const SEEDS = [6, 12, 18, 19, 24, 30, 37, 41, 50].map((seed): [string, string] => [`seed ${seed}`, generate(seed).text])
const HAND = caseNames().map((name): [string, string] => [name, caseText(name) ?? ''])

describe('a lab bundle', () => {
  it.each([...OWN, ...SEEDS, ...HAND])('of %s keeps to the format', (_, text) => {
    const simulation = new Simulation()
    const loaded = simulation.load(text)
    expect(loaded).toMatchObject({ ok: true })
    const { files } = simulation.labBundle(150_000_000)
    expect(complaints(JSON.parse(files.get('lab.json') ?? '') as Lab, files)).toEqual([])
  })
})
