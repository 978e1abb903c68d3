import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { codeOf } from './store-error'

/** What the command line says about keeping state. */
export type StateWish = {
  readonly port: number
  readonly stateDir?: string | undefined
  readonly ephemeral?: boolean | undefined
}

/**
 * The folder in which a local cloud keeps its state; null when it keeps none. Without a wish each port has a folder of
 * its own below `$SWITCHBOARD_STATE_DIR`, `$XDG_STATE_HOME/switchboard` or `~/.local/state/switchboard`; a local cloud at
 * any free port (0) would never find its folder again, so it has none. Relative `XDG_STATE_HOME` is ignored, as the XDG
 * Base Directory Specification says.
 */
export function chooseStateFolder(
  { port, stateDir, ephemeral }: StateWish,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string | null {
  if (ephemeral) return null
  if (stateDir !== undefined) return resolve(stateDir)
  if (port === 0) return null
  const { SWITCHBOARD_STATE_DIR: own, XDG_STATE_HOME: xdg } = environment
  const base = own
    ? resolve(own)
    : join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'state'), 'switchboard')
  return join(base, `cloud-${port}`)
}

/** Makes the folder, for nobody else to look into. Throws the system's error. */
export const makeStateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

const ownerFile = (folder: string): string => join(folder, 'owner')

/** Writes down who holds the folder, for the words to whoever comes second. The lock itself is the database's. */
export function writeOwner(folder: string, owner: string): void {
  const file = ownerFile(folder)
  writeFileSync(`${file}.new`, `${owner}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** What `writeOwner` wrote; undefined when nobody has. */
export function readOwner(folder: string): string | undefined {
  try {
    return readFileSync(ownerFile(folder), 'utf8').trim() || undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
