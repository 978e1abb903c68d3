import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { stillRunning, treeOf } from '../support/process-tree'
import { freePort } from '../support/stack.mjs'

type Started = {
  readonly child: ChildProcess
  readonly port: number
  readonly emulatorPort: number
  output(): string
}

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
})

function npmStart(...flags: string[]): { child: ChildProcess; output(): string } {
  const child = spawn('npm', ['start', '--', '--ephemeral', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  started.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk))
  return { child, output: () => text }
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', (code) => resolve(code))
  })

/** Waits until the map holds three running tasks, so that there is something to leave behind. */
async function startWhole(): Promise<Started> {
  const [port, emulatorPort] = [await freePort(), await freePort()]
  const { child, output } = npmStart('--port', String(port), '--emulator-port', String(emulatorPort))
  await vi.waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/topology`)
      const { services } = (await answer.json()) as { services: { instances: { state: string }[] }[] }
      const running = services
        .flatMap((service) => service.instances)
        .filter((instance) => instance.state === 'healthy')
      expect(running).toHaveLength(3)
    },
    { timeout: 40_000, interval: 200 },
  )
  return { child, port, emulatorPort, output }
}

const pidOf = (child: ChildProcess): number => child.pid ?? 0

async function expectAllGone(before: ReturnType<typeof treeOf>): Promise<void> {
  expect(before.length).toBeGreaterThanOrEqual(6)
  await vi.waitFor(() => expect(stillRunning(before)).toEqual([]), { timeout: 5_000, interval: 100 })
}

describe('npm start', () => {
  it('prints both addresses and what they are, and Ctrl-C ends every process it started', async () => {
    const { child, port, emulatorPort, output } = await startWhole()
    expect(output()).toContain(`http://localhost:${port}`)
    expect(output()).toContain(`http://127.0.0.1:${emulatorPort}`)
    expect(output()).toContain('the console')
    const before = treeOf(pidOf(child))
    // A terminal sends Ctrl-C to the whole foreground group.
    process.kill(-pidOf(child), 'SIGINT')
    await exitOf(child)
    await expectAllGone(before)
  })

  it('leaves nothing behind when npm itself is killed with kill -9', async () => {
    const { child } = await startWhole()
    const before = treeOf(pidOf(child))
    process.kill(pidOf(child), 'SIGKILL')
    await expectAllGone(before)
  })

  it('leaves nothing behind when the launcher is killed with kill -9', async () => {
    const { child } = await startWhole()
    const before = treeOf(pidOf(child))
    const launcher = before.find(({ args }) => args[1]?.endsWith('lib/launch/start.mjs'))
    process.kill(launcher?.pid ?? 0, 'SIGKILL')
    await expectAllGone(before)
  })

  it('leaves nothing behind when its terminal is closed', async () => {
    const { child } = await startWhole()
    const before = treeOf(pidOf(child))
    process.kill(-pidOf(child), 'SIGHUP')
    await expectAllGone(before)
  })

  it.each([
    ['--port', 'the console'],
    ['--emulator-port', 'the local cloud'],
  ])('names a port that is taken for %s, by whom, and what to do', async (flag, what) => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const taken = typeof address === 'object' && address ? address.port : 0
    const other = flag === '--port' ? '--emulator-port' : '--port'
    const { child, output } = npmStart(flag, String(taken), other, String(await freePort()))
    expect(await exitOf(child)).toBe(2)
    expect(output()).toContain(`Port ${taken}, for ${what}, is taken`)
    expect(output()).toContain(`(pid ${process.pid})`)
    expect(output()).toContain(`npm start -- ${flag}`)
    await new Promise((resolve) => server.close(resolve))
  })

  it('explains itself', async () => {
    const { child, output } = npmStart('--help')
    expect(await exitOf(child)).toBe(0)
    for (const option of [
      '--profile',
      '--region',
      '--endpoint-url',
      '--port',
      '--emulator-port',
      '--read-only',
    ])
      expect(output()).toContain(option)
  })
})
