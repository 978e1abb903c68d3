import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeLogStore } from '@/lib/emulator/logs/store'
import { testScope } from '../../../support/test-context'

const lines = (...messages: string[]) => messages.map((message, index) => ({ atMs: index, message }))
const streamOf = (store: ReturnType<typeof makeLogStore>) =>
  store.groups(testScope).get('g')?.streams.get('s')

describe('the log store', () => {
  it('makes group and stream at the first line and counts events up', () => {
    const store = makeLogStore({ now: () => 7 })
    store.append(testScope, 'g', 's', lines('a', 'b'))
    store.append(testScope, 'g', 's', lines('c'))
    expect(streamOf(store)?.events.map(({ sequence, message }) => [sequence, message])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ])
    expect(streamOf(store)).toMatchObject({ createdAtMs: 7, nextSequence: 3, storedBytes: 3 * 27 })
  })

  it('keeps accounts and regions apart, and forgets all when cleared', () => {
    const store = makeLogStore()
    store.append(testScope, 'g', 's', lines('a'))
    expect(store.groups({ ...testScope, region: 'eu-west-1' }).size).toBe(0)
    store.clear()
    expect(store.groups(testScope).size).toBe(0)
  })

  it('drops the oldest lines of a stream that floods, and no others', () => {
    const store = makeLogStore({ maxStreamBytes: 1_000 })
    store.append(testScope, 'g', 'quiet', lines('kept'))
    for (let index = 0; index < 500; index += 1) store.append(testScope, 'g', 's', lines(`line ${index}`))
    expect(streamOf(store)?.storedBytes).toBeLessThanOrEqual(1_000)
    expect(streamOf(store)?.events.at(-1)).toMatchObject({ message: 'line 499', sequence: 499 })
    expect(streamOf(store)?.events.length).toBeGreaterThan(20)
    expect(store.groups(testScope).get('g')?.streams.get('quiet')?.events).toHaveLength(1)
  })

  it('never holds more than it may, counts what it holds, and keeps the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ maxLength: 200 }))),
        fc.integer({ min: 100, max: 2_000 }),
        (batches, maxStreamBytes) => {
          const store = makeLogStore({ maxStreamBytes })
          for (const batch of batches) store.append(testScope, 'g', 's', lines(...batch))
          const stream = streamOf(store)
          if (!stream) return
          const counted = stream.events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0)
          expect(stream.storedBytes).toBe(counted)
          expect(counted).toBeLessThanOrEqual(maxStreamBytes)
          const sequences = stream.events.map(({ sequence }) => sequence)
          expect(sequences).toEqual(
            sequences.map((_, index) => stream.nextSequence - sequences.length + index),
          )
        },
      ),
    )
  })
})
