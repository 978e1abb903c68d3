import { chmod, lstat, mkdir, open } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Where the console keeps what outlives it: `console` under SWITCHBOARD_STATE_DIR, else under `switchboard` in $XDG_STATE_HOME or
 * ~/.local/state (XDG Base Directory Specification: a relative $XDG_STATE_HOME is ignored).
 */
export function stateFolderFrom(env: Env, home: string = homedir()): string {
  if (env.SWITCHBOARD_STATE_DIR) return join(resolve(env.SWITCHBOARD_STATE_DIR), 'console')
  const xdg = env.XDG_STATE_HOME
  const base = xdg?.startsWith('/') ? xdg : join(home, '.local', 'state')
  return join(base, 'switchboard', 'console')
}

/**
 * Makes the folder and the file in it, for nobody but the user who runs the console. Throws when the folder is somebody else's or no
 * folder.
 */
export async function makePrivateFile(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  const user = process.getuid?.()
  if (!found.isDirectory()) throw new Error('it is no folder')
  if (user !== undefined && found.uid !== user) throw new Error('it belongs to another user')
  await chmod(folder, 0o700)
  const file = join(folder, name)
  const handle = await open(file, 'a', 0o600)
  await handle.chmod(0o600)
  await handle.close()
  return file
}
