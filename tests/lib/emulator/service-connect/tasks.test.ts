import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { reviveTasks } from '@/lib/emulator/store/revive-tasks'
import type { Wire } from '@/lib/emulator/wire/wire-type'
import {
  type ConnectEcs,
  connecting,
  entry,
  httpPort,
  makeConnectEcs,
  portsOf,
} from '../../../support/connect-ecs'
import { goodTaskDefinition } from '../../../support/emulator-context'
import { keepRegions, restoredFrom } from '../../../support/memory-store'

const taskOf = (ecs: ConnectEcs, service: string): Wire<Task> => {
  const [task] = ecs.tasks(service)
  if (!task) throw new Error(`No task of ${service}`)
  return ecs.task(task.id)
}
const behind = (ecs: ConnectEcs, name: string) => [...(ecs.discovered().get(name)?.instances.values() ?? [])]
const toldOf = (ecs: ConnectEcs, name: string) =>
  ecs.runtime.instances.get(ecs.discovered().get(name)?.id ?? '')

describe('the sidecar of a task', () => {
  it('is a container of its own, in no task definition, with an attachment and its variables', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(5_000)
    const task = taskOf(ecs, 'web')
    const [app, sidecar] = task.containers ?? []
    expect(app).toMatchObject({ name: 'app', image: 'backend-api' })
    expect(sidecar).toMatchObject({ lastStatus: 'RUNNING', healthStatus: 'HEALTHY' })
    expect(sidecar?.name).toMatch(/^ecs-service-connect-.{5}$/)
    for (const member of ['image', 'runtimeId']) expect(sidecar).not.toHaveProperty(member)
    expect(task.attachments?.map(({ type }) => type)).toEqual(['ElasticNetworkInterface', 'ServiceConnect'])
    expect(task.attachments?.[1]).toMatchObject({
      status: 'ATTACHED',
      details: [{ name: 'ContainerName', value: sidecar?.name }],
    })
    const [override] = task.overrides?.containerOverrides ?? []
    expect(override?.name).toBe(sidecar?.name)
    expect(override?.environment?.map(({ name }) => name)).toContain('APPMESH_RESOURCE_ARN')
    const { taskDefinition } = ecs.call<{ taskDefinition: { containerDefinitions: object[] } }>(
      'DescribeTaskDefinition',
      { taskDefinition: 'backend' },
    )
    expect(taskDefinition.containerDefinitions).toHaveLength(1)
  })

  it('is missing from tasks of other services and from standalone ones', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', { enabled: false }, { desiredCount: 1 })
    ecs.advance(5_000)
    const task = taskOf(ecs, 'web')
    expect(task.containers).toHaveLength(1)
    expect(task.attachments).toHaveLength(1)
    expect(task.overrides?.containerOverrides).toEqual([])
  })

  it('has the application wait for it, and takes its place at the container port', () => {
    const ecs = makeConnectEcs()
    ecs.create('cache', connecting(entry('cache', { clientAliases: [{ port: 6379, dnsName: 'cache' }] })), {
      desiredCount: 0,
    })
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(200)
    const [spec] = [...ecs.runtime.specs.values()]
    const [app, sidecar] = spec?.containers ?? []
    expect(app?.dependsOn).toEqual([{ containerName: sidecar?.name, condition: 'HEALTHY' }])
    expect(spec?.connect).toEqual({
      innerAddress: expect.stringMatching(/^127\.20\./),
      proxiedPorts: [8080],
      hosts: { cache: expect.stringMatching(/^127\.255\./), api: expect.stringMatching(/^127\.255\./) },
    })
    expect(spec?.connect?.innerAddress).not.toBe(spec?.address)
    const http = {
      protocol: 'http',
      timeouts: { idleTimeoutMs: 300_000, perRequestTimeoutMs: 15_000 },
      tls: false,
    }
    expect(sidecar?.proxy).toEqual({
      scope: spec?.scope,
      taskId: spec?.taskId,
      taskArn: spec?.taskArn,
      taskAddress: spec?.address,
      clusterName: 'default',
      serviceName: 'web',
      inbound: [
        {
          discoveryName: 'api',
          address: spec?.address,
          port: 8080,
          app: { address: spec?.connect?.innerAddress, port: 8080 },
          ...http,
        },
      ],
      outbound: [
        {
          alias: 'cache',
          address: spec?.connect?.hosts.cache,
          port: 6379,
          discoveryName: 'cache',
          endpointId: ecs.discovered().get('cache')?.id,
          ...http,
        },
        {
          alias: 'api',
          address: spec?.connect?.hosts.api,
          port: 80,
          discoveryName: 'api',
          endpointId: ecs.discovered().get('api')?.id,
          ...http,
        },
      ],
      accessLog: null,
    })
    expect(sidecar?.log).toEqual({
      group: '/local/default/backend',
      stream: `ecs/${sidecar?.name}/${spec?.taskId}`,
    })
  })

  it('leaves the container port to the application when it has an ingress port of its own', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api', { ingressPortOverride: 9000 })), { desiredCount: 1 })
    ecs.advance(5_000)
    const [spec] = [...ecs.runtime.specs.values()]
    expect(spec?.connect?.proxiedPorts).toEqual([])
    expect(spec?.containers[1]?.proxy?.inbound).toMatchObject([
      { address: spec?.address, port: 9000, app: { address: spec?.address, port: 8080 } },
    ])
    expect(behind(ecs, 'api')[0]?.attributes.AWS_INSTANCE_PORT).toBe('9000')
    expect(toldOf(ecs, 'api')).toMatchObject([{ address: spec?.address, port: 9000 }])
  })

  it('writes where its configuration says', () => {
    const ecs = makeConnectEcs()
    const options = { 'awslogs-group': '/mesh', 'awslogs-stream-prefix': 'sc' }
    ecs.create(
      'web',
      {
        ...connecting(entry('api')),
        logConfiguration: { logDriver: 'awslogs', options },
        accessLogConfiguration: { format: 'JSON', includeQueryParameters: 'ENABLED' },
      },
      { desiredCount: 1 },
    )
    ecs.advance(200)
    const [spec] = [...ecs.runtime.specs.values()]
    const sidecar = spec?.containers[1]
    expect(sidecar?.log).toEqual({ group: '/mesh', stream: `sc/${sidecar?.name}/${spec?.taskId}` })
    expect(sidecar?.proxy?.accessLog).toEqual({ format: 'JSON', includeQueryParameters: true })
  })

  it('has names with several ports at one address', () => {
    const ecs = makeConnectEcs({}, portsOf(httpPort, { name: 'raw', containerPort: 6379 }))
    const second = { portName: 'raw', clientAliases: [{ port: 6379, dnsName: 'api' }] }
    ecs.create('web', connecting(entry('api'), second), { desiredCount: 1 })
    ecs.advance(200)
    const [spec] = [...ecs.runtime.specs.values()]
    expect(Object.keys(spec?.connect?.hosts ?? {})).toEqual(['api'])
    const addresses = spec?.containers[1]?.proxy?.outbound.map(({ address, port }) => `${address}:${port}`)
    expect(addresses).toEqual([`${spec?.connect?.hosts.api}:80`, `${spec?.connect?.hosts.api}:6379`])
  })

  it('gives its addresses back when the task can not be started', () => {
    const ecs = makeConnectEcs()
    ecs.runtime.breakNext('start', 'no')
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(200)
    expect(ecs.runtime.releasedAddresses).toEqual([
      expect.stringMatching(/^127\.20\./),
      expect.stringMatching(/^127\.20\./),
      expect.stringMatching(/^127\.255\./),
    ])
  })
})

describe('the instance of a task', () => {
  it("has Service Connect's own attributes, and the proxies know it", () => {
    const ecs = makeConnectEcs()
    const timeout = { idleTimeoutSeconds: 60 }
    ecs.create('web', connecting(entry('api', { timeout })), { desiredCount: 1 })
    ecs.advance(5_000)
    const [task] = ecs.tasks('web')
    const { id: deploymentId } = ecs.primary('web')
    expect(behind(ecs, 'api')).toEqual([
      {
        id: task?.id,
        attributes: {
          AWS_INSTANCE_IPV4: task?.address,
          AWS_INSTANCE_PORT: '8080',
          AvailabilityZone: task?.availabilityZone,
          DeploymentId: `arn:aws:ecs:us-east-1:111122223333:task-set/default/web/${deploymentId}`,
          IdleTimeoutInSeconds: '60',
          PerRequestTimeoutInSeconds: '0',
        },
        creatorRequestId: undefined,
        health: 'UNKNOWN',
        pendingHealth: undefined,
      },
    ])
    expect(toldOf(ecs, 'api')).toEqual([{ instanceId: task?.id, address: task?.address, port: 8080 }])
  })

  it('of a client stands in the books, with its address', () => {
    const ecs = makeConnectEcs()
    ecs.create('client', connecting(), { desiredCount: 1 })
    ecs.advance(5_000)
    const [book] = [...ecs.discovered().values()]
    const [task] = ecs.tasks('client')
    expect([...(book?.instances.values() ?? [])]).toMatchObject([
      { id: task?.id, attributes: { AWS_INSTANCE_IPV4: task?.address } },
    ])
    expect(ecs.runtime.instances.get(book?.id ?? '')).toEqual([])
  })

  it('is there only when the application takes connections', () => {
    const ecs = makeConnectEcs()
    ecs.runtime.fate = () => ({ kind: 'silent' })
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(1_000)
    const [task] = ecs.tasks('web')
    const id = task?.id ?? ''
    for (const { name, proxy } of ecs.runtime.specs.get(id)?.containers ?? []) {
      ecs.runtime.tell(id, { kind: 'container-started', container: name, standIn: false })
      if (proxy) ecs.runtime.tell(id, { kind: 'container-health', container: name, status: 'HEALTHY' })
    }
    ecs.advance(10_000)
    expect(task?.lastStatus).toBe('PENDING')
    expect(behind(ecs, 'api')).toEqual([])
    ecs.runtime.tell(id, { kind: 'task-reachable' })
    ecs.advance(10)
    expect(task?.lastStatus).toBe('ACTIVATING')
    expect(behind(ecs, 'api')).toHaveLength(1)
  })

  it('is gone before anything of the task is stopped', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(5_000)
    const [task] = ecs.tasks('web')
    ecs.call('StopTask', { task: task?.id })
    ecs.advance(1)
    expect(task?.lastStatus).toBe('DEACTIVATING')
    expect(behind(ecs, 'api')).toEqual([])
    expect(toldOf(ecs, 'api')).toEqual([])
    expect(ecs.runtime.stops).toEqual([])
    ecs.advance(200)
    expect(ecs.runtime.stops).toEqual([task?.id])
  })

  it('goes at once when the task dies by itself', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 2 })
    ecs.advance(5_000)
    const [first, second] = ecs.tasks('web')
    ecs.runtime.kill(first?.id ?? '')
    ecs.advance(1)
    expect(toldOf(ecs, 'api')).toEqual([{ instanceId: second?.id, address: second?.address, port: 8080 }])
    ecs.advance(10_000)
    expect(toldOf(ecs, 'api')).toHaveLength(2)
  })

  it('goes when somebody takes it out of Cloud Map, and stays out', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(5_000)
    const service = ecs.discovered().get('api')
    service?.instances.clear()
    ecs.call('UpdateService', { service: 'web', desiredCount: 2 })
    ecs.advance(5_000)
    expect(toldOf(ecs, 'api')).toHaveLength(1)
  })

  it('of a task whose Cloud Map service somebody deleted is missed once, and back with the next deployment', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(5_000)
    ecs.state.cloudMap.services.clear()
    ecs.call('UpdateService', { service: 'web', desiredCount: 3 })
    ecs.advance(5_000)
    const told = ecs.events('web').filter((text) => /can not be registered for Service Connect/.test(text))
    expect(told).toHaveLength(1)
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    ecs.advance(20_000)
    expect(behind(ecs, 'api')).toHaveLength(3)
  })
})

describe('health', () => {
  it('of a task without health checks of its own is what its sidecar says', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(5_000)
    expect(taskOf(ecs, 'web').healthStatus).toBe('HEALTHY')
    expect(ecs.primary('web').rolloutState).toBe('COMPLETED')
  })

  it('of a task with a health check that fails is UNHEALTHY, and it is replaced', () => {
    const ecs = makeConnectEcs()
    ecs.call(
      'RegisterTaskDefinition',
      goodTaskDefinition({
        containerDefinitions: [
          {
            name: 'app',
            image: 'app',
            portMappings: [httpPort],
            healthCheck: { command: ['CMD', 'true'] },
          },
        ],
      }),
    )
    ecs.runtime.fate = () => ({ kind: 'run', health: 'HEALTHY' })
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(1_000)
    const [task] = ecs.tasks('web')
    ecs.runtime.tell(task?.id ?? '', { kind: 'container-health', container: 'app', status: 'UNHEALTHY' })
    expect(ecs.task(task?.id ?? '').healthStatus).toBe('UNHEALTHY')
    ecs.advance(5_000)
    expect(ecs.tasks('web').map(({ id }) => id)).not.toContain(task?.id)
  })

  it('of a task whose sidecar is gone does not matter any more: it is stopped and replaced', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')), { desiredCount: 1 })
    ecs.advance(5_000)
    const [task] = ecs.tasks('web')
    const sidecar = task?.containers.find(({ isProxy }) => isProxy)?.name ?? ''
    ecs.runtime.tell(task?.id ?? '', { kind: 'container-exited', container: sidecar, exitCode: 1 })
    ecs.advance(1)
    expect(task?.stoppedReason).toBe('Essential container in task exited')
    expect(behind(ecs, 'api')).toEqual([])
  })
})

describe('after a restart from the store', () => {
  it('endpoints, frozen names and what is unused are as they were, and no instance is left of dead tasks', async () => {
    const kept = keepRegions()
    const before = makeConnectEcs({}, portsOf(httpPort), kept.regions)
    before.create('web', connecting(entry('api')), { desiredCount: 2 })
    before.create('client', connecting(), { desiredCount: 1 })
    before.create('later', connecting(entry('later')), { desiredCount: 0 })
    before.advance(5_000)
    before.call('DeleteService', { service: 'later' })
    before.advance(100)
    await kept.keeper.keep()

    const again = restoredFrom(kept.store.rows)
    const state = again.regions.of(before.scope)
    expect([...state.ecs.connectEndpoints.values()]).toEqual([...before.state.ecs.connectEndpoints.values()])
    const record = (name: string) => state.ecs.clusters.get('default')?.services.get(name)
    expect(record('client')?.deployments[0]?.names).toEqual(
      before.serviceRecord('client').deployments[0]?.names,
    )
    expect(record('later')?.connectEndpoints).toEqual(before.serviceRecord('later').connectEndpoints)
    reviveTasks({ ...before, state })
    for (const { instances } of state.cloudMap.services.values()) expect(instances.size).toBe(0)
  })
})
