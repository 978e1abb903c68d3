import { NextRequest } from 'next/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { POST } from '@/app/api/call/route'
import { signSession } from '@/lib/access/session'
import { fromByteStream } from '@/lib/probe/ndjson'
import { currentBudget } from '@/lib/probe/run-console'
import { type CalledStack, startCalledStack } from '../support/called-stack'

let stack: CalledStack
let operator: string
let viewer: string

beforeAll(async () => {
  stack = await startCalledStack()
  vi.stubEnv('SWITCHBOARD_TARGET', 'local')
  vi.stubEnv('SWITCHBOARD_ENDPOINT_URL', stack.cloud.url)
  vi.stubEnv('SWITCHBOARD_PORT', '3000')
  operator = await signSession('operator')
  viewer = await signSession('viewer')
}, 60_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  await stack?.stop()
})

type Asked = {
  readonly body?: unknown
  readonly cookie?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

const ask = ({ body, cookie = operator, headers = {}, signal }: Asked = {}) =>
  POST(
    new NextRequest('http://localhost:3000/api/call', {
      method: 'POST',
      body: JSON.stringify(body ?? { serviceId: stack.service('backend-api').id, path: '/api/data' }),
      headers: {
        host: 'localhost:3000',
        origin: 'http://localhost:3000',
        'content-type': 'application/json',
        ...(cookie === null ? {} : { cookie: `switchboard-session-3000=${cookie}` }),
        ...headers,
      },
      signal: signal ?? new AbortController().signal,
    }),
  )

const readEvents = async (response: Response) => {
  const events: Record<string, unknown>[] = []
  if (!response.body) throw new Error('no body')
  for await (const value of fromByteStream(response.body))
    if (typeof value === 'object' && value !== null) events.push({ ...value })
  return events
}

const readError = async (response: Response): Promise<{ code: string; message: string; remedy: string }> =>
  (await response.json()).error

describe('asking the console for calls', () => {
  test('streams the trip as lines, ending in the task that answered', async () => {
    const response = await ask()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/x-ndjson')
    expect(response.headers.get('cache-control')).toContain('no-store')
    const events = await readEvents(response)
    expect(events[0]).toMatchObject({ type: 'run-started' })
    expect(events.at(-1)).toMatchObject({ type: 'run-finished' })
    expect(events.find(({ type }) => type === 'attempt')).toMatchObject({
      status: 200,
      confirmedByHostname: true,
    })
  })

  test('is refused without a session, with a foreign origin, and with none', async () => {
    expect((await ask({ cookie: null })).status).toBe(401)
    expect((await ask({ headers: { origin: 'http://evil.example' } })).status).toBe(403)
    expect((await ask({ headers: { host: 'evil.example' } })).status).toBe(421)
    expect((await ask({ headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })

  test('lets a viewer look with GET and HEAD, and not more', async () => {
    const serviceId = stack.service('backend-api').id
    for (const method of ['GET', 'HEAD']) {
      const response = await ask({ cookie: viewer, body: { serviceId, method } })
      expect(response.status).toBe(200)
      await readEvents(response)
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await ask({ cookie: viewer, body: { serviceId, method } })
      expect(response.status).toBe(403)
      expect((await readError(response)).code).toBe('MethodNotAllowedForViewer')
    }
  })

  test('takes services of the map only, never an address', async () => {
    expect((await ask({ body: { serviceId: 'service/default/nobody' } })).status).toBe(404)
    expect((await ask({ body: { serviceId: 'http://169.254.169.254/' } })).status).toBe(400)
    const serviceId = stack.service('backend-api').id
    expect((await ask({ body: { serviceId, address: '169.254.169.254' } })).status).toBe(400)
    expect((await ask({ body: { serviceId, path: '//169.254.169.254/' } })).status).toBe(400)
  })

  test('refuses more than four runs at once, and takes the next when one has ended', async () => {
    const cookie = operator
    const body = { serviceId: stack.service('backend-api').id, count: 150 }
    const open = await Promise.all([1, 2, 3, 4].map(() => ask({ cookie, body })))
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const refused = await ask({ cookie })
    expect(refused.status).toBe(429)
    expect(await readError(refused)).toMatchObject({
      code: 'TooManyRunsOfYours',
      remedy: expect.stringMatching(/Stop one/),
    })
    for (const response of open) await response.body?.cancel()
    const next = await ask({ cookie })
    expect(next.status).toBe(200)
    await readEvents(next)
  })

  test('counts each browser for itself, also two that came in at the same moment', async () => {
    const [mine, yours] = await Promise.all([signSession('operator'), signSession('operator')])
    const body = { serviceId: stack.service('backend-api').id, count: 150 }
    const open = await Promise.all([1, 2, 3, 4].map(() => ask({ cookie: mine, body })))
    expect((await ask({ cookie: mine })).status).toBe(429)
    const other = await ask({ cookie: yours })
    expect(other.status).toBe(200)
    for (const response of [...open, other]) await response.body?.cancel()
  })

  test('takes its place back from a reader that stays and reads nothing', async () => {
    const cookie = await signSession('operator')
    const body = { serviceId: stack.service('backend-api').id, count: 150 }
    const timers = vi.spyOn(globalThis, 'setTimeout')
    const open = await Promise.all([1, 2, 3, 4].map(() => ask({ cookie, body })))
    const cuts = timers.mock.calls.flatMap(([cut, delayMs]) => (delayMs === 15 * 60_000 ? [cut] : []))
    timers.mockRestore()
    expect(cuts).toHaveLength(4)
    expect((await ask({ cookie })).status).toBe(429)
    for (const cut of cuts) cut()
    const next = await ask({ cookie })
    expect(next.status).toBe(200)
    await readEvents(next)
    for (const response of open) await expect(readEvents(response)).rejects.toThrow('The run took too long.')
  })

  test('gives its place back when the browser goes away', async () => {
    const controller = new AbortController()
    const response = await ask({
      body: { serviceId: stack.service('backend-api').id, count: 150 },
      signal: controller.signal,
    })
    const reader = response.body?.getReader()
    await reader?.read()
    controller.abort()
    await expect(
      (async () => {
        for (;;) if ((await reader?.read())?.done !== false) return
      })(),
    ).rejects.toThrow()
    const places = Array.from({ length: 16 }, (_, index) =>
      currentBudget().begin(`session ${index % 4} after`, 1),
    )
    expect(places.map(({ refusal }) => refusal?.code ?? null)).toEqual(places.map(() => null))
    for (const place of places) if (place.refusal === null) place.end()
  })
})
