// File names as the daemon says them: it was started with the path of its main file, and names included ones by theirs.
import type { ConfigProblem } from '../config/tree.ts'

export function configPath(folder: string, file: string): string {
  return file.startsWith('/') || folder === '' ? file : `${folder}/${file.replace(/^\.\//, '')}`
}

export function problemLine(folder: string, { file, line, column, message }: ConfigProblem): string {
  return line === 0 ? message : `${configPath(folder, file)}:${line}:${column} ${message}`
}

/** Where a daemon's files lie, and the one it was started with. */
export interface ConfigPlace {
  /** Empty: nowhere, the files are named as they are. */
  readonly folder: string
  readonly mainFile: string
}

/** The name of the file that a path means; null: there is none. */
export function fileAt(place: ConfigPlace, path: string, files: ReadonlyMap<string, string>): string | null {
  const { folder, mainFile } = place
  if (path === configPath(folder, mainFile)) return mainFile
  const inside = folder !== '' && path.startsWith(`${folder}/`)
  const name = inside ? path.slice(folder.length + 1) : path
  return files.has(name) && (inside || folder === '') ? name : null
}

/** What the daemon says of a file it cannot take: its first problem. */
export function problemText({ folder }: ConfigPlace, problems: readonly ConfigProblem[]): string {
  const [first] = problems
  return first === undefined ? 'configuration error' : problemLine(folder, first)
}
