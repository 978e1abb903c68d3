import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Writes its arguments down, NUL between them, and answers as a cloud where everything is ready would. */
const stub = `#!/bin/sh
printf '%s\\0' "$#" "$@" >>"$STUB_LOG"
case "$2" in
  get-operation) case "$*" in *Operation.Status*) echo SUCCESS ;; *) echo ns-1 ;; esac ;;
  list-instances | list-services) echo 0 ;;
  describe-service-deployments) echo ROLLBACK_SUCCESSFUL ;;
  *) echo "made-by-$2" ;;
esac
`

export type StubRun = {
  /** The arguments of each call of `aws`, in order. */
  readonly calls: readonly (readonly string[])[]
  readonly status: number | null
  readonly stderr: string
  /** Files that the script left in its folder; none, unless some text was run. */
  readonly left: readonly string[]
}

export type Shell = 'sh' | 'bash' | 'bash -i'

const commandOf = (shell: Shell, script: string): { command: string; args: string[]; input: string } => {
  switch (shell) {
    case 'sh':
    case 'bash':
      return { command: shell, args: ['../script'], input: '' }
    case 'bash -i':
      // As if typed: history, aliases and all.
      return { command: 'bash', args: ['--norc', '--noprofile', '-i'], input: script }
  }
}

/** Runs a script in a real shell with a stub `aws` first on the path, in an empty folder. */
export function runWithStubAws(shell: Shell, script: string): StubRun {
  const folder = mkdtempSync(join(tmpdir(), 'stub-aws-'))
  try {
    for (const name of ['bin', 'cwd']) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'bin', 'aws'), stub)
    chmodSync(join(folder, 'bin', 'aws'), 0o755)
    writeFileSync(join(folder, 'script'), script)
    const log = join(folder, 'log')
    writeFileSync(log, '')
    const { command, args, input } = commandOf(shell, script)
    const run = spawnSync(command, args, {
      cwd: join(folder, 'cwd'),
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
        STUB_LOG: log,
        HOME: folder,
        HISTFILE: '',
      },
    })
    return {
      calls: parseCalls(readFileSync(log, 'utf8')),
      status: run.status,
      stderr: run.stderr,
      left: readdirSync(join(folder, 'cwd')),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function parseCalls(log: string): readonly (readonly string[])[] {
  const words = log.split('\0')
  const calls: string[][] = []
  for (let at = 0; at < words.length - 1; ) {
    const count = Number(words[at])
    calls.push(words.slice(at + 1, at + 1 + count))
    at += count + 1
  }
  return calls
}

/** The argument after a flag. */
export const argumentOf = (call: readonly string[], flag: string): string | undefined =>
  call[call.indexOf(flag) + 1]
