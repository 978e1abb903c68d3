import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { claimAddressBlock } from '@/lib/emulator/runtime/address-block'
import { loopbackRemedy, readBindError, readLoopbackRemedy } from '@/lib/emulator/runtime/loopback'
import { containerOf, startTaskBench, type TaskBench } from '../support/task-bench'

const benches: TaskBench[] = []
const start = async (): Promise<TaskBench> => {
  const bench = await startTaskBench()
  benches.push(bench)
  return bench
}
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.stop()
})

describe('blocks of addresses', () => {
  it('are claimed by one local cloud at a time, and free again after it', async () => {
    const first = await claimAddressBlock()
    const second = await claimAddressBlock()
    expect(first?.block).not.toBe(second?.block)
    await first?.release()
    const blocks: number[] = []
    const held = []
    // Others on this machine may take it first, so look at as many as it takes to meet it again, at most all.
    for (let tried = 0; tried < 5; tried++) {
      const again = await claimAddressBlock()
      held.push(again)
      blocks.push(again?.block ?? 0)
    }
    expect(Math.min(...blocks)).toBeLessThanOrEqual(first?.block ?? 0)
    for (const one of [second, ...held]) await one?.release()
  })

  it('let two local clouds run the same ports side by side', async () => {
    const benchA = await start()
    const benchB = await start()
    const tasks = [benchA, benchB].map((bench) => bench.run([containerOf({ image: 'backend-api' })]))
    await Promise.all(tasks.map((task) => task.line('listens on port 8080')))
    const [a, b] = await Promise.all(
      tasks.map(async (task) => (await fetch(`http://${task.spec.address}:8080/api/data`)).json()),
    )
    expect(a).toMatchObject({ hostname: tasks[0]?.spec.hostname })
    expect(b).toMatchObject({ hostname: tasks[1]?.spec.hostname })
    expect(a).not.toEqual(b)
  })
})

describe('a machine without task addresses', () => {
  it('is told what to do in one line', () => {
    expect(loopbackRemedy).toMatch(/sudo ifconfig lo0 alias 127\.10\.0\.\$i up/)
    expect(loopbackRemedy).not.toContain('\n')
  })

  it('is recognised by the error of the system', async () => {
    // An address of nobody (TEST-NET-1), as 127.10.0.11 is on macOS.
    expect(await readBindError('192.0.2.1')).toBe('EADDRNOTAVAIL')
    expect(await readBindError('127.0.0.1')).toBeUndefined()
    expect(await readLoopbackRemedy()).toBeUndefined()
  })

  it('has its tasks fail at once with that line', async () => {
    const bench = await start()
    const task = bench.run([containerOf({ image: 'backend-api' })], { address: '192.0.2.1' })
    await task.event('task-ended')
    const { reason } = await task.event('task-failed')
    expect(reason).toContain('CannotStartContainerError: cannot use the address 192.0.2.1 (EADDRNOTAVAIL)')
    expect(reason).toContain(loopbackRemedy)
  })
})

it('a port that another program holds at every address is named, with what to do', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const bench = await start()
  const task = bench.run([containerOf({ image: 'backend-api', environment: { PORT: String(port) } })])
  expect((await task.event('container-exited')).exitCode).toBe(1)
  expect(task.lines().join('\n')).toMatch(/cannot listen on port \d+: .*EADDRINUSE.*: another program/)
  server.close()
})
