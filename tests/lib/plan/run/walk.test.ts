import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanStep } from '@/lib/plan/plan'
import { mustUndo, stepsOf } from '@/lib/plan/run/next'
import type { StepState } from '@/lib/plan/run-state'
import { planStep } from '@/lib/plan/step'
import { wholeService } from '../../../support/plans'
import { type Walk, type Watch, walk } from '../../../support/run-walk'

/** A whole service, and two steps that do not come back; one of them waits before it. */
const steps: readonly PlanStep[] = [
  ...wholeService('shop'),
  planStep(
    { command: 'ecs:StopTask', input: { cluster: 'shop', task: 'abc' } },
    { id: 'stop', sentence: 'Stop task abc.' },
  ),
  planStep(
    { command: 'servicediscovery:DeleteService', input: { Id: 'srv-1' } },
    { id: 'delete', sentence: 'Delete discovery service srv-1.' },
  ),
]
const ids = steps.map(({ id }) => id)

const underWay: ReadonlySet<StepState> = new Set(['running', 'waiting', 'undoing'])

const dice = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(11)), {
  maxLength: 40,
  size: 'max',
})
const theirs = fc.subarray(['cluster', 'service'])

/** Walks many ways; each must hold. */
function everyWay(watch: Watch, atTheEnd: (walked: Walk) => void = () => undefined): void {
  fc.assert(
    fc.property(dice, theirs, (rolls, there) => {
      atTheEnd(walk({ steps, theirs: new Set(there), dice: rolls, watch }))
    }),
    { numRuns: 25 },
  )
}
const nobody: Watch = () => undefined

describe('a run through whatever goes wrong', () => {
  it('goes through the plan in its order when all goes well, and sends each call once', () => {
    const sent: string[] = []
    const { record } = walk({
      steps,
      theirs: new Set(),
      dice: [],
      watch: (event) => {
        if (event.type === 'sending') sent.push(event.stepId)
      },
    })
    expect(sent).toEqual(ids)
    expect(record.run).toMatchObject({ state: 'done', error: null })
    expect(record.run.steps.map(({ state, attempts }) => ({ state, attempts }))).toEqual(
      ids.map(() => ({ state: 'done', attempts: 1 })),
    )
  })

  it('never makes anything twice, even when a lost call arrives late', () => {
    everyWay(nobody, ({ things }) => {
      for (const [id, { made }] of things) expect({ id, made: made <= 1 }).toEqual({ id, made: true })
    })
  })

  it('has made everything when it says that it is done', () => {
    everyWay(nobody, ({ record, things }) => {
      if (record.run.state !== 'done') return
      expect(record.run.steps.map(({ state }) => state)).toEqual(ids.map(() => 'done'))
      for (const [id, thing] of things)
        expect({ id, there: thing.theirs || thing.made === 1 }).toEqual({ id, there: true })
    })
  })

  it('has taken everything back when it says that it is undone', () => {
    everyWay(nobody, ({ record, things }) => {
      if (record.run.state !== 'undone') return
      for (const { step } of stepsOf(record)) {
        const thing = things.get(step.id)
        const left = step.undo.possible && thing?.made === 1 && thing.undone < step.undo.calls.length
        expect({ id: step.id, left }).toEqual({ id: step.id, left: false })
      }
    })
  })

  it('takes back nothing that was there before it', () => {
    everyWay((event, before) => {
      if (event.type !== 'undo sending') return
      const step = before.run.steps.find(({ stepId }) => stepId === event.stepId)
      expect(step?.made).toBe(true)
    })
    everyWay(nobody, ({ things }) => {
      for (const thing of things.values()) if (thing.theirs) expect(thing.undoSends).toBe(0)
    })
  })

  it('takes back only what can be taken back', () => {
    everyWay((event, before) => {
      if (event.type !== 'undo sending') return
      expect(before.run.plan.steps.find(({ id }) => id === event.stepId)?.undo.possible).toBe(true)
    })
  })

  it('begins a step only after all before it are done', () => {
    everyWay((event, before) => {
      if (event.type !== 'sending') return
      const earlier = before.run.steps.slice(0, ids.indexOf(event.stepId))
      expect(earlier.every(({ state }) => state === 'done')).toBe(true)
    })
  })

  it('takes a step back only after all behind it are', () => {
    everyWay((event, before) => {
      if (event.type !== 'undo sending') return
      const later = stepsOf(before).slice(ids.indexOf(event.stepId) + 1)
      expect(later.some(mustUndo)).toBe(false)
    })
  })

  it('sends nothing for a step that AWS took, or may have taken', () => {
    everyWay((event, before) => {
      if (event.type !== 'sending') return
      const memory = before.memory.find(({ stepId }) => stepId === event.stepId)
      expect(memory).toMatchObject({ taken: false, uncertain: false, lookedBefore: true })
    })
  })

  it('sends nothing before the world was looked at', () => {
    everyWay((event, before) => {
      if (event.type === 'sending') expect(before.checked).toBe(true)
    })
  })

  it('keeps the token of a step until AWS has used it up', () => {
    everyWay((event, before, after) => {
      const usedUp = event.type === 'wait failed' && event.nothingMade
      const stepId = 'stepId' in event ? event.stepId : null
      const renewed = before.memory.filter(({ token }, index) => token !== after.memory[index]?.token)
      expect(renewed.map((memory) => memory.stepId)).toEqual(usedUp ? [stepId] : [])
    })
  })

  it('has at most one step under way, and none when it rests', () => {
    everyWay((_event, _before, { run }) => {
      const busy = run.steps.filter(({ state }) => underWay.has(state)).length
      expect(busy).toBeLessThanOrEqual(run.state === 'running' || run.state === 'undoing' ? 1 : 0)
    })
  })

  it('says of a resting run that a step is unknown as long as nobody has looked', () => {
    everyWay((event, _before, after) => {
      if (event.type !== 'interrupted' || after.run.state !== 'interrupted') return
      for (const { state, memory } of stepsOf(after))
        if (memory.uncertain) expect(['unknown', 'failed']).toContain(state.state)
    })
  })

  it('has an end exactly when it rests', () => {
    everyWay((_event, _before, { run }) => {
      const isOpen = run.state === 'running' || run.state === 'undoing'
      expect(run.finishedAtMs === null).toBe(isOpen)
    })
  })

  it('says why wherever it says that something failed or is not known', () => {
    everyWay((_event, _before, { run }) => {
      for (const { state, error } of run.steps)
        if (state === 'undo failed' || state === 'unknown') expect(error?.message).toBeTruthy()
    })
  })

  it('grows a version with every change, and is plain JSON after each', () => {
    everyWay((_event, before, after) => {
      expect(after === before || after.version === before.version + 1).toBe(true)
    })
    everyWay(nobody, ({ record }) => {
      const read: unknown = JSON.parse(JSON.stringify(record))
      expect(read).toStrictEqual(record)
    })
  })

  it('ends done or undone once nothing goes wrong any more', () => {
    everyWay(nobody, ({ record }) => {
      expect(['done', 'undone', 'failed', 'undo failed']).toContain(record.run.state)
    })
  })
})
