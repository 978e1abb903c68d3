import { describe, expect, it } from 'vitest'
import { oneAtATime } from '@/lib/plan/journal/one-at-a-time'

describe('pieces of work one after the other', () => {
  it('begin only when the one before has ended, in their order', async () => {
    const inTurn = oneAtATime()
    const told: string[] = []
    const works = ['a', 'b', 'c'].map((name) =>
      inTurn(async () => {
        told.push(`${name} begins`)
        await Promise.resolve()
        told.push(`${name} ends`)
        return name
      }),
    )
    expect(await Promise.all(works)).toEqual(['a', 'b', 'c'])
    expect(told).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]))
  })

  it('go on after one that failed, whose own caller hears of it', async () => {
    const inTurn = oneAtATime()
    const failing = inTurn(() => Promise.reject(new Error('the disk is full')))
    const next = inTurn(() => Promise.resolve('written'))
    await expect(failing).rejects.toThrow('the disk is full')
    await expect(next).resolves.toBe('written')
  })
})
