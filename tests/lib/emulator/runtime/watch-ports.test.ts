import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { systemClock } from '@/lib/emulator/clock'
import { type WatchedPort, watchPorts } from '@/lib/emulator/runtime/watch-ports'

const address = '127.0.0.1'
const listening = (port = 0) =>
  new Promise<{ port: number; close(): void }>((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.listen(port, address, () => {
      const bound = server.address()
      resolve({ port: typeof bound === 'object' && bound ? bound.port : 0, close: () => server.close() })
    })
  })
const watch = (ports: readonly WatchedPort[], withinMs: number) =>
  new Promise<readonly WatchedPort[]>((resolve) => watchPorts(ports, systemClock, withinMs, resolve))

it('tells when every port takes connections, however late', async () => {
  const early = await listening()
  const probe = await listening()
  probe.close()
  const done = watch(
    [early, probe].map(({ port }) => ({ address, port })),
    60_000,
  )
  const late = await listening(probe.port)
  expect(await done).toEqual([])
  early.close()
  late.close()
})

it('names those that did not in time', async () => {
  const open = await listening()
  const closed = await listening()
  closed.close()
  const missing = await watch(
    [open, closed].map(({ port }) => ({ address, port })),
    30,
  )
  expect(missing).toEqual([{ address, port: closed.port }])
  open.close()
})

it('is silent after it was given up', async () => {
  const closed = await listening()
  closed.close()
  let told = 0
  const giveUp = watchPorts([{ address, port: closed.port }], systemClock, 10, () => told++)
  giveUp()
  expect(await watch([{ address, port: closed.port }], 60)).toHaveLength(1)
  expect(told).toBe(0)
})
