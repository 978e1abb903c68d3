import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
const started: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-main-'))
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/emulator/main.ts'],
    outfile: join(folder, 'main.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  })
  await cp(join(root, 'lib/emulator/runtime/programs'), join(folder, 'programs'), { recursive: true })
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Starts the program as a person would and gathers what it says. */
function run(...args: string[]) {
  const child = spawn(process.execPath, [join(folder, 'main.mjs'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk)
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const ready = async () => {
    await expect
      .poll(() => said.out, { timeout: 20_000 })
      .toMatch(/^local cloud ready http:\/\/127\.0\.0\.1:\d+ dns 127\.0\.0\.1:\d+$/m)
    return /ready (\S+)/.exec(said.out)?.[1] ?? ''
  }
  return { child, said, ended, ready }
}

const clustersAt = async (endpoint: string) => {
  const client = new ECSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: '1', secretAccessKey: 'x' },
  })
  return (await client.send(new ListClustersCommand({}))).clusterArns
}

describe('the local cloud as a program', () => {
  it.each(['process', 'simulated'])(
    'with the %s runtime says when it is ready, answers, and ends on SIGTERM',
    async (runtime) => {
      const { child, ended, ready, said } = run('--port', '0', '--runtime', runtime)
      expect(await clustersAt(await ready())).toEqual([])
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
      expect(said.err).toBe('')
    },
  )

  it('ends when its parent is gone, if told so', async () => {
    const { child, ended, ready } = run('--port', '0', '--runtime', 'simulated', '--exit-with-parent')
    await ready()
    child.stdin?.end()
    expect(await ended).toBe(0)
  })

  it('stays when nobody told it so', async () => {
    const { child, ended, ready } = run('--port', '0', '--runtime', 'simulated')
    const endpoint = await ready()
    child.stdin?.end()
    expect(await clustersAt(endpoint)).toEqual([])
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  it.each(['--port', '--dns-port'])(
    'names the port of %s when it is taken, without a stack trace',
    async (flag) => {
      const other = createServer()
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      const address = other.address()
      const port = typeof address === 'object' ? String(address?.port) : ''
      const { ended, said } = run('--port', '0', flag, port)
      expect(await ended).toBe(2)
      expect(said.err.trim()).toBe(
        `Port ${port} on 127.0.0.1 is already in use. Stop what uses it, or choose another port with ${flag} N.`,
      )
      await new Promise((resolve) => other.close(resolve))
    },
  )

  it('explains its flags, and a flag that it does not have', async () => {
    const help = run('--help')
    expect(await help.ended).toBe(0)
    expect(help.said.out).toContain('--operation-delay-ms')
    const wrong = run('--colour', 'red')
    expect(await wrong.ended).toBe(2)
    expect(wrong.said.err).toContain('--colour')
    expect(wrong.said.err).not.toMatch(/^\s+at /m)
  })
})
