import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What every container with a shell has, as far as the scripts use it. */
const always = ['cat', 'getent', 'timeout']

const whereIs = (program: string): string | null => {
  try {
    // pyenv and the like put scripts in front, which need the whole PATH; the real interpreter does not.
    if (program === 'python3')
      return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
    return execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).trim()
  } catch {
    // Not on this machine.
    return null
  }
}

/** A PATH with only these programs in it, as a container might have; `lacking` are those this machine does not have either. */
export function makeToolBox(programs: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-tools-'))
  const lacking: string[] = []
  for (const program of [...always, ...programs]) {
    const found = whereIs(program)
    if (found) symlinkSync(found, join(folder, program))
    else lacking.push(program)
  }
  return {
    lacking,
    /** Runs a script as the agent would; standard output and error come as one, as at a terminal. */
    run: (script: string) =>
      new Promise<Buffer>((resolve, reject) => {
        const child = spawn('/bin/sh', ['-c', `exec 2>&1\n${script}`], {
          env: { PATH: folder, NODE_ENV: 'test' },
        })
        const chunks: Buffer[] = []
        child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
        child.on('error', reject)
        child.on('close', () => resolve(Buffer.concat(chunks)))
      }),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
