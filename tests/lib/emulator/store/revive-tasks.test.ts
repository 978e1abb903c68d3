import { describe, expect, it } from 'vitest'
import { createPrivateDnsNamespace } from '@/lib/emulator/cloud-map/create-namespace'
import { registerInstance, updateInstanceCustomHealthStatus } from '@/lib/emulator/cloud-map/instances'
import { createService } from '@/lib/emulator/cloud-map/services'
import { resumeWaiting, reviveTasks } from '@/lib/emulator/store/revive-tasks'
import { goodService, goodTaskDefinition, makeTestEcs, type TestEcs } from '../../../support/emulator-context'
import { keepRegions, restoredFrom } from '../../../support/memory-store'
import { testScope } from '../../../support/test-context'

const times = { operationDelayMs: 30, taskStepMs: 10, healthyAfterMs: 100, customHealthDelayMs: 500 }

/** A service `web` of two tasks in discovery service `web`, and a standalone task, all RUNNING. */
async function setUp(taskDefinition: Parameters<typeof goodTaskDefinition>[0] = {}) {
  const kept = keepRegions()
  const ecs = makeTestEcs(times, kept.regions)
  ecs.call('CreateCluster')
  ecs.call('RegisterTaskDefinition', goodTaskDefinition(taskDefinition))
  createPrivateDnsNamespace(ecs, { Name: 'a.local', Vpc: 'vpc-1' })
  ecs.advance(100)
  const [namespace] = ecs.state.cloudMap.namespaces.values()
  const { Service } = createService(ecs, {
    Name: 'web',
    NamespaceId: namespace?.id,
    DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 60 }] },
    HealthCheckCustomConfig: {},
  })
  ecs.call('CreateService', goodService({ serviceRegistries: [{ registryArn: Service?.Arn }] }))
  ecs.call('RunTask', { ...goodService({ desiredCount: undefined }), startedBy: 'me' })
  ecs.advance(1_000)
  await kept.keeper.keep()
  const discoveryId = Service?.Id ?? ''
  return { kept, ecs, discoveryId }
}

/** What the next process makes of the stored rows; its clock stands where the one before was. */
function restart({ kept, ecs: before }: { kept: ReturnType<typeof keepRegions>; ecs: TestEcs }): TestEcs {
  const again = restoredFrom(kept.store.rows)
  const ecs = makeTestEcs(times, again.regions)
  ecs.advance(before.clock.now() - ecs.clock.now())
  reviveTasks(ecs)
  return ecs
}
function goOn(ecs: TestEcs, ms = 2_000): void {
  resumeWaiting(ecs)
  ecs.wakeScheduler(testScope)
  ecs.advance(ms)
}
const standalone = (ecs: TestEcs) =>
  [...ecs.state.ecs.tasks.values()].filter(({ serviceName }) => serviceName === undefined)
const instancesOf = (ecs: TestEcs, id: string) => ecs.state.cloudMap.services.get(id)

describe('the tasks of a service after a restart', () => {
  it('are stopped at once, with a reason, and gone from Cloud Map', async () => {
    const before = await setUp()
    const old = [...before.ecs.serviceRecord('web').tasks.keys()]
    const revision = instancesOf(before.ecs, before.discoveryId)?.revision ?? 0
    expect(instancesOf(before.ecs, before.discoveryId)?.instances.size).toBe(2)
    const ecs = restart(before)
    for (const id of old)
      expect(ecs.task(id)).toMatchObject({
        lastStatus: 'STOPPED',
        desiredStatus: 'STOPPED',
        stopCode: 'TerminationNotice',
        stoppedReason: 'Host terminated: the local cloud ended while this task was running.',
      })
    expect(instancesOf(ecs, before.discoveryId)?.instances.size).toBe(0)
    expect(instancesOf(ecs, before.discoveryId)?.revision).toBe(revision + 2)
    expect(ecs.service('web')).toMatchObject({ desiredCount: 2, runningCount: 0 })
  })

  it('are started anew, registered again, and the service is steady', async () => {
    const before = await setUp()
    const ecs = restart(before)
    goOn(ecs)
    expect(ecs.service('web')).toMatchObject({ runningCount: 2, pendingCount: 0 })
    expect(ecs.tasks('web').map(({ id }) => id)).not.toEqual(before.ecs.tasks('web').map(({ id }) => id))
    expect([...(instancesOf(ecs, before.discoveryId)?.instances.keys() ?? [])].sort()).toEqual(
      ecs
        .tasks('web')
        .map(({ id }) => id)
        .sort(),
    )
    expect(ecs.events('web')[0]).toBe('(service web) has reached a steady state.')
    expect(ecs.events('web').join()).toContain('local cloud: the local cloud was started again')
    expect(ecs.service('web').deployments?.[0]).toMatchObject({ rolloutState: 'COMPLETED', failedTasks: 0 })
  })

  it('that were being stopped are stopped, for the reason they had', async () => {
    const before = await setUp()
    const [task] = before.ecs.tasks('web')
    before.ecs.runtime.stop = () => undefined
    before.ecs.call('StopTask', { task: task?.id, reason: 'by hand' })
    before.ecs.advance(50)
    await before.kept.keeper.keep()
    expect(task?.lastStatus).toBe('STOPPING')
    const ecs = restart(before)
    expect(ecs.task(task?.id ?? '')).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'by hand' })
  })

  it('that had not been started yet are not lost time over', async () => {
    const before = await setUp()
    before.ecs.call('UpdateService', { service: 'web', desiredCount: 3 })
    before.ecs.advance(0)
    await before.kept.keeper.keep()
    const fresh = before.ecs.tasks('web').find(({ lastStatus }) => lastStatus === 'PROVISIONING')
    const ecs = restart(before)
    goOn(ecs)
    expect(ecs.task(fresh?.id ?? '').lastStatus).toBe('RUNNING')
    expect(ecs.service('web').runningCount).toBe(3)
  })

  it('of a service that was draining let it end', async () => {
    const before = await setUp()
    before.ecs.call('DeleteService', { service: 'web', force: true })
    await before.kept.keeper.keep()
    const ecs = restart(before)
    goOn(ecs)
    expect(ecs.service('web')).toMatchObject({ status: 'INACTIVE', runningCount: 0 })
    expect(ecs.events('web').join()).not.toContain('started again')
  })
})

describe('a standalone task after a restart', () => {
  it('is started again under its own id', async () => {
    const before = await setUp()
    const [task] = standalone(before.ecs)
    const ecs = restart(before)
    expect(ecs.task(task?.id ?? '')).toMatchObject({ lastStatus: 'PROVISIONING', desiredStatus: 'RUNNING' })
    expect(ecs.task(task?.id ?? '').startedAt).toBeUndefined()
    goOn(ecs)
    expect(standalone(ecs)).toHaveLength(1)
    expect(ecs.task(task?.id ?? '')).toMatchObject({ lastStatus: 'RUNNING', startedBy: 'me' })
    expect(ecs.task(task?.id ?? '').version).toBeGreaterThan(task?.version ?? 0)
  })

  it('that was to be stopped is stopped', async () => {
    const before = await setUp()
    const [task] = standalone(before.ecs)
    before.ecs.runtime.stop = () => undefined
    before.ecs.call('StopTask', { task: task?.id, reason: 'enough' })
    await before.kept.keeper.keep()
    const ecs = restart(before)
    expect(ecs.task(task?.id ?? '')).toMatchObject({ lastStatus: 'STOPPED', stoppedReason: 'enough' })
  })

  it('that had stopped stays as it was, and is forgotten in time', async () => {
    const before = await setUp()
    const [task] = standalone(before.ecs)
    before.ecs.runtime.kill(task?.id ?? '', 3)
    before.ecs.advance(100)
    await before.kept.keeper.keep()
    const view = before.ecs.task(task?.id ?? '')
    const ecs = restart(before)
    expect(ecs.task(task?.id ?? '')).toEqual(view)
    goOn(ecs, before.ecs.config.stoppedTaskKeptMs)
    expect(standalone(ecs)).toHaveLength(0)
  })
})

describe('what waits for its time', () => {
  it('goes on: an operation half run, and a custom health status not yet in force', async () => {
    const before = await setUp()
    const { ecs: old, discoveryId: ServiceId } = before
    const Attributes = { AWS_INSTANCE_IPV4: '127.0.0.1' }
    registerInstance(old, { ServiceId, InstanceId: 'mine', Attributes })
    old.advance(100)
    updateInstanceCustomHealthStatus(old, { ServiceId, InstanceId: 'mine', Status: 'UNHEALTHY' })
    registerInstance(old, { ServiceId, InstanceId: 'late', Attributes })
    createPrivateDnsNamespace(old, { Name: 'b.local', Vpc: 'vpc-1', CreatorRequestId: 'r' })
    old.advance(12)
    await before.kept.keeper.keep()
    const ecs = restart(before)
    const { cloudMap } = ecs.state
    expect([...cloudMap.operations.values()].map(({ status }) => status)).toContain('PENDING')
    expect([...(instancesOf(ecs, ServiceId)?.instances.keys() ?? [])]).toEqual(['mine'])
    goOn(ecs)
    expect(instancesOf(ecs, ServiceId)?.instances.get('mine')?.health).toBe('UNHEALTHY')
    expect(instancesOf(ecs, ServiceId)?.instances.get('mine')?.pendingHealth).toBeUndefined()
    expect(instancesOf(ecs, ServiceId)?.instances.has('late')).toBe(true)
    expect([...cloudMap.namespaces.values()].map(({ name }) => name)).toEqual(['a.local', 'b.local'])
    expect(() =>
      createPrivateDnsNamespace(ecs, { Name: 'c.local', Vpc: 'vpc-1', CreatorRequestId: 'r' }),
    ).toThrow(/has completed/)
  })
})

describe('what a handler finds by two ways', () => {
  it('is one record after a restart too', async () => {
    const before = await setUp()
    const { state } = restart(before)
    const cluster = state.ecs.clusters.get('default')
    for (const task of state.ecs.tasks.values()) expect(cluster?.tasks.get(task.id)).toBe(task)
    const service = cluster?.services.get('web')
    expect(service?.lastCompleted).toBe(service?.deployments[0])
    expect([...(cluster?.live.keys() ?? [])]).toEqual(standalone({ state } as TestEcs).map(({ id }) => id))
  })

  it('leaves the tasks of a cluster that was deleted out of the one made after it', async () => {
    const before = await setUp()
    before.ecs.call('DeleteService', { service: 'web', force: true })
    for (const task of standalone(before.ecs)) before.ecs.call('StopTask', { task: task.id })
    before.ecs.advance(1_000)
    before.ecs.call('DeleteCluster', { cluster: 'default' })
    before.ecs.call('CreateCluster')
    await before.kept.keeper.keep()
    const { state } = restart(before)
    expect(state.ecs.clusters.get('default')?.tasks.size).toBe(0)
    expect(state.ecs.clusters.get('default')?.services.size).toBe(0)
  })
})
