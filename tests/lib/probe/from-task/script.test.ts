import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readReport } from '@/lib/probe/from-task/read-report'
import { buildScript, type TaskRequest, type Tool, tools } from '@/lib/probe/from-task/script'
import { problemOfPath } from '@/lib/probe/path'
import { methods } from '@/lib/probe/trip'
import { makeToolBox } from '../../../support/tool-box'

const mark = 'deadbeefcafe'
const seen: {
  readonly method: string
  readonly url: string
  readonly headers: NodeJS.Dict<string | string[]>
}[] = []
let server: Server
let port = 0
const boxes = new Map<string, ReturnType<typeof makeToolBox>>()
const boxOf = (tool: string) => {
  const box = boxes.get(tool) ?? makeToolBox(tool === 'none' ? [] : [tool])
  boxes.set(tool, box)
  return box
}

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    if (request.url === '/cut') return void request.socket.destroy()
    if (request.url === '/silent') return
    if (request.url === '/moved') return void response.writeHead(302, { location: '/elsewhere' }).end('moved')
    if (request.url === '/failed')
      return void response.writeHead(503, { 'x-hostname': 'ip-127-10-0-11' }).end('sorry\n')
    response.setHeader('x-hostname', 'ip-127-10-0-11')
    // Two writes, so that it comes in chunks.
    response.write('{"hostname":')
    response.end('"ip-127-10-0-11"}\r\n\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  for (const box of boxes.values()) box.remove()
  server.closeAllConnections()
  server.close()
})

const requestFor = (more: Partial<TaskRequest> = {}): TaskRequest => ({
  host: 'localhost',
  port,
  method: 'GET',
  path: '/api?x=1',
  hostHeader: 'user-svc',
  callId: 'abc.0',
  ...more,
})
const ask = async (tool: string, more: Partial<TaskRequest> = {}) => {
  seen.length = 0
  return readReport(
    await boxOf(tool).run(buildScript(requestFor(more), mark, { connectSeconds: 1, totalSeconds: 1 })),
    mark,
  )
}

const here: readonly Tool[] = tools.filter((tool) => boxOf(tool).lacking.length === 0)

describe.each(here)('with nothing but %s in the container', (tool) => {
  it('makes exactly one request and reads its answer', async () => {
    const report = await ask(tool)
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({
      method: 'GET',
      url: '/api?x=1',
      headers: { host: 'user-svc', 'x-switchboard-call': 'abc.0', 'user-agent': 'switchboard' },
    })
    expect(report).toMatchObject({
      tool,
      status: 200,
      error: null,
      headers: { 'x-hostname': 'ip-127-10-0-11' },
    })
    expect(report.body.toString()).toBe('{"hostname":"ip-127-10-0-11"}\r\n\n')
    expect(report.addresses.length).toBeGreaterThan(0)
  })

  it('tells an answer of failure with its words', async () => {
    const report = await ask(tool, { path: '/failed' })
    expect(report).toMatchObject({ status: 503, error: null })
    expect(report.body.toString()).toBe('sorry\n')
  })

  it('does not follow a redirect', async () => {
    const report = await ask(tool, { path: '/moved' })
    expect(report).toMatchObject({ status: 302, headers: { location: '/elsewhere' } })
    expect(seen).toHaveLength(1)
  })

  it('says that nobody listens', async () => {
    expect((await ask(tool, { port: 9 })).error?.kind).toBe('refused')
  })

  it('says that the name is not known', async () => {
    const report = await ask(tool, { host: 'nobody.invalid' })
    expect(report).toMatchObject({ status: null, addresses: [] })
    expect(report.error?.kind).toBe('resolve')
  })

  it('says that the connection was cut', async () => {
    expect((await ask(tool, { path: '/cut' })).error?.kind).toBe('reset')
    expect(seen).toHaveLength(1)
  })

  it('gives up on silence', { timeout: 20_000 }, async () => {
    const report = await ask(tool, { path: '/silent' })
    expect(report.status).toBe(null)
    expect(['first-byte-timeout', 'deadline']).toContain(report.error?.kind)
  })

  it.each(tool === 'wget' ? [] : methods.filter((one) => one !== 'GET'))('sends %s', async (method) => {
    const report = await ask(tool, { method })
    expect(seen).toEqual([expect.objectContaining({ method })])
    expect(report.status).toBe(200)
  })

  it('makes that one request whatever stands in the path', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostilePath, async (path) => {
        const report = await ask(tool, { path })
        // wget writes some characters as %xx; what is asked for is the same.
        if (tool === 'wget') expect(seen).toHaveLength(1)
        else expect(seen.map(({ url }) => url)).toEqual([path])
        expect(report.status).toBe(200)
      }),
      { numRuns: tool === 'curl' ? 60 : 12 },
    )
  })
})

/** Everything that a shell, a URL parser or a format could take for its own, as far as a path may hold it. */
const hostilePath = fc
  .array(
    fc
      .constantFrom(
        ...[
          "'",
          '"',
          '`',
          '$(id)',
          '$IFS',
          ';',
          '&',
          '&&',
          '|',
          '||',
          '>',
          '<',
          '*',
          '?',
          '[a]',
          '{1,2}',
          '~',
          '!',
        ],
        ...[
          '%20',
          '%0a',
          '%00',
          '%s',
          '-',
          '--',
          '@',
          ':',
          '..',
          '/',
          '//',
          '=',
          '+',
          '(',
          ')',
          "';id;'",
          "'$(id)'",
          'a',
          '%25',
          '^',
        ],
      )
      .filter((piece) => piece !== '%s'),
    { maxLength: 12 },
  )
  .map((pieces) => `/${pieces.join('')}`)
  .filter((path) => problemOfPath(path) === null && !['/cut', '/silent', '/moved', '/failed'].includes(path))

describe('the script', () => {
  it('says when the container has nothing that can make a request', async () => {
    expect(await ask('none')).toMatchObject({ tool: null, status: null })
    expect(seen).toHaveLength(0)
  })

  it('is not made of anything but one request', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('host', 'path', 'hostHeader', 'callId', 'method'),
        fc.string({ unit: 'binary', minLength: 1 }).map((text) => `a${text}\n'; id`),
        (field, value) => {
          expect(() => buildScript({ ...requestFor(), [field]: value }, mark)).toThrow(RangeError)
        },
      ),
    )
    for (const bad of [0, 65_536, 1.5, Number.NaN])
      expect(() => buildScript(requestFor({ port: bad }), mark)).toThrow(RangeError)
    for (const bad of ['', 'xyz', "dead'beef"])
      expect(() => buildScript(requestFor(), bad)).toThrow(RangeError)
    for (const bad of ['', '-x', 'a b', 'a/b', 'a@b', '[::1', 'a:1', '.', '$(id)'])
      expect(() => buildScript(requestFor({ host: bad }), mark)).toThrow(RangeError)
  })
})

describe('reading what came back', () => {
  it('is total, and never takes an answer for what the script says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), (noise, cut) => {
        const whole = Buffer.concat([
          Buffer.from(`@${mark} tool curl\nHTTP/1.1 200 OK\r\nx: y\r\n\r\n`),
          Buffer.from(noise),
          Buffer.from(`\n@${mark} done 200|127.0.0.1|0.1|0.2|0.3|0.4\n@${mark} exit 0\n@${mark} error `),
        ])
        expect(readReport(whole, mark)).toMatchObject({ status: 200, body: Buffer.from(noise), error: null })
        readReport(whole.subarray(0, cut), mark)
        readReport(Buffer.from(noise), mark)
      }),
    )
  })
})
