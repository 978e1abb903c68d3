import { describe, expect, it } from 'vitest'
import { startLiveRuns } from '@/lib/plan/run/live-runs'
import { freshRecord } from '../../../support/run-records'

const never = () => new AbortController().signal
const record = freshRecord()

describe('the runs that this console works on', () => {
  it('can be taken once, until they are left', () => {
    const live = startLiveRuns()
    expect([live.take('a'), live.take('a'), live.take('b')]).toEqual([true, false, true])
    live.leave('a')
    expect([live.isTaken('a'), live.isTaken('b'), live.take('a')]).toEqual([false, true, true])
  })

  it('are shown as they are now, and not any more once they are left', () => {
    const live = startLiveRuns()
    live.take('a')
    expect(live.get('a')).toBeNull()
    live.show('a', record)
    expect(live.get('a')).toBe(record)
    live.leave('a')
    expect(live.get('a')).toBeNull()
  })

  it.each(['show', 'leave'] as const)('wake everybody who waits for news: %s', async (what) => {
    const live = startLiveRuns()
    live.take('a')
    const news = [live.news('a', never()), live.news('a', never())]
    if (what === 'show') live.show('a', record)
    else live.leave('a')
    await expect(Promise.all(news)).resolves.toHaveLength(2)
  })

  it('wake nobody who waits for another run', async () => {
    const live = startLiveRuns()
    live.take('a')
    live.take('b')
    const order: string[] = []
    const ofA = live.news('a', never()).then(() => order.push('a'))
    const ofB = live.news('b', never()).then(() => order.push('b'))
    live.show('b', record)
    await ofB
    live.show('a', record)
    await ofA
    expect(order).toEqual(['b', 'a'])
  })

  it('have no news to wait for when nobody works on them', async () => {
    await expect(startLiveRuns().news('a', never())).resolves.toBeUndefined()
  })

  it('let go whoever does not want to wait any more', async () => {
    const live = startLiveRuns()
    live.take('a')
    const left = new AbortController()
    const waiting = live.news('a', left.signal)
    left.abort()
    await expect(waiting).resolves.toBeUndefined()
    await expect(live.news('a', left.signal)).resolves.toBeUndefined()
  })
})
