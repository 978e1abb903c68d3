import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyPatch } from '@/lib/topology/apply-patch'
import type { Topology } from '@/lib/topology/model'
import { type ConsoleScene, startConsoleScene } from '../support/console-scene'
import { rawRequest } from '../support/raw-request'
import { freePort } from '../support/stack.mjs'

let scene: ConsoleScene
beforeAll(async () => {
  scene = await startConsoleScene()
})
afterAll(() => scene?.stop())

const url = (path: string) => `http://127.0.0.1:${scene.port}${path}`

describe('every answer', () => {
  it.each(['/', '/nothing', '/api/topology', '/api/health', '/api/topology/stream', '/icon.svg'])(
    '%s has the headers that protect it',
    async (target) => {
      const { headers } = await rawRequest(scene.port, {
        target,
        headers: [['Host', scene.host]],
        headersOnly: true,
      })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('cache-control')).toContain('no-store')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.has('x-powered-by')).toBe(false)
      expect(headers.has('access-control-allow-origin')).toBe(false)
    },
  )

  it('allows only the scripts that the page itself names, with a nonce of its own', async () => {
    const pages = await Promise.all([fetch(url('/')), fetch(url('/'))])
    const nonces = pages.map(
      (page) => /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1],
    )
    expect(nonces[0]).toBeTruthy()
    expect(nonces[0]).not.toBe(nonces[1])
    const html = (await pages[0]?.text()) ?? ''
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map((match) => match[0])
    expect(scripts.length).toBeGreaterThan(3)
    for (const script of scripts) expect(script).toContain(`nonce="${nonces[0]}"`)
    const policy = pages[0]?.headers.get('content-security-policy') ?? ''
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
  })
})

/** Reads a stream of server-sent events as a browser does. */
async function* eventsOf(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url(path), { headers })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const data = field('data')
      if (data !== undefined) yield { id: field('id') ?? null, event: field('event'), data: JSON.parse(data) }
    }
  }
}

describe('the live map', () => {
  it('shows a change made by the SDK, patch by patch, and is the same as the JSON', async () => {
    let map: Topology | null = null
    let changed = false
    for await (const { event, data } of eventsOf('/api/topology/stream')) {
      if (event === 'snapshot') map = data
      if (event === 'patch' && map) map = applyPatch(map, data)
      if (!map) continue
      const count = map.services.find((node) => node.name === 'backend-api')?.instances.length
      if (count === 2 && !changed) {
        changed = true
        await scene.cloud.ecs.send(
          new UpdateServiceCommand({ service: 'backend-api-service', desiredCount: 3 }),
        )
      }
      if (count === 3 && map.services.every((node) => node.state === 'ok')) break
    }
    const json: Topology = await (await fetch(url('/api/topology'))).json()
    expect(map?.services).toEqual(json.services)
    expect(map?.version).toBe(json.version)
  })

  it('resumes where it was cut', async () => {
    let last: string | null = null
    for await (const { id, event } of eventsOf('/api/topology/stream')) {
      last = id ?? last
      if (event === 'status') break
    }
    const again = []
    for await (const { event } of eventsOf('/api/topology/stream', { 'Last-Event-ID': last ?? '' })) {
      again.push(event)
      if (event === 'status') break
    }
    expect(again).not.toContain('snapshot')
  })

  it('stops reading when the last browser leaves', async () => {
    const stream = eventsOf('/api/topology/stream')
    await stream.next()
    await stream.return(undefined)
    scene.endpoint.forget()
    // Two health answers far enough apart in work, not in time: nothing else may reach the endpoint meanwhile.
    for (let count = 0; count < 200; count++) await fetch(url('/api/health'))
    expect(
      scene.endpoint.calls().filter((call) => call.operation === 'ecs:ListClusters').length,
    ).toBeLessThanOrEqual(1)
  })
})

describe('the server', () => {
  it('takes no upgrade', async () => {
    const answer = await rawRequest(scene.port, {
      target: '/',
      headers: [
        ['Host', scene.host],
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Key', 'x'],
        ['Connection', 'Upgrade'],
      ],
    })
    expect(answer.status).toBe(400)
  })

  it('passes no upgrade on, wherever it points', async () => {
    const reached: string[] = []
    const elsewhere = createServer((socket) => {
      reached.push('connection')
      socket.destroy()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const address = elsewhere.address()
    const port = typeof address === 'object' && address ? address.port : 0
    for (const target of [`http://127.0.0.1:${port}/`, `//127.0.0.1:${port}/`, '/api/topology'])
      for (const host of [scene.host, `127.0.0.1:${port}`]) {
        const answer = await rawRequest(scene.port, {
          target,
          headers: [
            ['Host', host],
            ['Upgrade', 'websocket'],
            ['Connection', 'Upgrade'],
          ],
        })
        expect(answer.status).toBe(400)
        expect(answer.headers.get('content-length')).toBe('0')
      }
    expect(reached).toEqual([])
    await new Promise((resolve) => elsewhere.close(resolve))
  })

  it('answers what is no HTTP with 400 and goes on', async () => {
    const socket = connect(scene.port, '127.0.0.1')
    socket.write('\u0016\u0003\u0001 this is TLS\r\n\r\n')
    const [first] = await once(socket, 'data')
    expect(String(first)).toContain('400 Bad Request')
    expect((await fetch(url('/api/health'))).status).toBe(200)
  })

  it('listens on loopback only', async () => {
    const { networkInterfaces } = await import('node:os')
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4')
    for (const { address } of outside) {
      const socket = connect({ port: scene.port, host: address, timeout: 2_000 })
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => 'connected'),
        once(socket, 'error').then(() => 'refused'),
        once(socket, 'timeout').then(() => 'refused'),
      ]).catch(() => 'refused')
      socket.destroy()
      expect(outcome).toBe('refused')
    }
  })

  const start = (port: number, ...flags: string[]) => {
    const child = spawn(process.execPath, ['lib/launch/console.mjs', '--port', String(port), ...flags], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', SWITCHBOARD_TARGET: 'local' },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', () => {
        if (text.includes('console ready')) resolve()
      })
    })
    const exit = once(child, 'exit').then(([code]) => code)
    return { child, ready, exit, output: () => text }
  }

  it('takes upgrades that are cut off at once without an error', async () => {
    const port = await freePort()
    const { child, ready, exit, output } = start(port)
    await ready
    for (let count = 0; count < 200; count++) {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
      socket.resetAndDestroy()
    }
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    expect(output()).not.toMatch(/ECONNRESET|EPIPE|uncaught/)
  })

  it('says which port is taken, and ends with 2', async () => {
    const { exit, output } = start(scene.port)
    expect(await exit).toBe(2)
    expect(output()).toContain(`Port ${scene.port} is taken`)
    expect(output()).not.toContain('    at ')
  })

  it.each(['port', '-1', '65536', '3.5'])('refuses the port %s', async (port) => {
    const child = spawn(process.execPath, ['lib/launch/console.mjs', `--port=${port}`], { stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    expect(code).toBe(2)
  })

  it('ends with whoever started it', async () => {
    const { child, ready, exit } = start(await freePort(), '--exit-with-parent')
    await ready
    child.stdin.end()
    expect(await exit).toBe(0)
  })

  it('ends on SIGTERM, streams open or not', async () => {
    const port = await freePort()
    const { child, ready, exit } = start(port)
    await ready
    const stream = await fetch(`http://127.0.0.1:${port}/api/topology/stream`)
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    await stream.body?.cancel().catch(() => undefined)
  })
})
