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

/** The same once all it said was read. */
const saidOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)))

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

/** A port of this process, so that nobody else can have it. */
async function takePort(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
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
  ])('names a port that is taken for %s, by whom, and the same command with another', async (flag, what) => {
    const { port: taken, close } = await takePort()
    const other = flag === '--port' ? '--emulator-port' : '--port'
    const free = String(await freePort())
    const { child, output } = npmStart('--strict', flag, String(taken), other, free)
    expect(await saidOf(child)).toBe(2)
    expect(output()).toContain(`Port ${taken}, for ${what}, is taken`)
    expect(output()).toContain(`(pid ${process.pid})`)
    const advised = new RegExp(`npm start -- --ephemeral --strict ${flag} (\\d+) ${other} ${free}$`, 'm')
    const [, instead] = advised.exec(output()) ?? []
    expect(Number(instead)).toBeGreaterThan(taken)
    expect(instead).not.toBe(free)
    await close()
  })

  it('names both ports at once when both are taken', async () => {
    const [console, cloud] = [await takePort(), await takePort()]
    const { child, output } = npmStart('--port', `${console.port}`, '--emulator-port', `${cloud.port}`)
    expect(await saidOf(child)).toBe(2)
    expect(output()).toContain(`Port ${console.port}, for the console, is taken`)
    expect(output()).toContain(`Port ${cloud.port}, for the local cloud, is taken`)
    await Promise.all([console.close(), cloud.close()])
  })

  it('explains itself', async () => {
    const { child, output } = npmStart('--help')
    expect(await saidOf(child)).toBe(0)
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

describe.each([
  ['test', ['types', 'lint', 'unit', 'sdk', 'console', 'browser']],
  ['bench', ['cloud', 'map', 'service-connect']],
])('npm run %s', (script, parts) => {
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, [`lib/launch/${script}.mjs`, ...args])
    started.push(child)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
    return { child, output: () => text }
  }

  it('explains itself, and builds and measures nothing', async () => {
    const { child, output } = run('--help')
    expect(await saidOf(child)).toBe(0)
    expect(output()).toMatch(/^npm (run )?(test|bench)/)
    for (const part of parts) expect(output()).toContain(`  ${part} `)
    expect(output()).not.toContain('Building')
  })

  it('names the parts there are when there is no such part', async () => {
    const { child, output } = run('nothing')
    expect(await saidOf(child)).toBe(2)
    expect(output()).toContain('There is no part "nothing"')
    for (const part of parts) expect(output()).toContain(part)
  })
})
