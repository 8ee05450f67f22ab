// npm run wrong-files: asks `bird -p` what it says to every file of src/sim/bird/config/wrong-files/cases.json and writes
// the answers beside them. A case is the main file's text; `--- NAME` on a line of its own begins a file it may include.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseFiles } from '../../src/sim/testing/case-files.ts'
import { findBird } from '../lab/bird-binary.ts'

const FOLDER = 'src/sim/bird/config/wrong-files'

const bird = findBird(undefined)
if (bird.ok) record(bird.path)
else {
  process.stderr.write(`wrong-files: NOT RUN: ${bird.reason}\n`)
  process.exitCode = 2
}

function record(binary: string): void {
  const cases = JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as string[]
  const answers = cases.map((text) => ask(binary, text))
  writeFileSync(join(FOLDER, 'answers.json'), `${JSON.stringify(answers, null, 2)}\n`)
  process.stdout.write(`${answers.filter((answer) => answer !== '').length} of ${answers.length} files refused\n`)
}

/** The message without the program's name; empty when the file was taken. */
function ask(binary: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wrong-'))
  try {
    for (const [name, content] of caseFiles(text)) writeFileSync(join(folder, name), content)
    const { stdout, stderr, status } = spawnSync(binary, ['-p', '-c', 'bird.cfg'], { cwd: folder, encoding: 'utf8' })
    // A run-time error is logged before the message.
    const said = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? ''
    return status === 0 ? '' : said.replace(/^bird: (\.\/)?/, '')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
