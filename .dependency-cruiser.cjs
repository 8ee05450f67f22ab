// Who may import whom (docs/architecture.md). Type imports count too; cycles are never allowed.
const may = {
  net: [],
  engine: [],
  bgp: ['net'],
  bird: ['net', 'bgp'],
  kernel: ['net'],
  datastore: ['net'],
  recording: ['net', 'bgp', 'engine'],
  ipam: ['net', 'datastore'],
  confd: ['net', 'datastore'],
  felix: ['net', 'datastore', 'kernel'],
  node: ['net', 'engine', 'bgp', 'bird', 'kernel', 'datastore', 'ipam', 'confd', 'felix', 'recording'],
  cluster: ['net', 'engine', 'bgp', 'bird', 'kernel', 'datastore', 'ipam', 'confd', 'felix', 'node', 'recording', 'scenario'],
  scenario: ['net', 'bird', 'datastore', 'recording'],
  analysis: ['net', 'bgp', 'bird', 'kernel', 'datastore', 'recording', 'scenario'],
  shell: ['net', 'bgp', 'bird', 'kernel', 'datastore', 'recording', 'analysis', 'scenario'],
  export: ['net', 'bgp', 'recording', 'scenario'],
  testing: ['net', 'engine', 'bgp', 'bird', 'kernel', 'datastore', 'ipam', 'confd', 'felix', 'node', 'cluster', 'scenario', 'analysis', 'shell', 'recording', 'export'],
}
const layers = Object.entries(may).map(([folder, allowed]) => ({
  name: `sim-${folder}`,
  severity: 'error',
  from: { path: `^src/sim/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/sim/(${[folder, ...allowed].join('|')})/` },
}))
module.exports = {
  forbidden: [
    ...layers,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'ui-door', comment: 'the page reads the simulation through its one door', severity: 'error', from: { path: '^src/ui/' }, to: { path: '^src/sim/', pathNot: '^src/sim/index\\.ts$' } },
    { name: 'cli-door', severity: 'error', from: { path: '^src/cli/' }, to: { path: '^src/sim/', pathNot: '^src/sim/index\\.ts$' } },
    { name: 'sim-not-ui', severity: 'error', from: { path: '^src/sim/' }, to: { path: '^src/(ui|cli)/' } },
    { name: 'testing-for-tests', severity: 'error', from: { path: '^src/', pathNot: '(\\.test\\.ts$|^src/sim/testing/)' }, to: { path: '^src/sim/testing/' } },
    { name: 'radix-in-kit', comment: 'so that the primitives can be swapped', severity: 'error', from: { path: '^src/ui/', pathNot: '^src/ui/kit/' }, to: { path: 'node_modules/radix-ui' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
}
