import { describe, expect, it } from 'vitest'
import { goodService, makeReadyEcs, testTimes } from '../../../support/emulator-context'
import { longMs } from '../../../support/service-life'
import { testScope } from '../../../support/test-context'

const { taskStepMs } = testTimes

describe('the loop itself', () => {
  it('ignores events of tasks that nobody knows', () => {
    const ecs = makeReadyEcs()
    ecs.scheduler.onRuntimeEvent({
      kind: 'task-ended',
      taskId: 'f'.repeat(32),
      scope: testScope,
      atMs: ecs.clock.now(),
    })
    expect(ecs.clock.waiting).toBe(0)
  })

  it('does nothing more once it is stopped', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.scheduler.stop()
    ecs.advance(longMs)
    expect(ecs.service('web').pendingCount).toBe(0)
  })

  it('goes on with the others when one service can not be worked on, and says which', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ serviceName: 'broken' }))
    ecs.call('CreateService', goodService())
    ecs.state.ecs.taskDefinitions.set('gone', [])
    const [deployment] = ecs.serviceRecord('broken').deployments
    if (deployment)
      Object.assign(deployment, { taskDefinitionArn: 'arn:aws:ecs:us-east-1:1:task-definition/gone:1' })
    ecs.advance(longMs)
    expect(ecs.service('web').runningCount).toBe(2)
    expect(ecs.lines.some((line) => line.startsWith('error The scheduler failed at service broken'))).toBe(
      true,
    )
  })

  it('brings a thousand tasks up and down again', () => {
    const ecs = makeReadyEcs()
    for (let number = 0; number < 50; number++)
      ecs.call('CreateService', goodService({ serviceName: `web-${number}`, desiredCount: 20 }))
    ecs.advance(longMs)
    expect(ecs.call('DescribeClusters')).toMatchObject({
      clusters: [{ runningTasksCount: 1_000, pendingTasksCount: 0, activeServicesCount: 50 }],
    })
    for (let number = 0; number < 50; number++)
      ecs.call('DeleteService', { service: `web-${number}`, force: true })
    ecs.advance(longMs)
    expect(ecs.call('DescribeClusters')).toMatchObject({
      clusters: [{ runningTasksCount: 0, activeServicesCount: 0 }],
    })
    expect(ecs.cluster().live.size).toBe(0)
  })

  it('keeps accounts and regions apart', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    const elsewhere = ecs.regions.of({ ...testScope, region: 'eu-west-1' })
    ecs.advance(longMs)
    expect(elsewhere.ecs.tasks.size).toBe(0)
    expect(ecs.service('web').runningCount).toBe(2)
  })

  it('forgets everything with its region', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(taskStepMs)
    ecs.regions.clear()
    ecs.advance(longMs)
    expect(ecs.clock.waiting).toBe(0)
  })
})
