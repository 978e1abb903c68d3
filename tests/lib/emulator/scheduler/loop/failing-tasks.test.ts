import { describe, expect, it } from 'vitest'
import { appContainer, goodService, makeReadyEcs } from '../../../../support/emulator-context'
import { firstTask, healthCheck, longMs } from '../../../../support/service-life'

describe('tasks that go wrong', () => {
  it('replaces an unhealthy task after its replacement is healthy', () => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [{ ...appContainer, healthCheck }] })
    ecs.runtime.fate = () => ({ kind: 'run', health: 'HEALTHY' })
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    const sick = firstTask(ecs)
    ecs.runtime.tell(sick.id, { kind: 'container-health', container: 'app', status: 'UNHEALTHY' })
    ecs.advance(0)
    expect(ecs.tasks('web')).toHaveLength(3)
    expect(ecs.events('web')[0]).toMatch(
      /has started 1 tasks: .* replaced 1 tasks due to an unhealthy status\.$/,
    )
    ecs.advance(longMs)
    expect(ecs.task(sick.id)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    })
    expect(ecs.service('web').runningCount).toBe(2)
    expect(ecs.events('web')).toContain(`(service web) (task ${sick.id}) failed container health checks.`)
  })

  it('lets a task be within its health check grace period', () => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [{ ...appContainer, healthCheck }] })
    ecs.runtime.fate = () => ({ kind: 'run', health: 'UNHEALTHY' })
    ecs.call('CreateService', goodService({ desiredCount: 1, healthCheckGracePeriodSeconds: 30 }))
    ecs.advance(20_000)
    expect(ecs.cluster().tasks.size).toBe(1)
    ecs.advance(20_000)
    expect(ecs.cluster().tasks.size).toBeGreaterThan(1)
  })

  it('keeps an unhealthy standalone task running', () => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [{ ...appContainer, healthCheck }] })
    ecs.runtime.fate = () => ({ kind: 'run', health: 'UNHEALTHY' })
    ecs.call('RunTask', { taskDefinition: 'backend', launchType: 'FARGATE' })
    ecs.advance(longMs)
    expect([...ecs.cluster().live.values()]).toMatchObject([{ lastStatus: 'RUNNING' }])
  })

  it('ends a standalone task whose essential container exits, with its exit code, and starts no other', () => {
    const ecs = makeReadyEcs()
    ecs.runtime.fate = () => ({ kind: 'exit', afterMs: 5_000, exitCode: 3 })
    ecs.call('RunTask', { taskDefinition: 'backend', launchType: 'FARGATE' })
    ecs.advance(longMs)
    const [task] = [...ecs.cluster().tasks.values()]
    expect(ecs.task(task?.id ?? '')).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      group: 'family:backend',
      containers: [{ exitCode: 3, lastStatus: 'STOPPED' }],
    })
    expect(ecs.cluster().tasks.size).toBe(1)
  })

  it('goes on when a container that is not essential exits', () => {
    const ecs = makeReadyEcs(
      {},
      { containerDefinitions: [appContainer, { name: 'init', image: 'busybox', essential: false }] },
    )
    ecs.call('CreateService', goodService({ desiredCount: 1 }))
    ecs.advance(longMs)
    const task = firstTask(ecs)
    ecs.runtime.tell(task.id, { kind: 'container-exited', container: 'init', exitCode: 0 })
    ecs.advance(longMs)
    expect(ecs.task(task.id)).toMatchObject({
      lastStatus: 'RUNNING',
      containers: [
        { name: 'app', lastStatus: 'RUNNING' },
        { name: 'init', lastStatus: 'STOPPED', exitCode: 0 },
      ],
    })
  })

  it('slows down for a task that exits soon after each start, and stays quick for one that ran long', () => {
    const ecs = makeReadyEcs()
    ecs.runtime.fate = () => ({ kind: 'exit', afterMs: 1_000, exitCode: 1 })
    ecs.call('CreateService', goodService({ desiredCount: 1 }))
    ecs.advance(120_000)
    expect(ecs.cluster().tasks.size).toBeLessThan(15)
    expect(ecs.cluster().tasks.size).toBeGreaterThan(4)
    const steady = makeReadyEcs()
    steady.call('CreateService', goodService({ desiredCount: 1 }))
    for (let day = 0; day < 5; day++) {
      steady.advance(longMs)
      steady.runtime.kill(firstTask(steady).id)
      steady.advance(0)
      expect(steady.tasks('web')).toHaveLength(1)
    }
  })

  it('tells a failed address or start as the reason of the stopped task', () => {
    const ecs = makeReadyEcs()
    ecs.runtime.breakNext('address', 'all addresses are taken')
    ecs.call('RunTask', { taskDefinition: 'backend' })
    ecs.advance(longMs)
    ecs.runtime.breakNext('start', 'spawn failed')
    ecs.call('RunTask', { taskDefinition: 'backend' })
    ecs.advance(longMs)
    expect([...ecs.cluster().tasks.values()]).toMatchObject([
      {
        lastStatus: 'STOPPED',
        stopCode: 'TaskFailedToStart',
        stoppedReason: 'ResourceInitializationError: no address for the task: all addresses are taken',
      },
      { lastStatus: 'STOPPED', stoppedReason: 'CannotStartContainerError: spawn failed' },
    ])
    expect(ecs.runtime.releasedAddresses).toHaveLength(1)
  })

  it('stops a task on request with the reason that was given, and replaces it in its service', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    const task = firstTask(ecs)
    const { task: told } = ecs.call<{ task: object }>('StopTask', { task: task.arn, reason: 'trying it out' })
    expect(told).toMatchObject({ desiredStatus: 'STOPPED', lastStatus: 'RUNNING' })
    ecs.advance(longMs)
    expect(ecs.task(task.id)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'trying it out',
    })
    expect(ecs.service('web').runningCount).toBe(2)
    expect(ecs.service('web').deployments?.[0]?.failedTasks).toBe(0)
  })
})
