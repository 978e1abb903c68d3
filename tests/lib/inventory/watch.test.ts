import { describe, expect, it } from 'vitest'
import type { Hole, Inventory } from '@/lib/inventory/model'
import { startWatcher, type WatchStatus } from '@/lib/inventory/watch'
import { inventory } from '../../support/inventory'

type Pending = { finish(facts?: Partial<Inventory>): Promise<void>; fail(name: string): Promise<void> }

/** A watcher with a clock of its own; every reading waits until the test finishes it. */
function scene(intervalMs = 1_000) {
  let now = 0
  let timer: { atMs: number; work: () => void } | null = null
  const readings: Pending[] = []
  const seen: Inventory[] = []
  const statuses: WatchStatus[] = []
  const renewed: string[] = []
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const watcher = startWatcher({
    kind: 'local',
    intervalMs,
    read: (tell) =>
      new Promise((resolve, reject) => {
        readings.push({
          async finish(facts = {}) {
            tell(inventory({ readAtMs: now, ...facts }))
            resolve()
            await settle()
          },
          async fail(name) {
            reject(Object.assign(new Error(name), { name }))
            await settle()
          },
        })
      }),
    failureOf: (error): Hole => ({
      operation: 'ecs:ListClusters',
      subject: null,
      kind: 'failed',
      errorName: error instanceof Error ? error.name : 'none',
      message: '',
      remedy: '',
      sinceMs: now,
    }),
    onInventory: (one) => seen.push(one),
    onStatus: (one) => statuses.push(one),
    renew: (failure) => renewed.push(failure.errorName),
    time: {
      now: () => now,
      after(ms, work) {
        const mine = { atMs: now + ms, work }
        timer = mine
        return () => {
          if (timer === mine) timer = null
        }
      },
    },
    random: () => 0,
  })
  return {
    watcher,
    readings,
    seen,
    statuses,
    renewed,
    isWaiting: () => timer !== null,
    async pass(ms: number) {
      now += ms
      if (timer && timer.atMs <= now) {
        const { work } = timer
        timer = null
        work()
      }
      await settle()
    },
  }
}

describe('the watcher', () => {
  it('reads nothing while nobody looks', async () => {
    const { readings, pass, isWaiting } = scene()
    await pass(60_000)
    expect(readings).toHaveLength(0)
    expect(isWaiting()).toBe(false)
  })

  it('reads at once when somebody comes, then once per interval', async () => {
    const { watcher, readings, pass } = scene()
    watcher.hold()
    expect(readings).toHaveLength(1)
    await readings[0]?.finish()
    await pass(999)
    expect(readings).toHaveLength(1)
    await pass(1)
    expect(readings).toHaveLength(2)
  })

  it('reads no oftener for a hundred than for one', async () => {
    const { watcher, readings, pass } = scene()
    for (let viewer = 0; viewer < 100; viewer++) watcher.hold()
    await readings[0]?.finish()
    await pass(1_000)
    expect(readings).toHaveLength(2)
  })

  it('stops when the last one leaves, however often somebody says so', async () => {
    const { watcher, readings, pass } = scene()
    const leave = watcher.hold()
    const leaveToo = watcher.hold()
    await readings[0]?.finish()
    leave()
    leave()
    await pass(1_000)
    expect(readings).toHaveLength(2)
    await readings[1]?.finish()
    leaveToo()
    await pass(60_000)
    expect(readings).toHaveLength(2)
  })

  it('does not read again for somebody who comes back within the interval', async () => {
    const { watcher, readings, pass } = scene()
    watcher.hold()()
    await readings[0]?.finish()
    await pass(500)
    watcher.hold()
    expect(readings).toHaveLength(1)
    await pass(500)
    expect(readings).toHaveLength(2)
  })

  it('never reads twice at once', async () => {
    const { watcher, readings, pass } = scene()
    watcher.hold()
    void watcher.lookNow()
    void watcher.look()
    await pass(5_000)
    expect(readings).toHaveLength(1)
  })

  it('reads once more after a reading that started before the change', async () => {
    const { watcher, readings } = scene()
    watcher.hold()
    let done = false
    const look = watcher.lookAfterChange().then(() => {
      done = true
    })
    void watcher.lookAfterChange()
    await readings[0]?.finish()
    expect(done).toBe(false)
    expect(readings).toHaveLength(2)
    await readings[1]?.finish()
    await look
    expect(readings).toHaveLength(2)
  })

  it('keeps the last facts through a failure, tells it once, and goes on by itself', async () => {
    const { watcher, readings, seen, statuses, renewed, pass } = scene()
    watcher.hold()
    await readings[0]?.finish()
    await pass(1_000)
    await readings[1]?.fail('ExpiredToken')
    expect(seen).toHaveLength(1)
    expect(statuses.at(-1)).toMatchObject({
      readAtMs: 0,
      failure: { errorName: 'ExpiredToken', sinceMs: 1_000 },
    })
    await pass(2_000)
    expect(renewed).toEqual(['ExpiredToken'])
    await readings[2]?.fail('ExpiredToken')
    expect(statuses.at(-1)?.failure?.sinceMs).toBe(1_000)
    await pass(4_000)
    await readings[3]?.finish()
    expect(statuses.at(-1)).toMatchObject({ readAtMs: 7_000, failure: null })
    await pass(1_000)
    expect(readings).toHaveLength(5)
  })

  it('slows down while AWS throttles', async () => {
    const { watcher, readings, pass } = scene()
    watcher.hold()
    const hole: Hole = {
      operation: 'x',
      subject: null,
      kind: 'throttled',
      errorName: 'ThrottlingException',
      message: '',
      remedy: '',
      sinceMs: 0,
    }
    await readings[0]?.finish({ holes: [hole] })
    await pass(1_000)
    expect(readings).toHaveLength(1)
    await pass(1_000)
    expect(readings).toHaveLength(2)
  })

  it('reads nothing after it was stopped', async () => {
    const { watcher, readings, pass } = scene()
    watcher.hold()
    await readings[0]?.finish()
    watcher.stop()
    await pass(60_000)
    await watcher.lookNow()
    expect(readings).toHaveLength(1)
  })
})
