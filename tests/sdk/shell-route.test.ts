import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { NextRequest } from 'next/server'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as type } from '@/app/api/shell/input/route'
import { POST as open } from '@/app/api/shell/route'
import { GET as stream } from '@/app/api/shell/stream/route'
import { signSession } from '@/lib/access/session'
import { ExecError } from '@/lib/exec/exec-error'
import { currentShells, openShell } from '@/lib/exec/shell-console'
import { currentFeed } from '@/lib/feed/feed'
import { currentRunner } from '@/lib/plan/current-runner'
import { readExecState } from '@/lib/probe/from-task/console'
import { makeConnectScene } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

const from = 'service/default/worker'
const folder = mkdtempSync(join(tmpdir(), 'switchboard-shell-'))
let cloud: TestCloud
let operator: string
let other: string
let viewer: string

const request = (path: string, cookie: string, body?: object, headers: Record<string, string> = {}) =>
  new NextRequest(`http://localhost:3000/api/shell${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      host: 'localhost:3000',
      ...(body && { origin: 'http://localhost:3000', 'content-type': 'application/json' }),
      cookie: `switchboard-session-3000=${cookie}`,
      ...headers,
    },
  })
const openOne = async (): Promise<string> => {
  const response = await open(request('', operator, { from }))
  expect(response.status).toBe(200)
  return (await response.json()).id
}

/** Reads a shell's stream until it holds a text. */
const readUntil = async (id: string, wanted: RegExp, cookie = operator): Promise<string> => {
  const response = await stream(request(`/stream?id=${id}`, cookie))
  if (!response.body) throw new Error('no stream')
  const reader = response.body.getReader()
  let raw = ''
  let text = ''
  while (!wanted.test(text)) {
    const { done, value } = await reader.read()
    if (done) break
    raw += Buffer.from(value).toString()
    text = [...raw.matchAll(/^data: (.*)$/gm)]
      .map(([, data = '{}']) => JSON.parse(data))
      .map(({ base64, reason }) =>
        base64 === undefined ? `[closed ${reason}]` : Buffer.from(base64, 'base64').toString(),
      )
      .join('')
  }
  await reader.cancel()
  return text
}
const audit = async () =>
  (
    await currentRunner().activity({
      text: 'open-shell',
      result: null,
      fromMs: null,
      toMs: null,
      runId: null,
      beforeSeq: null,
      limit: 50,
    })
  ).entries

beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  vi.stubEnv('SWITCHBOARD_TARGET', 'local')
  vi.stubEnv('SWITCHBOARD_ENDPOINT_URL', cloud.url)
  vi.stubEnv('SWITCHBOARD_PORT', '3000')
  vi.stubEnv('SWITCHBOARD_STATE_DIR', folder)
  operator = await signSession('operator')
  other = await signSession('operator')
  viewer = await signSession('viewer')
  const scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.define('worker', 'setInterval(() => {}, 1000)')
  await scene.create('worker', { enabled: false }, { enableExecuteCommand: true })
  await vi.waitUntil(
    async () => {
      await currentFeed().lookAfterChange()
      return (await readExecState(from, true))?.state.place
    },
    { timeout: 20_000 },
  )
}, 60_000)
afterEach(() => vi.stubEnv('SWITCHBOARD_SHELL', ''))
afterAll(async () => {
  currentFeed().stop()
  await cloud?.stop()
  await currentRunner().stop()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('who may open a shell (S-26)', () => {
  const asks = (cookie: string) => [
    open(request('', cookie, { from })),
    type(request('/input', cookie, { id: '0'.repeat(32), keys: 'id\r' })),
    stream(request(`/stream?id=${'0'.repeat(32)}`, cookie)),
  ]
  const nothingOpened = async () => {
    expect(currentShells().count).toBe(0)
    expect(await audit()).toEqual([])
  }

  it('a viewer opens none, switched on or off', async () => {
    for (const on of ['', '1']) {
      vi.stubEnv('SWITCHBOARD_SHELL', on)
      for (const answer of await Promise.all(asks(viewer))) expect(answer.status).toBe(403)
    }
    await nothingOpened()
  })

  it('an operator opens none while it is switched off', async () => {
    for (const answer of await Promise.all(asks(operator))) {
      expect(answer.status).toBe(403)
      expect((await answer.json()).error.code).toBe('ShellOff')
    }
    await nothingOpened()
  })

  it('a page of another origin and a stranger open none', async () => {
    vi.stubEnv('SWITCHBOARD_SHELL', '1')
    const foreign = await open(request('', operator, { from }, { origin: 'http://evil.example' }))
    expect(foreign.status).toBe(403)
    expect([401, 403]).toContain((await open(request('', 'nonsense', { from }))).status)
    await nothingOpened()
  })
})

describe('a shell in a task', () => {
  it('runs what is typed there, and is written down when it opens and when it ends', async () => {
    vi.stubEnv('SWITCHBOARD_SHELL', '1')
    const id = await openOne()
    expect((await audit())[0]).toMatchObject({
      result: 'intended',
      subject: expect.stringContaining('worker'),
    })
    await type(request('/input', operator, { id, size: { cols: 100, rows: 30 } }))
    await type(request('/input', operator, { id, keys: 'echo "in $(hostname)"; stty size\r' }))
    const text = await readUntil(id, /30 100/)
    expect(text).toMatch(/in ip-127-/)
    await type(request('/input', operator, { id, keys: 'exit\r' }))
    expect(await readUntil(id, /\[closed/)).toContain('[closed ')
    await vi.waitUntil(async () => (await audit())[0]?.result === 'done')
    expect((await audit())[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(currentShells().count).toBe(0)
  })

  it('that AWS refuses is written down with AWS’s code and the id of its request', async () => {
    const place = {
      clusterName: 'default',
      taskArn: 'f'.repeat(32),
      taskId: 'f'.repeat(32),
      container: 'worker',
    }
    const by = { sessionId: 'somebody', role: 'operator', address: null } as const
    await expect(openShell(place, 'worker', by)).rejects.toThrow(ExecError)
    expect((await audit())[0]).toMatchObject({
      result: 'failed',
      errorCode: 'InvalidParameterException',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('belongs to the session that opened it', async () => {
    vi.stubEnv('SWITCHBOARD_SHELL', '1')
    const id = await openOne()
    expect((await stream(request(`/stream?id=${id}`, other))).status).toBe(404)
    expect((await type(request('/input', other, { id, keys: 'id\r' }))).status).toBe(404)
    expect((await type(request('/input', operator, { id, end: true }))).status).toBe(204)
    expect(await readUntil(id, /\[closed/)).toContain('[closed ')
  })

  it.each([{}, { from: 'x' }, { from: 7 }, { from, command: 'id' }, { from: `${from}\n` }])(
    'refuses %j',
    async (body) => {
      vi.stubEnv('SWITCHBOARD_SHELL', '1')
      expect((await open(request('', operator, body))).status).toBe(400)
    },
  )

  it.each([
    { id: 'x', keys: 'a' },
    { id: '0'.repeat(32), keys: 'x'.repeat(9_000) },
    { id: '0'.repeat(32), size: { cols: 0, rows: 5 } },
    { id: '0'.repeat(32), size: { cols: 10, rows: 1e9 } },
    { id: '0'.repeat(32), end: false },
  ])('refuses to be told %j', async (body) => {
    vi.stubEnv('SWITCHBOARD_SHELL', '1')
    expect((await type(request('/input', operator, body))).status).toBe(400)
  })
})
