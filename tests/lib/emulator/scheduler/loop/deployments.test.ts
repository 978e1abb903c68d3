import { describe, expect, it } from 'vitest'
import {
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  testTimes,
} from '../../../../support/emulator-context'
import { longMs } from '../../../../support/service-life'

const { startDelayMs } = testTimes

describe('deployments', () => {
  it('replaces every task, never below the floor nor above the ceiling, and ends with one deployment', () => {
    const ecs = makeReadyEcs()
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 150 }
    ecs.call('CreateService', goodService({ desiredCount: 4, deploymentConfiguration }))
    ecs.advance(longMs)
    const old = ecs.tasks('web')
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    const { deployments } = ecs.call<{ service: { deployments: unknown[] } }>('UpdateService', {
      service: 'web',
      taskDefinition: 'backend:2',
    }).service
    expect(deployments).toMatchObject([{ status: 'PRIMARY' }, { status: 'ACTIVE', runningCount: 4 }])
    let least = 4
    let most = 0
    for (let step = 0; step < 2_000; step++) {
      ecs.advance(10)
      const { runningCount = 0, pendingCount = 0 } = ecs.service('web')
      least = Math.min(least, runningCount)
      most = Math.max(most, runningCount + pendingCount)
    }
    expect(least).toBe(2)
    expect(most).toBeLessThanOrEqual(6)
    expect(ecs.service('web')).toMatchObject({
      runningCount: 4,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
    })
    expect(old.every(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(true)
    for (const { taskDefinitionArn } of ecs.tasks('web')) expect(taskDefinitionArn).toMatch(/backend:2$/)
  })

  it('says that it can not move when the percentages allow neither a start nor a stop, once', () => {
    const ecs = makeReadyEcs()
    const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 125 }
    ecs.call('CreateService', goodService({ desiredCount: 3, deploymentConfiguration }))
    ecs.advance(longMs)
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    ecs.advance(longMs)
    expect(
      ecs.events('web').filter((message) => message.includes('unable to stop or start tasks')),
    ).toHaveLength(1)
    expect(ecs.service('web').deployments).toHaveLength(2)
    ecs.call('UpdateService', { service: 'web', deploymentConfiguration: { maximumPercent: 200 } })
    ecs.advance(longMs)
    expect(ecs.service('web')).toMatchObject({
      runningCount: 3,
      deployments: [{ rolloutState: 'COMPLETED' }],
    })
  })

  it('keeps the old tasks while the new ones can not start, waiting longer each time', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    const old = ecs.tasks('web').map(({ id }) => id)
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no such program' })
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    ecs.advance(120_000)
    const starts = [...ecs.cluster().tasks.values()]
      .filter(({ id }) => !old.includes(id))
      .map(({ createdAtMs }) => createdAtMs)
    const rounds = [...new Set(starts)]
    const gaps = rounds.slice(1).map((atMs, index) => atMs - (rounds[index] ?? 0))
    expect(gaps.length).toBeGreaterThan(3)
    for (const [index, gap] of gaps.entries()) {
      expect(gap).toBeGreaterThanOrEqual(Math.min(startDelayMs * 2 ** index, testTimes.startDelayMaxMs))
      expect(gap).toBeLessThan(Math.min(startDelayMs * 2 ** index, testTimes.startDelayMaxMs) + 2_000)
    }
    expect(old.every((id) => ecs.task(id).lastStatus === 'RUNNING')).toBe(true)
    expect(ecs.events('web')).toContain('(service web) is unable to consistently start tasks successfully.')
    expect(ecs.service('web').deployments?.[0]).toMatchObject({
      rolloutState: 'IN_PROGRESS',
      failedTasks: starts.length,
    })
    const failed = [...ecs.cluster().tasks.values()].find(({ id }) => !old.includes(id))
    expect(ecs.task(failed?.id ?? '')).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotStartContainerError: no such program',
    })
  })

  it('starts at once again with a new deployment, whatever the delay of the one before', () => {
    const ecs = makeReadyEcs()
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no such program' })
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    ecs.runtime.fate = () => ({ kind: 'run' })
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    ecs.advance(3_000)
    expect(ecs.service('web')).toMatchObject({ runningCount: 2, deployments: [{ failedTasks: 0 }] })
  })

  it('gives up with the circuit breaker and keeps what still works', () => {
    const ecs = makeReadyEcs()
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: false } }
    ecs.call('CreateService', goodService({ deploymentConfiguration }))
    ecs.advance(longMs)
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no' })
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    ecs.advance(longMs)
    const service = ecs.service('web')
    expect(service).toMatchObject({ runningCount: 2 })
    expect(service.deployments).toMatchObject([
      {
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        failedTasks: 4,
      },
      { status: 'ACTIVE', runningCount: 2 },
    ])
    expect(ecs.events('web')[0]).toBe(
      `(service web) (deployment ${service.deployments?.[0]?.id}) deployment failed: tasks failed to start.`,
    )
  })

  it('rolls back to the deployment that last completed when that was asked for', () => {
    const ecs = makeReadyEcs()
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    ecs.call('CreateService', goodService({ deploymentConfiguration }))
    ecs.advance(longMs)
    const good = ecs.service('web').deployments?.[0]?.id
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    ecs.runtime.fate = ({ revision }) =>
      revision === 2 ? { kind: 'fail', reason: 'CannotStartContainerError: no' } : { kind: 'run' }
    ecs.call('UpdateService', { service: 'web', taskDefinition: 'backend' })
    ecs.advance(longMs)
    const service = ecs.service('web')
    expect(service).toMatchObject({ runningCount: 2, deployments: [{ id: good, rolloutState: 'COMPLETED' }] })
    expect(service.taskDefinition).toMatch(/backend:1$/)
    expect(ecs.events('web')).toContain(`(service web) rolling back to deployment ${good}.`)
  })

  it('stops the circuit breaker from rolling back a rollback', () => {
    const ecs = makeReadyEcs()
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } }
    ecs.runtime.fate = () => ({ kind: 'fail', reason: 'CannotStartContainerError: no' })
    ecs.call('CreateService', goodService({ deploymentConfiguration }))
    ecs.advance(10 * longMs)
    expect(ecs.service('web')).toMatchObject({ runningCount: 0, deployments: [{ rolloutState: 'FAILED' }] })
    expect(ecs.events('web').filter((message) => message.includes('rolling back'))).toEqual([])
  })
})
