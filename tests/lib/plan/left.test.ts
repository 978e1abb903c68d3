import { describe, expect, it } from 'vitest'
import { asLeft, changedSinceWords, touchedByUndo } from '@/lib/plan/left'
import { differences, type Subject } from '@/lib/plan/seen'
import { planStep, refTo } from '@/lib/plan/step'
import { recordWith } from '../../support/run-records'

const web: Subject = { kind: 'service', cluster: 'shop', service: 'web' }
const scaled = { status: 'ACTIVE', desiredCount: 4, taskDefinitionArn: 'web:1', deploymentId: 'ecs-svc/1' }

const scale = planStep(
  { command: 'ecs:UpdateService', input: { cluster: 'shop', service: 'web', desiredCount: 4 } },
  {
    id: 'scale',
    sentence: 'Set the desired count of web to 4.',
    undo: { possible: true, sentence: 'Set it back to 2.', calls: [] },
  },
)
const again = planStep(
  { command: 'ecs:UpdateService', input: { cluster: 'shop', service: 'web', forceNewDeployment: true } },
  {
    id: 'again',
    sentence: 'Replace the tasks.',
    undo: { possible: false, sentence: 'Nothing to go back to.' },
  },
)
const runOf = (made: boolean | null, steps = [scale, again]) =>
  recordWith(Object.fromEntries(steps.map(({ id }) => [id, { state: { made } }])), { state: 'done' }, steps)
    .run
const asIs = (input: unknown) => input

describe('what an undo would touch', () => {
  it('is what the run made and can take back, each once', () => {
    expect(touchedByUndo(runOf(true), asIs)).toEqual([web])
    expect(touchedByUndo(runOf(true, [scale, { ...scale, id: 'twice' }]), asIs)).toEqual([web])
  })

  it('is not what was there before, nor what cannot be taken back', () => {
    expect(touchedByUndo(runOf(false), asIs)).toEqual([])
    expect(touchedByUndo(runOf(null), asIs)).toEqual([])
    expect(touchedByUndo(runOf(true, [again]), asIs)).toEqual([])
  })

  it('is known by the references that the run has filled in', () => {
    const step = planStep(
      {
        command: 'ecs:UpdateService',
        input: { cluster: refTo('cluster', 'clusterArn'), service: 'web', desiredCount: 4 },
      },
      { id: 'scale', sentence: scale.sentence, undo: scale.undo },
    )
    expect(touchedByUndo(runOf(true, [step]), asIs)).toEqual([])
    expect(touchedByUndo(runOf(true, [step]), () => ({ cluster: 'shop', service: 'web' }))).toEqual([web])
  })
})

describe('what a run leaves behind', () => {
  it('is compared by what somebody changes, not by what moves by itself', () => {
    const shop: Subject = { kind: 'cluster', cluster: 'shop' }
    const left = asLeft(shop, { status: 'ACTIVE', activeServices: 1, runningTasks: 2 })
    expect(differences(left, { status: 'ACTIVE', activeServices: 1, runningTasks: 0 })).toEqual([])
    expect(differences(left, { status: 'ACTIVE', activeServices: 2, runningTasks: 2 })).toHaveLength(1)
  })

  it('may be gone already', () => {
    expect(asLeft(web, null)).toEqual({ subject: web, facts: null })
  })
})

describe('what came later, in words', () => {
  it.each([
    [{ ...scaled, desiredCount: 6 }, 'the desired count of service web was 4 and is 6'],
    [
      { ...scaled, taskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:2' },
      'the task definition of service web was web:1 and is web:2',
    ],
    [{ ...scaled, deploymentId: 'ecs-svc/2' }, 'service web was deployed anew'],
    [null, 'service web is gone'],
    [scaled, ''],
  ])('says what is no longer as the run left it', (now, words) => {
    expect(changedSinceWords(differences(asLeft(web, scaled), now))).toBe(words)
  })

  it('says that something is there again', () => {
    expect(changedSinceWords(differences(asLeft(web, null), scaled))).toBe('service web is there again')
  })
})
