import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readHttpCheck } from '@/lib/emulator/runtime/http-check'
import type { HttpCheck } from '@/lib/emulator/runtime/http-check-flags'

const address = '127.0.0.1'
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serve(listener: RequestListener): Promise<number> {
  const created = createServer(listener)
  server = created
  await new Promise<void>((resolve) => created.listen(0, address, resolve))
  return (created.address() as AddressInfo).port
}

const check = (port: number, changes: Partial<HttpCheck> = {}): HttpCheck => ({
  url: `http://localhost:${port}/health`,
  method: 'GET',
  headers: {},
  okBelowStatus: 400,
  followRedirects: false,
  verifyCertificate: true,
  ...changes,
})

describe('an HTTP health check', () => {
  it.each([
    [200, 400, true],
    [204, 400, true],
    [302, 400, true],
    [404, 400, false],
    [503, 400, false],
    [503, 600, true],
  ])('answered %i passes below %i: %s', async (status, okBelowStatus, passed) => {
    const port = await serve((_request, response) => response.writeHead(status).end('body'))
    expect(await readHttpCheck(check(port, { okBelowStatus }), { address, lowestPort: 0 }, 2000)).toBe(passed)
  })

  it('asks the path with the host and the headers of the command', async () => {
    const asked: unknown[] = []
    const port = await serve((request, response) => {
      asked.push(request.method, request.url, request.headers.host, request.headers['x-check'])
      response.end()
    })
    const made = check(port, {
      method: 'HEAD',
      url: `http://localhost:${port}/a?b=1`,
      headers: { 'X-Check': 'y' },
    })
    expect(await readHttpCheck(made, { address, lowestPort: 0 }, 2000)).toBe(true)
    expect(asked).toEqual(['HEAD', '/a?b=1', `localhost:${port}`, 'y'])
  })

  it('fails when nobody listens', async () => {
    const port = await serve(() => undefined)
    await new Promise((resolve) => server?.close(resolve))
    expect(await readHttpCheck(check(port), { address, lowestPort: 0 }, 2000)).toBe(false)
  })

  it.each([
    ['never answers', () => undefined],
    ['never ends its answer', (_request, response) => void response.write('x')],
  ] satisfies [string, RequestListener][])(
    'fails by its timeout when the program %s',
    async (_what, listener) => {
      const port = await serve(listener)
      expect(await readHttpCheck(check(port), { address, lowestPort: 0 }, 100)).toBe(false)
    },
  )

  it('holds its own shorter time', async () => {
    const port = await serve(() => undefined)
    expect(await readHttpCheck(check(port, { timeoutMs: 50 }), { address, lowestPort: 0 }, 600_000)).toBe(
      false,
    )
  })

  it('follows redirects to itself when the command does, and stays with the task', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/health') response.writeHead(302, { location: '/ready' }).end()
      else response.writeHead(request.url === '/ready' ? 200 : 500).end()
    })
    expect(
      await readHttpCheck(check(port, { followRedirects: true }), { address, lowestPort: 0 }, 2000),
    ).toBe(true)
  })

  it('fails on a redirect to somebody else, or without an end', async () => {
    const away = await serve((_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    )
    expect(
      await readHttpCheck(check(away, { followRedirects: true }), { address, lowestPort: 0 }, 2000),
    ).toBe(false)
    server?.close()
    const round = await serve((_request, response) => response.writeHead(302, { location: '/health' }).end())
    expect(
      await readHttpCheck(check(round, { followRedirects: true }), { address, lowestPort: 0 }, 2000),
    ).toBe(false)
  })

  it('fails on an answer that is no HTTP', async () => {
    const port = await serve((request) => void request.socket.end('hello\r\n'))
    expect(await readHttpCheck(check(port), { address, lowestPort: 0 }, 2000)).toBe(false)
  })
})
