import { describe, expect, it } from 'vitest'
import type { DiscoveryServiceRecord } from '@/lib/emulator/state/cloud-map'
import {
  appContainer,
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  type TestEcs,
  testTimes,
} from '../../../support/emulator-context'
import { testScope } from '../../../support/test-context'

const { taskStepMs, healthyAfterMs, startDelayMs } = testTimes
/** Long enough for everything that comes to rest by itself. */
const longMs = 60_000

const healthCheck = { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'] }

/** A discovery service put into the state by hand; the registry's own operations have tests of their own. */
function addRegistry(ecs: TestEcs, changes: Partial<DiscoveryServiceRecord> = {}): DiscoveryServiceRecord {
  const id = 'srv-backendapi000000'
  const record: DiscoveryServiceRecord = {
    id,
    arn: `arn:aws:servicediscovery:${testScope.region}:${testScope.accountId}:service/${id}`,
    name: 'backend-api',
    namespaceId: 'ns-production00000',
    type: 'DNS_HTTP',
    dnsRecords: [{ Type: 'A', TTL: 60 }],
    routingPolicy: 'MULTIVALUE',
    healthCheckCustom: true,
    attributes: new Map(),
    createdAtMs: 0,
    revision: 0,
    instances: new Map(),
    ...changes,
  }
  ecs.state.cloudMap.services.set(id, record)
  return record
}

const firstTask = (ecs: TestEcs) => {
  const [task] = ecs.tasks('web')
  if (!task) throw new Error('The service has no task')
  return task
}

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

describe('service discovery', () => {
  it('registers a task on its way to RUNNING and takes it out before anything is stopped', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs)
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
    const registry = addRegistry(ecs, { dnsRecords: [{ Type: 'SRV', TTL: 10 }] })
    const serviceRegistries = [{ registryArn: registry.arn, containerName: 'app', containerPort: 8080 }]
    ecs.call('CreateService', goodService({ desiredCount: 1, serviceRegistries }))
    ecs.advance(longMs)
    expect([...registry.instances.values()][0]?.attributes).toMatchObject({ AWS_INSTANCE_PORT: '8080' })
  })

  it('takes a killed task out at once, and registers its replacement', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs)
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
    const registry = addRegistry(ecs)
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
    const registry = addRegistry(ecs)
    ecs.call('CreateService', goodService({ serviceRegistries: [{ registryArn: registry.arn }] }))
    ecs.state.cloudMap.services.clear()
    ecs.advance(longMs)
    expect(ecs.service('web').runningCount).toBe(2)
    expect(ecs.events('web').filter((message) => message.includes('can not be registered'))).toHaveLength(1)
  })

  it('leaves the registry when a deployment removes it', () => {
    const ecs = makeReadyEcs()
    const registry = addRegistry(ecs)
    ecs.call('CreateService', goodService({ serviceRegistries: [{ registryArn: registry.arn }] }))
    ecs.advance(longMs)
    expect(registry.instances.size).toBe(2)
    ecs.call('UpdateService', { service: 'web', serviceRegistries: [] })
    ecs.advance(longMs)
    expect(registry.instances.size).toBe(0)
    expect(ecs.service('web')).toMatchObject({ runningCount: 2, serviceRegistries: [] })
  })
})

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
