import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  actionCall,
  actionsOfBuild,
  type ConsoleScene,
  startConsoleScene,
  staticFiles,
} from '../support/console-scene'
import { type RawRequest, rawRequest } from '../support/raw-request'

let scene: ConsoleScene
beforeAll(async () => {
  scene = await startConsoleScene()
})
afterAll(() => scene?.stop())

type Way = readonly [name: string, request: () => RawRequest]
const rsc = [
  ['RSC', '1'],
  ['Accept', 'text/x-component'],
] as const

const ways: readonly Way[] = [
  ['the page', () => ({ target: '/' })],
  ['the page as flight data', () => ({ target: '/?_rsc=x', headers: rsc })],
  ['a prefetch', () => ({ target: '/?_rsc=x', headers: [...rsc, ['Next-Router-Prefetch', '1']] })],
  [
    'a segment prefetch',
    () => ({ target: '/?_rsc=x', headers: [...rsc, ['Next-Router-Segment-Prefetch', '/_tree']] }),
  ],
  ['a static file', () => ({ target: `/_next/static/${staticFiles()[0]}` })],
  ['the map', () => ({ target: '/api/topology' })],
  ['the stream', () => ({ target: '/api/topology/stream' })],
  ['a configuration', () => ({ target: '/api/service-config?id=x' })],
  ['the health', () => ({ target: '/api/health' })],
  ['the image API', () => ({ target: '/_next/image?url=%2Ficon.svg&w=64&q=75' })],
  ['a page that is not there', () => ({ target: '/nothing/here' })],
  [
    'the map with a forged subrequest header',
    () => ({
      target: '/api/topology',
      headers: [['x-middleware-subrequest', 'proxy:proxy:proxy:proxy:proxy']],
    }),
  ],
  [
    'a call',
    () => ({
      method: 'POST',
      target: '/api/call',
      headers: [['Content-Type', 'application/json']],
      body: '{"serviceId":"service/default/backend-api-service","method":"GET","path":"/","count":1,"concurrency":1,"via":"discover"}',
    }),
  ],
  ...actionsOfBuild().map((action): Way => [`the action ${action.name}`, () => actionCall(action)]),
]

/** Host header lines that are not this console, each as it goes over the wire. */
const foreign = (port: number): readonly (readonly (readonly [string, string])[])[] =>
  [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    `localhost:${port + 1}`,
    'localhost:80',
    `localhost.:${port}`,
    `localhost.evil.example:${port}`,
    `127.0.0.1.nip.io:${port}`,
    `127.1:${port}`,
    `127.0.0.2:${port}`,
    `0.0.0.0:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0177.0.0.1:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[::]:${port}`,
    `user@localhost:${port}`,
    `localhost:${port}@evil.example`,
    `localhost:${port},evil.example`,
    `localhost:${port} evil.example`,
    `http://localhost:${port}`,
    `localhost:${port}/`,
    '169.254.169.254',
    '',
  ]
    .map((host) => [['Host', host] as const])
    .concat([])

const twice = (port: number) => [
  [
    ['Host', `localhost:${port}`],
    ['Host', 'evil.example'],
  ] as const,
  [
    ['Host', 'evil.example'],
    ['Host', `localhost:${port}`],
  ] as const,
  [
    ['Host', `localhost:${port}`],
    ['Host', `localhost:${port}`],
  ] as const,
]

const withHost = (
  request: RawRequest,
  host: readonly (readonly [string, string])[],
  origin: string,
): RawRequest => ({
  ...request,
  headers: [...host, ['Origin', origin], ['Cookie', scene.cookie], ...(request.headers ?? [])],
  headersOnly: true,
})

describe('a request for a foreign host', () => {
  it.each(ways)('is refused: %s', async (_name, make) => {
    scene.endpoint.forget()
    const hosts = [...foreign(scene.port), ...twice(scene.port), []]
    expect(hosts.length).toBeGreaterThanOrEqual(28)
    for (const host of hosts) {
      // The page of the foreign site agrees with its own name: only the Host tells.
      for (const origin of [`http://${host[0]?.[1] ?? 'evil.example'}`, scene.origin]) {
        const answer = await rawRequest(scene.port, withHost(make(), host, origin))
        expect([400, 421], JSON.stringify(host)).toContain(answer.status)
        expect(answer.headers.has('location')).toBe(false)
        expect(answer.headers.has('set-cookie')).toBe(false)
      }
    }
    expect(scene.endpoint.calls()).toEqual([])
  })

  it('is told where the console is', async () => {
    const { status, body } = await rawRequest(scene.port, { headers: [['Host', 'evil.example']] })
    expect(status).toBe(421)
    expect(body).toContain(`http://localhost:${scene.port}`)
  })

  it.each([
    'http://evil.example/',
    'http://evil.example/api/topology',
    '//evil.example',
    '//evil.example/%2e%2e',
    '/\\evil.example',
  ])('is not redirected: %s', async (target) => {
    const answer = await rawRequest(scene.port, { target, headers: [['Host', scene.host]] })
    expect(answer.status).toBe(400)
    expect(answer.headers.has('location')).toBe(false)
  })

  it('is refused by X-Forwarded-Host too', async () => {
    scene.endpoint.forget()
    const answer = await rawRequest(scene.port, {
      target: '/api/topology',
      headers: [
        ['Host', scene.host],
        ['X-Forwarded-Host', 'evil.example'],
      ],
    })
    expect(answer.status).toBe(421)
    expect(scene.endpoint.calls()).toEqual([])
  })
})

describe('a request for this console', () => {
  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('is answered under %s', async (name) => {
    for (const target of ['/', '/api/topology', '/api/health', `/_next/static/${staticFiles()[0]}`]) {
      const answer = await rawRequest(scene.port, { target, headers: [['Host', `${name}:${scene.port}`]] })
      expect(answer.status).toBe(200)
    }
  })
})
