import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { stillRunning, treeOf } from '../support/process-tree'

const folder = mkdtempSync(join(tmpdir(), 'switchboard-doomed-'))
const bundle = join(folder, 'doomed.mjs')

beforeAll(async () => {
  await build({
    entryPoints: ['tests/support/doomed-runtime.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  })
  cpSync('lib/emulator/runtime/programs', join(folder, 'programs'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let doomed: ChildProcess | undefined
afterEach(() => {
  doomed?.kill('SIGKILL')
})

/** Starts the runtime and waits until all its tasks have said that they are up. */
async function startDoomed() {
  const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'inherit'] })
  doomed = child
  const lines: string[] = []
  const up = new Set<string>()
  const reader = createInterface({ input: child.stdout })
  await new Promise<void>((resolve) => {
    reader.on('line', (line) => {
      lines.push(line)
      const told: unknown = JSON.parse(line)
      if (typeof told !== 'object' || told === null || !('stream' in told)) return
      up.add(String(told.stream))
      if (up.size === 4) resolve()
    })
  })
  const tree = treeOf(child.pid ?? 0)
  const guardian = tree.find((one) => one.args.includes('switchboard-guardian'))
  if (!guardian) throw new Error('There is no watcher process.')
  return { child, lines, tree, guardian }
}

const noneLeft = { timeout: 5_000, interval: 50 }

it('leaves nothing behind when the local cloud is killed with -9', async () => {
  const { child, tree } = await startDoomed()
  // The runtime, its watcher, four tasks, and what two of them started.
  expect(tree.length).toBeGreaterThanOrEqual(8)
  child.kill('SIGKILL')
  await expect.poll(() => stillRunning(tree), noneLeft).toEqual([])
})

it('leaves nothing behind when the watcher was killed before', async () => {
  const { child, lines, guardian } = await startDoomed()
  process.kill(guardian.pid, 'SIGKILL')
  await expect
    .poll(() => lines.some((line) => line.includes('watcher of task processes was killed')))
    .toBe(true)
  const again = () =>
    treeOf(child.pid ?? 0).some(
      (one) => one.args.includes('switchboard-guardian') && one.pid !== guardian.pid,
    )
  await expect.poll(again).toBe(true)
  const tree = treeOf(child.pid ?? 0)
  child.kill('SIGKILL')
  await expect.poll(() => stillRunning(tree), noneLeft).toEqual([])
})

it('has Node tasks notice by themselves when the watcher dies with the local cloud', async () => {
  const { child, tree, guardian } = await startDoomed()
  const busyOrShell = tree.filter((one) =>
    one.args.some((arg) => arg.includes('for (;;)') || arg === 'sh' || arg === 'sleep'),
  )
  const others = tree.filter((one) => !busyOrShell.includes(one))
  child.kill('SIGSTOP')
  process.kill(guardian.pid, 'SIGKILL')
  child.kill('SIGKILL')
  await expect.poll(() => stillRunning(others), noneLeft).toEqual([])
  for (const one of stillRunning(busyOrShell)) process.kill(one.pid, 'SIGKILL')
})

it('ends every task at once when it is closed, however stubborn they are', async () => {
  const { child, tree } = await startDoomed()
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await exit).toBe(0)
  expect(stillRunning(tree)).toEqual([])
})
