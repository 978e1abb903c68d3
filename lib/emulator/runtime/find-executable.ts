import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'

/** The file that a command names, looked for as `execvp` does; undefined when there is none that may be run. */
export function findExecutable(command: string, path: string): string | undefined {
  const places = command.includes('/')
    ? [isAbsolute(command) ? command : resolve('/', command)]
    : path
        .split(':')
        .filter((folder) => folder !== '')
        .map((folder) => `${folder}/${command}`)
  return places.find(isExecutable)
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    // Not there, or not for us: the next one may be.
    return false
  }
}
