// Import rules (.dependency-cruiser.cjs) plus what they cannot see: too few modules read, and clocks or chance in the core.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const out = execFileSync('npx', ['depcruise', 'src', '--output-type', 'err'], { encoding: 'utf8' })
process.stdout.write(out)
const modules = Number(/\((\d+) modules/.exec(out)?.[1] ?? 0)
if (modules < 100) {
  console.error(`only ${modules} modules were read: the rules have proved nothing`)
  process.exit(1)
}

const banned = /\b(Math\.random|Date\.now|performance\.now|localeCompare|Intl\.|new Date\(\))/
function* files(dir) {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name)
    if (statSync(path).isDirectory()) yield* files(path)
    else if (path.endsWith('.ts') && !path.endsWith('.test.ts')) yield path
  }
}
let found = 0
for (const path of files('src/sim')) {
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const match = banned.exec(line)
      if (match) {
        found++
        console.error(`${path}:${index + 1} uses ${match[1]}: src/sim is deterministic`)
      }
    })
}
process.exit(found ? 1 : 0)
