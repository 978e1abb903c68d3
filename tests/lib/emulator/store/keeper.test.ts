import { describe, expect, it } from 'vitest'
import { allRows, keepRegions } from '../../../support/memory-store'
import { testScope } from '../../../support/test-context'

const tagsOf = (kept: ReturnType<typeof keepRegions>) => kept.regions.of(testScope).ecs.tags
const aTag = (value = 'v') => new Map([['k', value]])
const pathOf = (arn: string) => JSON.stringify(['111122223333', 'us-east-1', 'ecs', 'tags', arn])

describe('keeping the state', () => {
  it('puts, changes and removes exactly what differs', async () => {
    const kept = keepRegions()
    const tags = tagsOf(kept)
    tags.set('a', aTag())
    tags.set('b', aTag())
    await kept.keeper.keep()
    tags.get('b')?.set('more', 'x')
    tags.get('a')
    tags.set('c', aTag())
    tags.delete('c')
    await kept.keeper.keep()
    tags.delete('a')
    await kept.keeper.keep()
    expect(kept.store.writes.map(({ put, remove }) => [put.map(({ path }) => path), remove])).toEqual([
      [[pathOf('a'), pathOf('b')], []],
      [[pathOf('b')], []],
      [[], [pathOf('a')]],
    ])
    expect(kept.store.rows).toEqual(allRows(kept.regions))
  })

  it('has nothing to wait for when nothing was touched, and writes nothing when nothing changed', async () => {
    const kept = keepRegions()
    expect(kept.keeper.keep()).toBeUndefined()
    tagsOf(kept).set('a', aTag())
    await kept.keeper.keep()
    tagsOf(kept).get('a')
    await kept.keeper.keep()
    expect(kept.store.writes).toHaveLength(1)
  })

  it('serves all who wait with one write, and those who come during it with the next', async () => {
    const kept = keepRegions()
    let release: () => void = () => {}
    kept.store.hold = new Promise((resolve) => {
      release = resolve
    })
    tagsOf(kept).set('a', aTag())
    const first = kept.keeper.keep()
    tagsOf(kept).set('b', aTag())
    const second = kept.keeper.keep()
    expect(second).toBe(first)
    await new Promise((resolve) => setImmediate(resolve))
    tagsOf(kept).set('c', aTag())
    const third = kept.keeper.keep()
    expect(third).not.toBe(first)
    let isThirdDone = false
    const thirdDone = third?.then(() => {
      isThirdDone = true
    })
    release()
    await first
    expect(isThirdDone).toBe(false)
    expect(kept.store.writes.map(({ put }) => put.length)).toEqual([2])
    await thirdDone
    expect(kept.store.writes.map(({ put }) => put.length)).toEqual([2, 1])
  })

  it('tells whoever asks during a write that it has to wait for it', async () => {
    const kept = keepRegions()
    let release: () => void = () => {}
    kept.store.hold = new Promise((resolve) => {
      release = resolve
    })
    tagsOf(kept).set('a', aTag())
    const first = kept.keeper.keep()
    await new Promise((resolve) => setImmediate(resolve))
    expect(kept.tracked.isTouched).toBe(false)
    const other = kept.keeper.keep()
    expect(other).toBeDefined()
    release()
    await Promise.all([first, other])
    expect(kept.keeper.keep()).toBeUndefined()
  })

  it('writes by itself before long when nobody waits', async () => {
    const kept = keepRegions()
    tagsOf(kept).set('a', aTag())
    expect(kept.clock.waiting).toBe(1)
    kept.clock.advance(250)
    await kept.keeper.keep()
    expect(kept.store.rows.size).toBe(1)
    expect(kept.clock.waiting).toBe(0)
  })

  it('says why it cannot, keeps what is to be kept, and says when it can again', async () => {
    const kept = keepRegions()
    kept.store.fault = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    tagsOf(kept).set('a', aTag())
    await expect(kept.keeper.keep()).rejects.toMatchObject({
      code: 'StateNotWritten',
      message: expect.stringContaining('the disk is full (SQLITE_FULL)'),
    })
    await expect(kept.keeper.keep()).rejects.toThrow()
    expect(kept.keeper.failure?.message).toContain('the disk is full')
    expect(kept.lines.filter((line) => line.startsWith('error'))).toHaveLength(1)
    kept.store.fault = undefined
    kept.clock.advance(1_000)
    await kept.keeper.keep()
    expect(kept.keeper.failure).toBeUndefined()
    expect(kept.store.rows).toEqual(allRows(kept.regions))
    expect(kept.lines.at(-1)).toBe('info The local cloud can store changes again.')
  })

  it('does not write again what was there already', async () => {
    const before = keepRegions()
    tagsOf(before).set('a', aTag())
    await before.keeper.keep()
    const kept = keepRegions(before.store)
    kept.keeper.knows(await before.store.load())
    tagsOf(kept).set('a', aTag())
    await kept.keeper.keep()
    expect(kept.store.writes).toHaveLength(1)
    tagsOf(kept).delete('a')
    await kept.keeper.keep()
    expect(kept.store.rows.size).toBe(0)
  })

  it('empties the store together with what comes after, also when that takes a second attempt', async () => {
    const kept = keepRegions()
    tagsOf(kept).set('a', aTag())
    tagsOf(kept).set('b', aTag())
    await kept.keeper.keep()
    kept.regions.clear()
    kept.tracked.clear()
    kept.keeper.empty()
    kept.store.fault = new Error('x')
    tagsOf(kept).set('b', aTag())
    await expect(kept.keeper.keep()).rejects.toThrow()
    expect(kept.store.rows.size).toBe(2)
    kept.store.fault = undefined
    await kept.keeper.keep()
    expect([...kept.store.rows.keys()]).toEqual([pathOf('b')])
    expect(kept.store.writes.at(-1)?.clear).toBe(true)
    kept.regions.clear()
    kept.tracked.clear()
    kept.keeper.empty()
    await kept.keeper.keep()
    expect(kept.store.rows.size).toBe(0)
  })

  it('ends with everything stored, and stores nothing afterwards', async () => {
    const kept = keepRegions()
    tagsOf(kept).set('a', aTag())
    await kept.keeper.finish()
    expect(kept.store.rows.size).toBe(1)
    tagsOf(kept).set('b', aTag())
    expect(kept.keeper.keep()).toBeUndefined()
    kept.clock.advance(10_000)
    expect(kept.store.rows.size).toBe(1)
    expect(kept.clock.waiting).toBe(0)
  })
})
