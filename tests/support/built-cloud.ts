import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { bundleEmulator } from '@/lib/launch/build.mjs'
import { root } from '@/lib/launch/repository.mjs'

/** A process of the built local cloud. */
export type StartedCloud = {
  readonly child: ChildProcess
  readonly pid: number
  readonly url: string
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>
  /** SIGTERM; gives back the exit code. */
  stop(): Promise<number | null>
}

type World = { readonly fileKiB?: number; readonly env?: NodeJS.ProcessEnv }

export type BuiltCloud = {
  /**
   * Starts the program with these flags, on any free port unless they name one. Rejects with what it said when it ends
   * before it is ready.
   */
  start(...flags: string[]): Promise<StartedCloud>
  /** The same with another environment, or for a disk on which no file may grow larger than `fileKiB`. */
  startWith(world: World, ...flags: string[]): Promise<StartedCloud>
  /** Runs the program to its end. */
  run(flags: readonly string[]): Promise<{ readonly code: number | null; readonly err: string }>
  /** Ends everything that was started and takes the build away. */
  remove(): void
}

/** The local cloud as `npm start` builds it, in a folder of its own beside that one. */
export async function buildCloud(): Promise<BuiltCloud> {
  const folder = `${root}/dist/test-${process.pid}`
  await bundleEmulator(folder)
  const children = new Set<ChildProcess>()

  const launch = (flags: readonly string[], { fileKiB, env = process.env }: World = {}) => {
    const program = [process.execPath, `${folder}/main.mjs`, '--port', '0', ...flags]
    // Node ignores the signal of this limit, so that writing fails as it does on a full disk.
    const child = spawn(
      'bash',
      ['-c', `ulimit -f ${fileKiB ?? 'unlimited'}; exec "$@"`, 'bash', ...program],
      {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    children.add(child)
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      said.out += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      said.err += String(chunk)
    })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    ended.then(() => children.delete(child))
    return { child, said, ended }
  }

  const start = async (flags: readonly string[], world?: World): Promise<StartedCloud> => {
    const { child, said, ended } = launch(flags, world)
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', () => {
        const ready = /^local cloud ready (\S+)/m.exec(said.out)?.[1]
        if (ready) resolve(ready)
      })
      ended.then((code) => reject(new Error(`It ended with ${code}: ${said.err}`)))
    })
    return {
      child,
      pid: child.pid ?? 0,
      url,
      async kill() {
        child.kill('SIGKILL')
        await ended
      },
      stop() {
        child.kill('SIGTERM')
        return ended
      },
    }
  }

  return {
    start: (...flags) => start(flags),
    startWith: (world, ...flags) => start(flags, world),
    async run(flags) {
      const { said, ended } = launch(flags)
      return { code: await ended, err: said.err }
    },
    remove() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
