import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenOf } from '@/lib/plan/run/token'
import { hostileText } from '../../../support/hostile-text'

const text = hostileText

describe('an idempotency token', () => {
  it('is the same for the same step of the same intent', () => {
    expect(tokenOf('intent-1', 'cluster', 0)).toBe(tokenOf('intent-1', 'cluster', 0))
  })

  it.each([
    ['another intent', tokenOf('intent-2', 'cluster', 0)],
    ['another step', tokenOf('intent-1', 'namespace', 0)],
    ['a later generation', tokenOf('intent-1', 'cluster', 1)],
    ['a name moved from one to the other', tokenOf('intent-1cluster', '', 0)],
  ])('is another one for %s', (_what, token) => {
    expect(token).not.toBe(tokenOf('intent-1', 'cluster', 0))
  })

  it('is never longer than CreateService of ECS takes, and ASCII whatever the names', () => {
    fc.assert(
      fc.property(text, text, fc.nat(), (intentId, stepId, generation) => {
        expect(tokenOf(intentId, stepId, generation)).toMatch(/^swb-[0-9a-f]{32}$/)
      }),
      { numRuns: 50 },
    )
  })
})
