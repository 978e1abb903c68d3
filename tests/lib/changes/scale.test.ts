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
            input: {
              cluster: input.clusterArn,
              service: input.serviceArn,
              desiredCount: 3,
            },
            sentence: 'Set the desired count of web from 2 to 3.',
            undo: { possible: true, calls: [{ command: 'ecs:UpdateService', input: { desiredCount: 2 } }] },
          },
        ],
        seen: [{ facts: { desiredCount: 2 } }],
        confirm: null,
      },
    })).toMatchObject(steps: [{ input: { reason: 'Stopped from Switchboard' } }] ,)
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
