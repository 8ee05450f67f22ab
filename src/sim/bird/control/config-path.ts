// File names as the daemon says them: it was started with the path of its main file, and names included ones by theirs.
import type { ConfigProblem } from '../config/tree.ts'

export function configPath(folder: string, file: string): string {
  return file.startsWith('/') || folder === '' ? file : `${folder}/${file.replace(/^\.\//, '')}`
}

export function problemLine(folder: string, { file, line, column, message }: ConfigProblem): string {
  return line === 0 ? message : `${configPath(folder, file)}:${line}:${column} ${message}`
}
