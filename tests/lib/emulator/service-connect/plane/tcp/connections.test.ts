import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, describe, expect, it, vi } from 'vitest'
import {
  eventually,
  inboundTo,
  instancesAt,
  listen,
  outboundTo,
  portOf,
  sayRaw,
  startTestPlane,
} from '@/tests/support/data-plane'

// Real sockets on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const plane = startTestPlane()
const servers: Server[] = []
afterAll(async () => {
  await plane.close()
  for (const server of servers) server.close()
})

let count = 0
/** Two proxies in a row for TCP, an application behind; the port to call. */
async function behind(serve: (socket: Socket) => void, idleTimeoutMs = 3_600_000): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  servers.push(server)
  const change = { protocol: 'tcp', timeouts: { idleTimeoutMs, perRequestTimeoutMs: 0 } } as const
  const name = `tcp-${count++}`
  const inbound = inboundTo(name, portOf(await listen(server)), change)
  const outbound = outboundTo(`srv-${name}`, { ...change, discoveryName: name })
  await plane.proxy({ inbound: [inbound] }).ready
  await plane.proxy({ outbound: [outbound] }).ready
  plane.setInstances(`srv-${name}`, instancesAt(inbound.port))
  return outbound.port
}

describe('a TCP connection through both proxies', () => {
  it('is spoken first on by whoever likes, as databases do', async () => {
    const raw = sayRaw(await behind((socket) => socket.write('220 welcome')), '')
    await raw.until(/220 welcome/)
    raw.socket.destroy()
  })

  it('carries what was said before it was connected', async () => {
    const port = await behind((socket) => socket.pipe(socket))
    const text = 'x'.repeat(300_000)
    const raw = sayRaw(port, text)
    raw.socket.end()
    expect(await raw.closed).toBe(text)
  })

  it('that one side resets is reset on the other', async () => {
    let ended: string | undefined
    const port = await behind((socket) => {
      socket.resume()
      socket.once('close', (hadError) => {
        ended = hadError ? 'reset' : 'closed'
      })
      socket.once('end', () => socket.end())
      socket.write('hello')
    })
    const raw = sayRaw(port, 'hello')
    await raw.until(/hello/)
    raw.socket.resetAndDestroy()
    await eventually(() => ended)
  })

  it('is closed when nothing was said for the idle timeout', async () => {
    const port = await behind(() => {}, 80)
    const raw = sayRaw(port, 'hello')
    expect(await raw.closed).toBe('')
  })

  it('takes from a fast side no more than the slow one takes', async () => {
    let sent = 0
    let waited = false
    const port = await behind((socket) => {
      const chunk = Buffer.alloc(65_536)
      const more = (): void => {
        while (sent < 200_000_000) {
          sent += chunk.length
          if (socket.write(chunk)) continue
          waited = true
          socket.once('drain', more)
          return
        }
      }
      more()
    })
    const raw = sayRaw(port, '')
    raw.socket.pause()
    await eventually(() => waited)
    const other = await behind((socket) => socket.pipe(socket))
    let last = -1
    while (last !== sent) {
      last = sent
      // So many others were served meanwhile: what could go on has gone on.
      for (let count = 0; count < 20; count++) {
        const asked = sayRaw(other, 'hello')
        await asked.until(/hello/)
        asked.socket.destroy()
      }
    }
    expect(sent).toBeLessThan(100_000_000)
    raw.socket.destroy()
  })

  it('is counted, both ways', async () => {
    const port = await behind((socket) => socket.pipe(socket))
    const raw = sayRaw(port, '0123456789')
    await raw.until(/0123456789/)
    raw.socket.destroy()
    const name = `tcp-${count - 1}`
    for (const side of ['inbound', 'outbound']) {
      const total = (read: 'bytesIn' | 'bytesOut' | 'newConnections' | 'requests') =>
        plane.reports
          .filter((report) => report.side === side && report.discoveryName === name)
          .reduce((sum, report) => sum + report[read], 0)
      await eventually(() => total('bytesOut') === 10)
      expect([total('bytesIn'), total('newConnections'), total('requests')]).toEqual([10, 1, 0])
      await eventually(() =>
        plane.reports.some(
          (report) => report.side === side && report.discoveryName === name && report.activeConnections === 0,
        ),
      )
    }
  })

  it('is written into the access log once, at its end, on both sides and also when nobody was there', async () => {
    const server = createServer((socket) => socket.pipe(socket))
    servers.push(server)
    const accessLog = { format: 'JSON', includeQueryParameters: false } as const
    const change = { protocol: 'tcp' } as const
    const inbound = inboundTo('logged', portOf(await listen(server)), change)
    const outbound = outboundTo('srv-logged', change)
    const deserted = outboundTo('srv-deserted', change)
    const inside = plane.proxy({ inbound: [inbound], accessLog })
    await inside.ready
    plane.setInstances('srv-logged', instancesAt(inbound.port))
    const outside = plane.proxy({ outbound: [outbound, deserted], accessLog })
    await outside.ready
    const linesOf = ({ lines }: typeof inside) => lines.filter((line) => line.startsWith('{'))

    expect(await sayRaw(deserted.port, 'nobody hears this').closed).toBe('')
    const raw = sayRaw(outbound.port, '0123456789')
    await raw.until(/0123456789/)
    const callerPort = raw.socket.localPort
    expect(linesOf(inside)).toEqual([])
    raw.socket.end()
    await raw.closed
    await eventually(() => linesOf(inside).length === 1 && linesOf(outside).length === 2)
    const [refused, carried] = linesOf(outside).map((line) => JSON.parse(line))
    expect(refused).toMatchObject({ bytes_received: 0, bytes_sent: 0, connection_id: 1 })
    expect(carried).toMatchObject({
      downstream_remote_address: `127.0.0.1:${callerPort}`,
      downstream_remote_port: callerPort,
      bytes_received: 10,
      bytes_sent: 10,
      connection_id: 2,
    })
    expect(JSON.parse(linesOf(inside)[0] ?? '')).toMatchObject({ bytes_received: 10, connection_id: 1 })
  })
})
