import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { execMark, killSession } from './end-exec'
import type { ExecProgram, ExecProgramEvents, TerminalSize } from './exec-program'
import { findExecutable } from './find-executable'
import type { Guardian } from './guardian'
import { type LineOutcome, makeLineDiscipline } from './line-discipline'
import { signalGroup } from './process-group'
import { toProcessEnv } from './task-environment'

/** Where `script` of util-linux is; it gives a program a terminal. Undefined on systems that have none or another. */
export const readTerminalMaker = (path: string): string | undefined => {
  const file = process.platform === 'linux' ? findExecutable('script', path) : undefined
  if (file === undefined) return undefined
  return spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux')
    ? file
    : undefined
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/**
 * What `script` runs: tells its process id and its terminal on descriptor 3, then becomes the command. `script` itself has taken the
 * variable SHELL for its own purpose.
 */
const terminalScript = (words: readonly string[], size: TerminalSize, shell: string | undefined): string =>
  [
    shell === undefined ? 'unset SHELL' : `SHELL=${quoted(shell)}; export SHELL`,
    `stty cols ${size.cols} rows ${size.rows} 2>/dev/null`,
    'echo "$$ $(tty)" >&3',
    'exec 3>&-',
    `exec ${words.map(quoted).join(' ')}`,
  ].join('; ')

const withoutTerminal =
  '[local cloud] this system gives no terminal (no util-linux script): input goes line by line, and programs that draw do not work.\r\n'

/**
 * Runs a command with a container's environment, in process groups of its own, at a terminal where the system has one to give.
 * Ends with its program, as an exec session does: what it left in the background is killed.
 */
export function startExecProcess(
  words: readonly string[],
  size: TerminalSize,
  {
    environment,
    directory,
  }: { readonly environment: Readonly<Record<string, string>>; readonly directory: string },
  world: { readonly guardian: Guardian; readonly terminalMaker: string | undefined },
  events: ExecProgramEvents,
): ExecProgram {
  const [file = ''] = words
  const found = findExecutable(file, environment.PATH ?? '')
  if (found === undefined) return notStarted(`fork/exec ${file}: no such file or directory`, events)
  const { guardian, terminalMaker } = world
  const mark = randomUUID()
  const own = { TERM: 'xterm-256color', ...environment, [execMark]: mark }
  const child = terminalMaker
    ? spawn(terminalMaker, ['-qfec', terminalScript(words, size, environment.SHELL), '/dev/null'], {
        env: toProcessEnv({ ...own, SHELL: '/bin/sh' }),
        cwd: directory,
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      })
    : spawn(found, words.slice(1), {
        env: toProcessEnv(own),
        cwd: directory,
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
      })
  const { pid } = child
  if (pid === undefined) {
    // `error` follows; its words are the system's.
    child.on('error', (error) => events.ended(`Unable to start command: ${error.message}`))
    return ended
  }
  const groups = new Set([pid])
  guardian.watch(pid)
  let alive = true
  const kill = (): void => {
    if (alive) killSession(mark, [...groups])
  }
  // Input written while the program ends is lost, as at any terminal.
  child.stdin?.on('error', () => undefined)
  const outputs = [child.stdout, child.stderr].flatMap((stream) => stream ?? [])
  for (const stream of outputs) stream.on('data', (bytes: Buffer) => events.output(bytes))
  child.once('exit', () => {
    kill()
    alive = false
    for (const groupId of groups) guardian.forget(groupId)
  })
  child.once('close', () => events.ended())

  const terminal = terminalMaker ? followTerminal(child, groups, guardian) : undefined
  if (!terminal) queueMicrotask(() => events.output(Buffer.from(withoutTerminal)))
  const discipline = terminal ? undefined : makeLineDiscipline()
  return {
    write(bytes) {
      if (!child.stdin?.writable) return
      if (discipline) applyLine(child, pid, discipline.take(bytes), events)
      else child.stdin.write(bytes)
    },
    resize: (to) => terminal?.resize(to),
    pause: () => each(outputs, (stream) => stream.pause()),
    resume: () => each(outputs, (stream) => stream.resume()),
    kill() {
      kill()
      each(outputs, (stream) => stream.destroy())
    },
  }
}

const each = (streams: readonly Readable[], act: (stream: Readable) => void): void => {
  for (const stream of streams) act(stream)
}

const ended: ExecProgram = {
  write: () => undefined,
  resize: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  kill: () => undefined,
}

/** A program that never began; the words are the agent's. */
export function notStarted(reason: string, events: ExecProgramEvents): ExecProgram {
  queueMicrotask(() =>
    events.ended(`----------ERROR-------\r\nUnable to start command: Failed to start pty: ${reason}\r\n`),
  )
  return ended
}

/** Reads where the program's terminal is, so that its window can change and its own process group can be ended. */
function followTerminal(
  child: ChildProcess,
  groups: Set<number>,
  guardian: Guardian,
): { resize(size: TerminalSize): void } {
  let told = ''
  let terminal: string | undefined
  let wanted: TerminalSize | undefined
  const apply = (): void => {
    if (terminal === undefined || !wanted) return
    // The kernel tells the program in front of the terminal (SIGWINCH).
    const { cols, rows } = wanted
    spawn('stty', ['-F', terminal, 'cols', String(cols), 'rows', String(rows)], { stdio: 'ignore' }).on(
      'error',
      // Without stty the window keeps its size, which harms nobody.
      () => undefined,
    )
  }
  const channel = child.stdio[3] as Readable | undefined
  channel?.on('error', () => undefined)
  channel?.on('data', (bytes: Buffer) => {
    if (terminal !== undefined) return
    told = (told + bytes.toString('latin1')).slice(0, 200)
    const [, leader, path] = /^(\d+) (\/dev\/\S+)\n/.exec(told) ?? []
    if (path === undefined) return
    terminal = path
    groups.add(Number(leader))
    guardian.watch(Number(leader))
    apply()
  })
  return {
    resize(size) {
      wanted = size
      apply()
    },
  }
}

function applyLine(
  child: ChildProcess,
  groupId: number,
  { echo, input, signal, end }: LineOutcome,
  events: ExecProgramEvents,
): void {
  if (echo.length > 0) events.output(echo)
  if (input.length > 0) child.stdin?.write(input)
  if (signal) signalGroup(groupId, signal)
  if (end) child.stdin?.end()
}
