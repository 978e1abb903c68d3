import { describe, expect, it } from 'vitest'
import { Deadlines } from '@/lib/emulator/service-connect/plane/deadlines'
import { answers } from '@/lib/emulator/service-connect/plane/local-answer'

const limits = { idleMs: 300, requestMs: 150 }
const never = Number.POSITIVE_INFINITY

describe('an exchange’s deadlines', () => {
  it('give an unfinished request the idle time, anew with every byte, and answer it with 408', () => {
    const deadlines = new Deadlines(limits, 1_000)
    expect(deadlines.nextMs).toBe(1_300)
    deadlines.saw(1_200)
    expect(deadlines.nextMs).toBe(1_500)
    expect(deadlines.answerAt(1_500)).toBe(answers.slowRequest)
  })

  it('give the answer to a whole request its time, however much of it has come', () => {
    const deadlines = new Deadlines(limits, 1_000)
    deadlines.requestComplete(1_100)
    expect(deadlines.nextMs).toBe(1_250)
    deadlines.saw(1_240)
    expect(deadlines.nextMs).toBe(1_250)
    expect(deadlines.answerAt(1_250)).toBe(answers.requestTimeout)
  })

  it('know an answer that came to a halt from one that takes too long', () => {
    const deadlines = new Deadlines({ idleMs: 100, requestMs: never }, 1_000)
    deadlines.requestComplete(1_010)
    expect(deadlines.nextMs).toBe(1_110)
    expect(deadlines.answerAt(1_110)).toBe(answers.idleTimeout)
  })

  it('leave an upgraded connection as long as it says something', () => {
    const deadlines = new Deadlines(limits, 1_000)
    deadlines.requestComplete(1_000)
    deadlines.upgraded()
    deadlines.saw(9_000)
    expect(deadlines.nextMs).toBe(9_300)
    expect(deadlines.answerAt(9_300)).toBe(answers.idleTimeout)
  })

  it('are none where both timeouts are switched off', () => {
    const deadlines = new Deadlines({ idleMs: never, requestMs: never }, 1_000)
    deadlines.requestComplete(1_000)
    expect(deadlines.nextMs).toBe(never)
  })
})
