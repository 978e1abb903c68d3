import { describe, expect, it } from 'vitest'
import { planScale, scaleInput } from '@/lib/changes/scale'
import { planStopTask, stopTaskInput } from '@/lib/changes/stop-task'
import type { EcsService, Task } from '@/lib/inventory/model'
import { clusterArn, registryArn, service, task } from '../../support/inventory'

const web = (more: Partial<EcsService> = {}) => service('web', { desired: 2, ...more })
const input = { clusterArn: clusterArn(), serviceArn: web().arn, desiredCount: 3, seenDesiredCount: 2 }
const refusal = (of: EcsService | null, more: Partial<typeof input> = {}) => {
  const planned = planScale(of, { ...input, ...more })
  return planned.ok ? 'planned' : planned.code
}

describe('scaling a service', () => {
  it('is one call that sets the desired count and nothing else', () => {
    expect(planScale(web(), input)).toMatchObject({
      ok: true,
      plan: {
        title: 'Scale web to 3',
        steps: [
          {
            id: 'scale',
            command: 'ecs:UpdateService',
            input: { cluster: clusterArn(), service: web().arn, desiredCount: 3 },
            sentence: 'Set the desired count of web from 2 to 3.',
            undo: { possible: true, calls: [{ command: 'ecs:UpdateService', input: { desiredCount: 2 } }] },
          },
        ],
        seen: [{ facts: { desiredCount: 2 } }],
        confirm: null,
      },
    })
  })

  it('does not overwrite what somebody else set meanwhile', () => {
    const planned = planScale(web({ desired: 5 }), input)
    expect(planned).toMatchObject({ ok: false, code: 'ChangedMeanwhile' })
    if (!planned.ok)
      expect(planned.message).toBe('Somebody set the desired count of web to 5 meanwhile; you saw 2.')
  })

  it.each<[string, EcsService | null, Partial<typeof input>, string]>([
    ['is gone', null, {}, 'ServiceGone'],
    ['was deleted', web({ status: 'INACTIVE' }), {}, 'ServiceGone'],
    ['is draining', web({ status: 'DRAINING' }), {}, 'ServiceDraining'],
    [
      'registers and wants too many',
      web({ registryArns: [registryArn('web')] }),
      { desiredCount: 1_001 },
      'TooManyInstances',
    ],
    [
      'registers and wants many',
      web({ registryArns: [registryArn('web')] }),
      { desiredCount: 1_000 },
      'planned',
    ],
    ['does not register and wants many', web(), { desiredCount: 5_000 }, 'planned'],
    ['goes to zero', web(), { desiredCount: 0 }, 'planned'],
  ])('of a service that %s', (_name, of, more, code) => {
    expect(refusal(of, more)).toBe(code)
  })

  it.each([
    { desiredCount: -1 },
    { desiredCount: 5_001 },
    { desiredCount: 1.5 },
    { desiredCount: '3' },
    { desiredCount: Number.NaN },
    { serviceArn: 'web' },
    { serviceArn: 'arn:aws:ecs:us-east-1:000000000000:task/default/x' },
    { clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/a b' },
    { clusterArn: "arn:aws:ecs:us-east-1:000000000000:cluster/x'; DROP" },
    { clusterArn: 7 },
    { seenDesiredCount: undefined },
  ])('refuses the input %j', (more) => {
    expect(scaleInput.safeParse({ ...input, ...more }).success).toBe(false)
  })

  it('takes the input of the map', () => {
    expect(scaleInput.safeParse(input).success).toBe(true)
  })
})

describe('stopping a task', () => {
  const one = (more: Partial<Task> = {}) => task(1, 'web', more)
  const stop = { clusterArn: clusterArn(), taskArn: one().arn, reason: 'It misbehaves' }

  it('is one call with the reason', () => {
    expect(planStopTask(one(), stop)).toMatchObject({
      ok: true,
      plan: {
        steps: [
          {
            command: 'ecs:StopTask',
            input: { cluster: clusterArn(), task: one().arn, reason: 'It misbehaves' },
            sentence: 'Stop task 00000000 of web; the service starts another.',
          },
        ],
      },
    })
  })

  it('gives a reason when the person gave none', () => {
    expect(planStopTask(one(), { ...stop, reason: '' })).toMatchObject({
      plan: { steps: [{ input: { reason: 'Stopped from Switchboard' } }] },
    })
  })

  it('warns that nothing starts a task on its own again', () => {
    expect(planStopTask(one({ group: 'family:job' }), stop)).toMatchObject({
      plan: { steps: [{ sentence: 'Stop task 00000000 of job; nothing starts it again.' }] },
    })
  })

  it.each<[string, Task | null, string]>([
    ['unknown', null, 'TaskGone'],
    ['stopped', one({ lastStatus: 'STOPPED' }), 'AlreadyStopping'],
    ['stopping', one({ desiredStatus: 'STOPPED' }), 'AlreadyStopping'],
  ])('refuses one that is %s', (_name, of, code) => {
    expect(planStopTask(of, stop)).toMatchObject({ ok: false, code })
  })

  it.each([
    { taskArn: 'x' },
    { reason: 'x'.repeat(1_025) },
    { reason: 'a\u0000b' },
    { reason: 'a\nb' },
    { reason: undefined },
    { clusterArn: clusterArn('a/b') },
  ])('refuses the input %j', (more) => {
    expect(stopTaskInput.safeParse({ ...stop, ...more }).success).toBe(false)
  })
})
