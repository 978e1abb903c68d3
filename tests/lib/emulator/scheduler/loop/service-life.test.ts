import { describe, expect, it } from 'vitest'
import { goodService, makeReadyEcs, testTimes } from '../../../../support/emulator-context'
import { firstTask, longMs } from '../../../../support/service-life'

const { taskStepMs, healthyAfterMs } = testTimes

describe('a service from its first task to its end', () => {
  it('starts the wanted tasks, passes every status, and says so in events', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    expect(ecs.service('web')).toMatchObject({ desiredCount: 2, runningCount: 0, pendingCount: 0 })
    ecs.advance(0)
    expect(ecs.service('web')).toMatchObject({ runningCount: 0, pendingCount: 2 })
    const task = firstTask(ecs)
    const seen = [task.lastStatus]
    for (let step = 0; step < 200; step++) {
      ecs.advance(5)
      if (seen.at(-1) !== task.lastStatus) seen.push(task.lastStatus)
    }
    expect(seen).toEqual(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'])
    ecs.advance(healthyAfterMs)
    expect(ecs.service('web')).toMatchObject({ runningCount: 2, pendingCount: 0 })
    const deployment = ecs.service('web').deployments?.[0]
    expect(deployment).toMatchObject({
      rolloutState: 'COMPLETED',
      rolloutStateReason: `ECS deployment ${deployment?.id} completed.`,
    })
    const ids = ecs.tasks('web').map(({ id }) => id)
    expect(ecs.events('web')).toEqual([
      '(service web) has reached a steady state.',
      `(service web) (deployment ${deployment?.id}) deployment completed.`,
      `(service web) has started 2 tasks: (task ${ids[0]}) (task ${ids[1]}).`,
    ])
  })

  it('says steady again after six hours and not before', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    const steady = () => ecs.events('web').filter((message) => message.includes('steady state')).length
    ecs.advance(5 * 3_600_000)
    expect(steady()).toBe(1)
    ecs.advance(3_600_000)
    expect(steady()).toBe(2)
  })

  it('sleeps when nothing is to be done: a quiet service leaves one timer', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ desiredCount: 20 }))
    ecs.advance(longMs)
    expect(ecs.clock.waiting).toBe(1)
  })

  it('scales out and in without a deployment, and says why tasks went', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    ecs.call('UpdateService', { service: 'web', desiredCount: 5 })
    ecs.advance(longMs)
    expect(ecs.service('web')).toMatchObject({ runningCount: 5, deployments: [{ status: 'PRIMARY' }] })
    const before = ecs.tasks('web')
    ecs.call('UpdateService', { service: 'web', desiredCount: 1 })
    ecs.advance(longMs)
    expect(ecs.service('web')).toMatchObject({ runningCount: 1, desiredCount: 1 })
    const gone = before.filter(({ lastStatus }) => lastStatus === 'STOPPED')
    expect(gone).toHaveLength(4)
    for (const { id, startedBy } of gone)
      expect(ecs.task(id)).toMatchObject({
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: `Scaling activity initiated by (deployment ${startedBy})`,
        containers: [{ lastStatus: 'STOPPED', exitCode: 143 }],
      })
    expect(ecs.events('web').find((message) => message.includes('has stopped'))).toMatch(
      /^\(service web\) has stopped 4 running tasks: (\(task \w{32}\) ?){4}\.$/,
    )
  })

  it('goes from DRAINING to INACTIVE once every task has stopped, and is forgotten later', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    const ids = ecs.tasks('web').map(({ id }) => id)
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(taskStepMs)
    expect(ecs.service('web').status).toBe('DRAINING')
    ecs.advance(longMs)
    expect(ecs.service('web')).toMatchObject({ status: 'INACTIVE', runningCount: 0, deployments: [] })
    for (const id of ids) expect(ecs.task(id).lastStatus).toBe('STOPPED')
    ecs.advance(testTimes.inactiveServiceKeptMs)
    expect(ecs.call('DescribeServices', { services: ['web'] })).toMatchObject({
      services: [],
      failures: [{ reason: 'MISSING' }],
    })
    for (const id of ids)
      expect(ecs.call('DescribeTasks', { tasks: [id] })).toMatchObject({
        tasks: [],
        failures: [{ reason: 'MISSING' }],
      })
  })

  it('ends tasks that were still on their way when the service is deleted', () => {
    const ecs = makeReadyEcs()
    ecs.runtime.fate = () => ({ kind: 'silent' })
    ecs.call('CreateService', goodService())
    ecs.advance(taskStepMs * 3)
    expect(ecs.service('web').pendingCount).toBe(2)
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(longMs)
    expect(ecs.service('web').status).toBe('INACTIVE')
    expect(ecs.runtime.alive.size).toBe(0)
  })

  it('can be made again under its name once it is INACTIVE', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    ecs.call('DeleteService', { service: 'web', force: true })
    expect(ecs.refusal('CreateService', goodService())).toEqual({
      code: 'InvalidParameterException',
      message: 'Unable to Start a service that is still Draining.',
    })
    ecs.advance(longMs)
    ecs.call('CreateService', goodService({ desiredCount: 1 }))
    ecs.advance(longMs)
    expect(ecs.service('web')).toMatchObject({ status: 'ACTIVE', runningCount: 1 })
    ecs.advance(testTimes.inactiveServiceKeptMs)
    expect(ecs.service('web')).toMatchObject({ status: 'ACTIVE', runningCount: 1 })
  })
})
