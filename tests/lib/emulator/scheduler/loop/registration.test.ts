import { describe, expect, it } from 'vitest'
import { appContainer, goodService, makeReadyEcs, testTimes } from '../../../../support/emulator-context'
import { firstTask, healthCheck, longMs } from '../../../../support/service-life'
import { addRegistry } from '../../../../support/service-registry'

const { taskStepMs } = testTimes

describe('service discovery', () => {
  it('registers a task on its way to RUNNING and takes it out before anything is stopped', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs, ['A'])
    ecs.call(
      'CreateService',
      goodService({ desiredCount: 1, serviceRegistries: [{ registryArn: registry.arn }] }),
    )
    ecs.advance(0)
    const task = firstTask(ecs)
    const seen = new Map<string, boolean>()
    const look = () => seen.set(task.lastStatus, registry.instances.has(task.id))
    for (let step = 0; step < 200; step++) {
      ecs.advance(5)
      look()
    }
    expect(registry.instances.get(task.id)?.attributes).toEqual({
      AVAILABILITY_ZONE: task.availabilityZone,
      AWS_INIT_HEALTH_STATUS: 'HEALTHY',
      AWS_INSTANCE_IPV4: task.address,
      ECS_CLUSTER_NAME: 'default',
      ECS_SERVICE_NAME: 'web',
      ECS_TASK_DEFINITION_FAMILY: 'backend',
      REGION: 'us-east-1',
    })
    ecs.advance(longMs)
    ecs.call('UpdateService', { service: 'web', desiredCount: 0 })
    let registeredWhenStopped: boolean | undefined
    for (let step = 0; step < 200; step++) {
      ecs.advance(5)
      look()
      if (ecs.runtime.stops.includes(task.id)) registeredWhenStopped ??= registry.instances.has(task.id)
    }
    expect(registeredWhenStopped).toBe(false)
    expect([...seen]).toEqual([
      ['PROVISIONING', false],
      ['PENDING', false],
      ['ACTIVATING', true],
      ['RUNNING', true],
      ['DEACTIVATING', false],
      ['STOPPING', false],
      ['DEPROVISIONING', false],
      ['STOPPED', false],
    ])
    expect(
      ecs.events('web').some((message) => message.includes('has begun draining connections on 1 tasks')),
    ).toBe(true)
  })

  it('registers the port where there is an SRV record', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs, ['SRV'])
    const serviceRegistries = [{ registryArn: registry.arn, containerName: 'app', containerPort: 8080 }]
    ecs.call('CreateService', goodService({ desiredCount: 1, serviceRegistries }))
    ecs.advance(longMs)
    expect([...registry.instances.values()][0]?.attributes).toMatchObject({ AWS_INSTANCE_PORT: '8080' })
  })

  it('takes a killed task out at once, and registers its replacement', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs, ['A'])
    ecs.call('CreateService', goodService({ serviceRegistries: [{ registryArn: registry.arn }] }))
    ecs.advance(longMs)
    const victim = firstTask(ecs)
    ecs.runtime.kill(victim.id)
    ecs.advance(0)
    expect(registry.instances.has(victim.id)).toBe(false)
    expect(ecs.task(victim.id)).toMatchObject({
      lastStatus: 'DEACTIVATING',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 137 }],
    })
    ecs.advance(longMs)
    expect([...registry.instances.keys()].sort()).toEqual(
      ecs
        .tasks('web')
        .map(({ id }) => id)
        .sort(),
    )
    expect(ecs.service('web').runningCount).toBe(2)
  })

  it('says UNHEALTHY first for tasks with a health check and tells Cloud Map what the check says', () => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [{ ...appContainer, healthCheck }] })
    const registry = addRegistry(ecs, ['A'])
    ecs.runtime.fate = () => ({ kind: 'silent' })
    ecs.call(
      'CreateService',
      goodService({ desiredCount: 1, serviceRegistries: [{ registryArn: registry.arn }] }),
    )
    ecs.advance(taskStepMs)
    const task = firstTask(ecs)
    ecs.runtime.tell(task.id, { kind: 'container-started', container: 'app', standIn: false })
    ecs.advance(taskStepMs)
    const health = () => registry.instances.get(task.id)?.health
    expect(health()).toBe('UNHEALTHY')
    expect(registry.instances.get(task.id)?.attributes).toMatchObject({ AWS_INIT_HEALTH_STATUS: 'UNHEALTHY' })
    ecs.runtime.tell(task.id, { kind: 'container-health', container: 'app', status: 'HEALTHY' })
    ecs.advance(testTimes.customHealthDelayMs)
    expect(health()).toBe('HEALTHY')
    expect(ecs.task(task.id).healthStatus).toBe('HEALTHY')
  })

  it('runs tasks unregistered and says so when the registry is gone', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs, ['A'])
    ecs.call('CreateService', goodService({ serviceRegistries: [{ registryArn: registry.arn }] }))
    ecs.state.cloudMap.services.clear()
    ecs.advance(longMs)
    expect(ecs.service('web').runningCount).toBe(2)
    expect(ecs.events('web').filter((message) => message.includes('can not be registered'))).toHaveLength(1)
  })

  it('leaves the registry when a deployment removes it', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs, ['A'])
    ecs.call('CreateService', goodService({ serviceRegistries: [{ registryArn: registry.arn }] }))
    ecs.advance(longMs)
    expect(registry.instances.size).toBe(2)
    ecs.call('UpdateService', { service: 'web', serviceRegistries: [] })
    ecs.advance(longMs)
    expect(registry.instances.size).toBe(0)
    expect(ecs.service('web')).toMatchObject({ runningCount: 2, serviceRegistries: [] })
  })
})
