import { describe, expect, it } from 'vitest'
import { makeStoppableClock } from '@/lib/emulator/stoppable-clock'
import { makeManualClock } from '../../support/manual-clock'

describe('a clock that can be stopped', () => {
  it('runs and cancels like the clock below it', () => {
    const manual = makeManualClock(1_000)
    const clock = makeStoppableClock(manual)
    const ran: string[] = []
    clock.after(5, () => ran.push('a'))
    const cancel = clock.after(5, () => ran.push('b'))
    cancel()
    manual.advance(5)
    expect(ran).toEqual(['a'])
    expect(clock.now()).toBe(1_005)
  })

  it('gives up everything that waits, and takes nothing new', () => {
    const manual = makeManualClock()
    const clock = makeStoppableClock(manual)
    const ran: string[] = []
    clock.after(5, () => ran.push('a'))
    clock.stop()
    clock.after(5, () => ran.push('b'))
    manual.advance(100)
    expect(ran).toEqual([])
    expect(manual.waiting).toBe(0)
  })
})
