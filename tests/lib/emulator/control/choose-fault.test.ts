import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseFault, meansOperation } from '@/lib/emulator/control/choose-fault'
import type { Fault, FaultCount } from '@/lib/emulator/control/fault'

const fault = (changes: Partial<Fault> = {}): FaultCount => ({
  fault: {
    id: 'f',
    operation: 'ecs:CreateService',
    times: 1,
    skip: 0,
    kind: 'throttle',
    ...changes,
  } as Fault,
  seen: 0,
  hit: 0,
})

/** Which of `calls` are hit, in order: the fault's id or a dash. */
const hits = (counts: readonly FaultCount[], calls: readonly string[]): string => {
  let now = counts
  return calls
    .map((operation) => {
      const chosen = chooseFault(now, operation, 'call')
      now = chosen.counts
      return chosen.fault?.id ?? '-'
    })
    .join('')
}
const calls = (count: number) => Array.from({ length: count }, () => 'ecs:CreateService')

describe('a fault', () => {
  it('means one operation, a service, or everything', () => {
    expect(meansOperation('ecs:CreateService', 'ecs:CreateService')).toBe(true)
    expect(meansOperation('ecs:*', 'ecs:CreateService')).toBe(true)
    expect(meansOperation('*', 'sts:GetCallerIdentity')).toBe(true)
    expect(meansOperation('ecs:Create', 'ecs:CreateService')).toBe(false)
    expect(meansOperation('servicediscovery:*', 'ecs:CreateService')).toBe(false)
    expect(meansOperation('servicediscovery:CreateService', 'ecs:CreateService')).toBe(false)
  })

  it('hits once unless told otherwise', () => {
    expect(hits([fault()], calls(3))).toBe('f--')
  })

  it('lets the calls that it skips go by', () => {
    expect(hits([fault({ skip: 2, times: 2 })], calls(6))).toBe('--ff--')
  })

  it('goes on until it is cleared when times is null', () => {
    expect(hits([fault({ times: null, skip: 1 })], calls(4))).toBe('-fff')
  })

  it('counts the call even when another fault hits it', () => {
    expect(hits([fault({ id: 'a' }), fault({ id: 'b', skip: 1 })], calls(3))).toBe('ab-')
  })

  it('waits for its turn behind an earlier one that is due', () => {
    expect(hits([fault({ id: 'a' }), fault({ id: 'b' })], calls(3))).toBe('ab-')
  })

  it('in an operation is not met by the call around it, nor the other way round', () => {
    const both = [fault({ id: 'call' }), fault({ id: 'operation', kind: 'hold-operation' })]
    expect(chooseFault(both, 'ecs:CreateService', 'call').fault?.id).toBe('call')
    expect(chooseFault(both, 'ecs:CreateService', 'operation').fault?.id).toBe('operation')
  })

  it('never hits more than its times, never before its skip, and one call meets one fault at most', () => {
    const anyFault = fc.record({
      times: fc.option(fc.integer({ min: 1, max: 4 })),
      skip: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(
        fc.array(anyFault, { maxLength: 5 }),
        fc.integer({ min: 0, max: 20 }),
        (given, callCount) => {
          let counts: readonly FaultCount[] = given.map((changes, index) =>
            fault({ id: String(index), ...changes }),
          )
          for (let call = 0; call < callCount; call += 1) {
            const before = counts.reduce((sum, { hit }) => sum + hit, 0)
            counts = chooseFault(counts, 'ecs:CreateService', 'call').counts
            expect(counts.reduce((sum, { hit }) => sum + hit, 0) - before).toBeLessThanOrEqual(1)
          }
          for (const {
            fault: { times, skip },
            seen,
            hit,
          } of counts) {
            expect(seen).toBe(callCount)
            expect(hit).toBeLessThanOrEqual(Math.min(times ?? Infinity, Math.max(0, callCount - skip)))
          }
        },
      ),
    )
  })
})
