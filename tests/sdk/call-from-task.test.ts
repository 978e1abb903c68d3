import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { GET, POST } from '@/app/api/call/from-task/route'
import { signSession } from '@/lib/access/session'
import { currentFeed } from '@/lib/feed/feed'
import { currentRunner } from '@/lib/plan/current-runner'
import { fromByteStream } from '@/lib/probe/ndjson'
import { addressOfTask, makeConnectScene } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

/** Says who it is, and what it was asked, as the example services do. */
const program = `
const http = require('node:http'), os = require('node:os')
http.createServer((request, response) => {
  response.statusCode = request.url === '/broken' ? 503 : 200
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ hostname: os.hostname(), url: request.url, call: request.headers['x-switchboard-call'], host: request.headers.host, from: request.socket.remoteAddress }))
}).listen(Number(process.env.PORT ?? 3000))`

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>
let operator: string
let viewer: string
const folder = mkdtempSync(join(tmpdir(), 'switchboard-exec-'))

const idOf = (name: string) => `service/default/${name}`
const ask = async (body: object, cookie = operator, headers: Record<string, string> = {}) =>
  POST(
    new NextRequest('http://localhost:3000/api/call/from-task', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        host: 'localhost:3000',
        origin: 'http://localhost:3000',
        'content-type': 'application/json',
        cookie: `switchboard-session-3000=${cookie}`,
        ...headers,
      },
    }),
  )
const readState = async (from: string, cookie = operator) => {
  const response = await GET(
    new NextRequest(`http://localhost:3000/api/call/from-task?from=${encodeURIComponent(from)}`, {
      headers: { host: 'localhost:3000', cookie: `switchboard-session-3000=${cookie}` },
    }),
  )
  return response.json()
}
const eventsOf = async (response: Response) => {
  const events: Record<string, unknown>[] = []
  if (!response.ok || !response.body) throw new Error(await response.text())
  for await (const value of fromByteStream(response.body)) events.push({ ...Object(value) })
  return events
}
const call = async (body: object) =>
  eventsOf(await ask({ serviceId: idOf('user-service'), from: idOf('payment'), ...body }))
const find = (events: readonly Record<string, unknown>[], type: string, name?: string) =>
  events.find((event) => event.type === type && (name === undefined || event.name === name))

beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  vi.stubEnv('SWITCHBOARD_TARGET', 'local')
  vi.stubEnv('SWITCHBOARD_ENDPOINT_URL', cloud.url)
  vi.stubEnv('SWITCHBOARD_PORT', '3000')
  vi.stubEnv('SWITCHBOARD_STATE_DIR', folder)
  operator = await signSession('operator')
  viewer = await signSession('viewer')
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('shop')
  const port = { containerPort: 3000, name: 'http', appProtocol: 'http' } as const
  await scene.define('user-service', program, port)
  await scene.define('payment', program, port)
  await scene.define('closed', program, port)
  const alias = {
    portName: 'http',
    discoveryName: 'user',
    clientAliases: [{ port: 80, dnsName: 'user-svc' }],
  }
  await scene.create(
    'user-service',
    { enabled: true, namespace: 'shop', services: [alias] },
    { desiredCount: 2 },
  )
  await scene.settled('user-service')
  await scene.create('payment', { enabled: true, namespace: 'shop' }, { enableExecuteCommand: true })
  await scene.create('closed', { enabled: true, namespace: 'shop' })
  await scene.settled('payment')
  await scene.settled('closed')
  await vi.waitUntil(
    async () => {
      await currentFeed().lookAfterChange()
      return (await readState(idOf('payment'))).place
    },
    { timeout: 20_000 },
  )
}, 60_000)
afterAll(async () => {
  currentFeed().stop()
  await currentRunner().stop()
  await cloud?.stop()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('a call from inside a task', () => {
  it('by the alias says what the name meant there, and which instance answered', async () => {
    const events = await call({ via: 'alias', path: '/users/7' })
    const payment = await scene.tasksOf('payment')
    expect(find(events, 'run-started')).toMatchObject({
      host: 'user-svc',
      via: 'alias',
      caller: {
        serviceName: 'payment',
        taskId: payment[0]?.taskArn?.split('/').at(-1),
        container: 'payment',
      },
    })
    expect(find(events, 'step', 'enter')).toMatchObject({ outcome: 'ok' })
    expect(find(events, 'step', 'resolve-by-alias')).toMatchObject({
      outcome: 'ok',
      fact: expect.stringMatching(/^127\.255\./),
    })
    const body = find(events, 'body')
    const answer = JSON.parse(String(body?.text))
    expect(answer).toMatchObject({ url: '/users/7', host: 'user-svc' })
    expect(answer.call).toBe(`${find(events, 'run-started')?.runId}.0`)
    const answered = (await scene.tasksOf('user-service')).find(
      (task) => `ip-${addressOfTask(task).replaceAll('.', '-')}` === answer.hostname,
    )
    expect(find(events, 'attempt')).toMatchObject({
      status: 200,
      errorKind: null,
      taskId: answered?.taskArn?.split('/').at(-1),
      confirmedByHostname: true,
    })
    expect(find(events, 'run-finished')).toMatchObject({ counts: { asked: 1, ok: 1, failed: 0 } })
    for (const name of ['connect', 'request', 'answer']) expect(find(events, 'step', name)).toBeDefined()
  })

  it('to a discovered address goes there, and leaves from the task', async () => {
    const events = await call({ via: 'discover' })
    const attempt = find(events, 'attempt')
    expect(attempt).toMatchObject({ status: 200, address: expect.stringMatching(/^127\./) })
    expect(find(events, 'step', 'resolve-by-discover')).toMatchObject({ fact: expect.stringContaining('2') })
  })

  it('tells a failing answer, and a name that the service does not have', async () => {
    expect(find(await call({ via: 'alias', path: '/broken' }), 'attempt')).toMatchObject({
      status: 503,
      errorKind: 'http-5xx',
    })
    expect(find(await call({ via: 'dns' }), 'attempt')).toMatchObject({ status: null, errorKind: 'resolve' })
  })

  it('runs exactly one request, whatever stands in the path', async () => {
    const path = "/a';id;'$(id)`id`&&id|id?x='$IFS"
    const events = await call({ via: 'alias', path })
    expect(JSON.parse(String(find(events, 'body')?.text))).toMatchObject({ url: path })
  })

  it('is written down before and after', async () => {
    const { entries } = await currentRunner().activity({
      text: 'call-from-task',
      result: null,
      fromMs: null,
      toMs: null,
      runId: null,
      beforeSeq: null,
      limit: 50,
    })
    expect(entries.length).toBeGreaterThanOrEqual(4)
    expect(entries[0]).toMatchObject({
      command: 'ecs:ExecuteCommand',
      role: 'operator',
      result: 'done',
      sentence: expect.stringContaining('from a task of payment'),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })
})

describe('who may', () => {
  it('as a viewer opens no session', async () => {
    const before = (await entriesNow()).length
    const response = await ask(
      { serviceId: idOf('user-service'), from: idOf('payment'), via: 'alias' },
      viewer,
    )
    expect(response.status).toBe(403)
    expect((await entriesNow()).length).toBe(before)
    expect(await readState(idOf('payment'), viewer)).toMatchObject({
      place: null,
      missing: [{ code: 'read-only' }],
      mend: null,
    })
  })

  it('as a stranger or from another origin opens none', async () => {
    const body = { serviceId: idOf('user-service'), from: idOf('payment'), via: 'alias' }
    expect((await ask(body, operator, { origin: 'http://evil.example' })).status).toBe(403)
    expect([401, 403]).toContain((await ask(body, 'nonsense')).status)
  })

  it('is told exactly what is missing, and what mends it', async () => {
    const state = await readState(idOf('closed'))
    expect(state).toMatchObject({
      place: null,
      missing: [{ code: 'service-off', message: expect.stringContaining('enableExecuteCommand is off') }],
      mend: { serviceArn: expect.stringContaining('closed') },
    })
    const response = await ask({ serviceId: idOf('user-service'), from: idOf('closed'), via: 'alias' })
    expect(response.status).toBe(409)
    expect((await response.json()).error).toMatchObject({ code: 'ExecNotPossible' })
  })

  it.each([
    { count: 2 },
    { concurrency: 2 },
    { via: 'proxy' },
    { path: 'nope' },
    { path: '/a b' },
    { method: 'BREW' },
    { from: 'x' },
    { command: 'id' },
  ])('refuses %j', async (wrong) => {
    const response = await ask({
      serviceId: idOf('user-service'),
      from: idOf('payment'),
      via: 'alias',
      ...wrong,
    })
    expect(response.status).toBe(400)
  })
})

const entriesNow = async () =>
  (
    await currentRunner().activity({
      text: null,
      result: null,
      fromMs: null,
      toMs: null,
      runId: null,
      beforeSeq: null,
      limit: 100,
    })
  ).entries
