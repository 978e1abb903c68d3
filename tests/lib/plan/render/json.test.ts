import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { creates } from '@/lib/plan/render/creates'
import { renderPlan } from '@/lib/plan/render/render'
import type { RenderTarget } from '@/lib/plan/render/rendered'
import { inputOf } from '@/lib/plan/render/value'
import { planFromText } from '@/lib/plan/schema'
import { planStep } from '@/lib/plan/step'
import { hostileText } from '../../../support/hostile-text'
import { callArbitrary } from '../../../support/modelled-arbitrary'
import { demoPlan, planOf } from '../../../support/sample-plans'

const target: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }

describe('a plan as JSON', () => {
  it('is the plan in a versioned envelope, with its references', () => {
    const envelope: unknown = JSON.parse(renderPlan(demoPlan(), 'json', target).text)
    expect(envelope).toEqual({
      switchboard: 1,
      title: 'Service-to-service demo',
      steps: demoPlan().steps.map(({ id, sentence, command, input }) => ({ id, sentence, command, input })),
    })
  })

  it('is taken in again by an import, whatever texts are in it', () => {
    const calls = fc.oneof(...creates.map((command) => callArbitrary(command, hostileText)))
    const title = hostileText.map((text) => `T ${text}`.trim())
    fc.assert(
      fc.property(fc.array(calls, { minLength: 1, maxLength: 4 }), title, (made, words) => {
        // Tokens are never exported, so a call is compared without.
        const steps = made.map((call, index) => planStep(call, { id: `step-${index}`, sentence: words }))
        const read = planFromText(renderPlan(planOf(words, steps), 'json', target).text)
        expect(read.ok || read.message).toBe(true)
        if (!read.ok) return
        expect(read.plan.title).toBe(words)
        expect(read.plan.steps.map(inputOf)).toEqual(steps.map(inputOf))
        expect(
          read.plan.steps.map(({ id, command, permissions, after }) => ({ id, command, permissions, after })),
        ).toEqual(steps.map(({ id, command, permissions, after }) => ({ id, command, permissions, after })))
      }),
      { numRuns: 200 },
    )
  })

  it('gives any plan back and hides nothing', () => {
    const calls = fc.oneof(...creates.map((command) => callArbitrary(command, hostileText)))
    fc.assert(
      fc.property(fc.array(calls, { maxLength: 4 }), hostileText, (made, title) => {
        const steps = made.map((call, index) => planStep(call, { id: `step-${index}`, sentence: title }))
        const { text } = renderPlan(planOf(title, steps), 'json', target)
        expect(JSON.parse(text)).toEqual({
          switchboard: 1,
          title,
          steps: steps.map((step) => ({
            id: step.id,
            sentence: title,
            command: step.command,
            input: inputOf(step),
          })),
        })
        expect(text).not.toMatch(/(?![ \n])[\p{C}\p{Z}]/u)
      }),
      { numRuns: 200 },
    )
  })
})
