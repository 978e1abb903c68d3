import { describe, expect, it } from 'vitest'
import { forecastUndo } from '@/components/plan/undo-forecast'
import { madeUpRun } from '../../support/made-up-runs'

describe('what an undo says before it is done', () => {
  it('takes back the last step first', () => {
    const { takesBack, leaves } = forecastUndo(
      madeUpRun({ state: 'failed' }, { state: 'done', made: true }, { state: 'done', made: true }),
    )
    expect(takesBack.map((each) => each.stepId)).toEqual(['discovery-cart', 'namespace'])
    expect(takesBack[0]?.text).toBe('Delete the discovery service.')
    expect(leaves).toEqual([])
  })

  it('leaves alone what was there before', () => {
    const { takesBack, leaves } = forecastUndo(
      madeUpRun({ state: 'failed' }, { state: 'done', made: false }, { state: 'done', made: true }),
    )
    expect(takesBack.map((each) => each.stepId)).toEqual(['discovery-cart'])
    expect(leaves).toEqual([
      {
        stepId: 'namespace',
        of: 'Create the HTTP namespace shop.local.',
        text: 'It was there before this run, so it stays.',
      },
    ])
  })

  it('says why something cannot be taken back', () => {
    const done = { state: 'done', made: true } as const
    const { takesBack, leaves } = forecastUndo(madeUpRun({ state: 'done' }, done, done, done))
    expect(takesBack).toHaveLength(2)
    expect(leaves).toEqual([
      { stepId: 'stop', of: 'Stop task abc.', text: 'A stopped task does not come back.' },
    ])
  })

  it('takes back an unknown outcome only if AWS did it, and says so', () => {
    const { takesBack } = forecastUndo(madeUpRun({ state: 'unknown' }, { state: 'unknown' }))
    expect(takesBack).toEqual([
      {
        stepId: 'namespace',
        of: 'Create the HTTP namespace shop.local.',
        text: 'Delete the namespace. Only if it turns out that AWS did it.',
      },
    ])
  })

  it('names each call that does something besides', () => {
    const run = madeUpRun({ state: 'done' }, { state: 'done', made: true })
    const steps = run.plan.steps.map((step) =>
      step.id === 'namespace' && step.undo.possible
        ? {
            ...step,
            undo: {
              ...step.undo,
              calls: step.undo.calls.map((call) => ({ ...call, sentence: 'Replace the tasks of cart.' })),
            },
          }
        : step,
    )
    const { takesBack } = forecastUndo({ ...run, plan: { ...run.plan, steps } })
    expect(takesBack.map(({ text }) => text)).toEqual(['Delete the namespace.', 'Replace the tasks of cart.'])
  })

  it('does not mention what never ran, failed or was taken back already', () => {
    expect(
      forecastUndo(
        madeUpRun(
          { state: 'undo failed' },
          { state: 'undone', made: true },
          { state: 'failed', made: false },
        ),
      ),
    ).toEqual({ takesBack: [], leaves: [] })
  })

  it('tries again what an undo could not take back', () => {
    const { takesBack } = forecastUndo(
      madeUpRun(
        { state: 'undo failed' },
        { state: 'undo failed', made: true },
        { state: 'undone', made: true },
      ),
    )
    expect(takesBack.map((each) => each.stepId)).toEqual(['namespace'])
  })
})
