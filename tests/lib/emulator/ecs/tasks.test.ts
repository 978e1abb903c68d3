import type { Task } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import {
  appContainer,
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  type TestEcs,
} from '../../../support/emulator-context'

const base = 'arn:aws:ecs:us-east-1:111122223333'
const longMs = 60_000
const network = { awsvpcConfiguration: { subnets: ['subnet-default'], securityGroups: ['sg-default'] } }
const fargate = { taskDefinition: 'backend', launchType: 'FARGATE', networkConfiguration: network } as const

const run = (ecs: TestEcs, changes: object = {}) =>
  ecs.call<{ tasks: Task[]; failures: object[] }>('RunTask', { ...fargate, ...changes })

describe('running tasks', () => {
  it('gives them back at once in PROVISIONING', () => {
    const ecs = makeReadyEcs()
    const { tasks, failures } = run(ecs, { count: 3, startedBy: 'me', tags: [{ key: 'k', value: 'v' }] })
    expect(failures).toEqual([])
    expect(tasks).toHaveLength(3)
    for (const task of tasks)
      expect(task).toMatchObject({
        taskArn: expect.stringMatching(/:task\/default\/[0-9a-f]{32}$/),
        clusterArn: `${base}:cluster/default`,
        taskDefinitionArn: `${base}:task-definition/backend:1`,
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        group: 'family:backend',
        startedBy: 'me',
        cpu: '256',
        memory: '512',
        healthStatus: 'UNKNOWN',
        version: 1,
        tags: [{ key: 'k', value: 'v' }],
        attachments: [
          { type: 'ElasticNetworkInterface', status: 'ATTACHING', details: [{ name: 'subnetId' }] },
        ],
        containers: [{ name: 'app', lastStatus: 'PENDING', image: 'backend-api', networkInterfaces: [] }],
      })
    expect(new Set(tasks.map(({ availabilityZone }) => availabilityZone)).size).toBe(3)
  })

  it.each([
    [{ count: 0 }, 'InvalidParameterException', /count/],
    [{ count: 11 }, 'InvalidParameterException', /between 1 and 10/],
    [{ taskDefinition: 'none' }, 'ClientException', /^TaskDefinition not found\.$/],
    [{ cluster: 'none' }, 'ClusterNotFoundException', /^Cluster not found\.$/],
    [{ clientToken: 'x'.repeat(65) }, 'InvalidParameterException', /at most 64/],
    [{ startedBy: 'x'.repeat(129) }, 'InvalidParameterException', /at most 128/],
    [{ group: 'service:web' }, 'InvalidParameterException', /can not start with service:/],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'InvalidParameterException',
      /both a launch type/,
    ],
    [{ tags: [{ key: 'aws:a' }] }, 'InvalidParameterException', /reserved/],
    [
      { overrides: { containerOverrides: [{ name: 'db' }] } },
      'InvalidParameterException',
      /^Override for container named db is not a container in the TaskDefinition\.$/,
    ],
  ])('is refused with %j', (changes, code, message) => {
    const ecs = makeReadyEcs()
    const refusal = ecs.refusal('RunTask', { ...fargate, ...changes })
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
    expect(ecs.cluster().tasks.size).toBe(0)
  })

  it.each([
    [{ launchType: undefined }, 'No Container Instances were found in your cluster.'],
    [
      { networkConfiguration: undefined },
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
  ])('with %j is honoured with a log line, and refused when strict', (changes, message) => {
    const ecs = makeReadyEcs()
    expect(run(ecs, changes).tasks).toHaveLength(1)
    expect(ecs.lines).toContain(
      `warn Task of backend:1: AWS would refuse this with InvalidParameterException: ${message}`,
    )
    expect(makeReadyEcs({ strict: true }).refusal('RunTask', { ...fargate, ...changes })).toEqual({
      code: 'InvalidParameterException',
      message,
    })
  })

  it('gives the same tasks for the same request and token, and refuses another one', () => {
    const ecs = makeReadyEcs()
    const first = run(ecs, { clientToken: 'once', count: 2 })
    ecs.advance(longMs)
    const again = run(ecs, { count: 2, clientToken: 'once' })
    expect(again.tasks.map(({ taskArn }) => taskArn)).toEqual(first.tasks.map(({ taskArn }) => taskArn))
    expect(ecs.cluster().tasks.size).toBe(2)
    expect(ecs.refusal('RunTask', { ...fargate, clientToken: 'once', count: 3 }).code).toBe(
      'ConflictException',
    )
  })

  it('hands overrides to the runtime and shows them', () => {
    const ecs = makeReadyEcs(
      {},
      {
        containerDefinitions: [
          {
            ...appContainer,
            command: ['serve'],
            entryPoint: ['/app'],
            environment: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
        ],
      },
    )
    const override = {
      name: 'app',
      command: ['migrate'],
      environment: [{ name: 'B', value: '3' }],
      cpu: 10,
      memory: 20,
    }
    const overrides = { containerOverrides: [override], cpu: '512', memory: '1024' }
    const [task] = run(ecs, { overrides }).tasks
    ecs.advance(longMs)
    const [spec] = [...ecs.runtime.specs.values()]
    expect(spec?.containers[0]).toMatchObject({
      command: ['migrate'],
      entryPoint: ['/app'],
      environment: { A: '1', B: '3' },
    })
    expect(task).toMatchObject({
      cpu: '512',
      memory: '1024',
      overrides,
      containers: [{ cpu: '10', memory: '20' }],
    })
  })

  it('takes tags from its task definition and those that ECS manages, when asked', () => {
    const ecs = makeReadyEcs({}, { tags: [{ key: 'team', value: 'a' }] })
    const [task] = run(ecs, {
      propagateTags: 'TASK_DEFINITION',
      enableECSManagedTags: true,
      tags: [{ key: 'team', value: 'b' }],
    }).tasks
    expect(task?.tags).toEqual([
      { key: 'team', value: 'b' },
      { key: 'aws:ecs:clusterName', value: 'default' },
    ])
  })
})

describe('tasks of a service', () => {
  it.each([
    ['NONE', []],
    ['SERVICE', [{ key: 'of', value: 'service' }]],
    ['TASK_DEFINITION', [{ key: 'of', value: 'definition' }]],
  ] as const)('carry the tags of %s', (propagateTags, tags) => {
    const ecs = makeReadyEcs({}, { tags: [{ key: 'of', value: 'definition' }] })
    ecs.call('CreateService', goodService({ propagateTags, tags: [{ key: 'of', value: 'service' }] }))
    ecs.advance(longMs)
    const id = ecs.tasks('web')[0]?.id ?? ''
    expect(ecs.call('DescribeTasks', { tasks: [id], include: ['TAGS'] })).toMatchObject({ tasks: [{ tags }] })
  })

  it('are found by service, by deployment, by family', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ enableECSManagedTags: true }))
    ecs.advance(longMs)
    const [task] = ecs.tasks('web')
    expect(ecs.task(task?.id ?? '')).toMatchObject({
      group: 'service:web',
      startedBy: ecs.service('web').deployments?.[0]?.id,
    })
    expect(ecs.call('DescribeTasks', { tasks: [task?.arn], include: ['TAGS'] })).toMatchObject({
      tasks: [
        {
          tags: [
            { key: 'aws:ecs:clusterName', value: 'default' },
            { key: 'aws:ecs:serviceName', value: 'web' },
          ],
        },
      ],
    })
  })
})

describe('describing a task that runs', () => {
  it('has its network interface, its times, its containers and what it is', () => {
    const ecs = makeReadyEcs()
    run(ecs)
    ecs.advance(longMs)
    const [record] = [...ecs.cluster().tasks.values()]
    const task = ecs.task(record?.id ?? '')
    const address = record?.address
    expect(task).toMatchObject({
      lastStatus: 'RUNNING',
      connectivity: 'CONNECTED',
      attributes: [
        { name: 'ecs.cpu-architecture', value: 'x86_64' },
        { name: 'switchboard.runtime', value: 'simulated' },
        { name: 'switchboard.stand-in', value: 'backend-api' },
      ],
      attachments: [
        {
          id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
          status: 'ATTACHED',
          details: [
            { name: 'subnetId', value: 'subnet-default' },
            { name: 'networkInterfaceId', value: expect.stringMatching(/^eni-[0-9a-f]{17}$/) },
            { name: 'macAddress', value: expect.stringMatching(/^0a(:[0-9a-f]{2}){5}$/) },
            { name: 'privateDnsName', value: `ip-${address?.replaceAll('.', '-')}.ec2.internal` },
            { name: 'privateIPv4Address', value: address },
          ],
        },
      ],
      containers: [
        {
          containerArn: expect.stringContaining(`:container/default/${record?.id}/`),
          lastStatus: 'RUNNING',
          runtimeId: expect.stringMatching(new RegExp(`^${record?.id}-\\d{10}$`)),
          networkBindings: [],
          networkInterfaces: [{ attachmentId: task.attachments?.[0]?.id, privateIpv4Address: address }],
        },
      ],
    })
    const { createdAt, pullStartedAt, pullStoppedAt, startedAt } = task
    const order = [createdAt, pullStartedAt, pullStoppedAt, startedAt].map(Number)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(task).not.toHaveProperty('stoppedAt')
  })

  it('has network bindings instead where there is no interface of its own', () => {
    const ecs = makeReadyEcs({}, { networkMode: 'bridge', requiresCompatibilities: ['EC2'] })
    run(ecs, { launchType: 'EC2', networkConfiguration: undefined })
    ecs.advance(longMs)
    const [record] = [...ecs.cluster().tasks.values()]
    const task = ecs.task(record?.id ?? '')
    expect(task).toMatchObject({
      launchType: 'EC2',
      attachments: [],
      containers: [
        {
          networkInterfaces: [],
          networkBindings: [
            { bindIP: record?.address, containerPort: 8080, hostPort: 8080, protocol: 'tcp' },
          ],
        },
      ],
    })
    expect(task).not.toHaveProperty('platformVersion')
  })

  it('moves its version with every change', () => {
    const ecs = makeReadyEcs()
    run(ecs)
    const [record] = [...ecs.cluster().tasks.values()]
    const seen: number[] = []
    for (let step = 0; step < 40; step++) {
      ecs.advance(10)
      seen.push(ecs.task(record?.id ?? '').version ?? 0)
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBeGreaterThan(3)
  })
})

describe('describing tasks', () => {
  it('finds by id, ARN and cluster/id, and names what is missing with the ARN it would have', () => {
    const ecs = makeReadyEcs()
    const [task] = run(ecs).tasks
    const id = task?.taskArn?.split('/').at(-1) ?? ''
    const missing = 'f'.repeat(32)
    expect(
      ecs.call('DescribeTasks', {
        tasks: [id, task?.taskArn, `default/${id}`, missing, `${base}:task/other/${id}`],
      }),
    ).toMatchObject({
      tasks: [{ taskArn: task?.taskArn }, { taskArn: task?.taskArn }, { taskArn: task?.taskArn }],
      failures: [
        { arn: `${base}:task/default/${missing}`, reason: 'MISSING' },
        { arn: `${base}:task/other/${id}`, reason: 'MISSING' },
      ],
    })
  })

  it.each([
    [[], 'Tasks cannot be empty.'],
    [Array.from({ length: 101 }, () => 'x'), 'Tasks can not have more than 100 entries.'],
  ])('of too few or too many is refused', (tasks, message) => {
    expect(makeReadyEcs().refusal('DescribeTasks', { tasks })).toEqual({
      code: 'InvalidParameterException',
      message,
    })
  })
})

describe('listing tasks', () => {
  const filled = () => {
    const ecs = makeReadyEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition({ family: 'other' }))
    ecs.call('CreateService', goodService({ desiredCount: 3 }))
    run(ecs, { taskDefinition: 'other', startedBy: 'me', count: 2 })
    ecs.advance(longMs)
    return ecs
  }
  const count = (ecs: TestEcs, input: object) =>
    ecs.call<{ taskArns: string[] }>('ListTasks', input).taskArns.length

  it.each([
    [{}, 5],
    [{ serviceName: 'web' }, 3],
    [{ serviceName: `${base}:service/default/web` }, 3],
    [{ family: 'other' }, 2],
    [{ family: 'backend' }, 3],
    [{ startedBy: 'me' }, 2],
    [{ launchType: 'FARGATE' }, 5],
    [{ launchType: 'EC2' }, 0],
    [{ desiredStatus: 'STOPPED' }, 0],
    [{ desiredStatus: 'PENDING' }, 0],
    [{ containerInstance: 'x' }, 0],
  ])('with %j finds %i', (input, expected) => {
    expect(count(filled(), input)).toBe(expected)
  })

  it('goes by the desired status: a task asked to stop is listed as STOPPED at once', () => {
    const ecs = filled()
    const [task] = ecs.tasks('web')
    ecs.call('StopTask', { task: task?.id })
    expect(count(ecs, { serviceName: 'web' })).toBe(2)
    expect(count(ecs, { serviceName: 'web', desiredStatus: 'STOPPED' })).toBe(1)
    ecs.advance(longMs)
    expect(count(ecs, { serviceName: 'web' })).toBe(3)
    expect(count(ecs, { desiredStatus: 'STOPPED' })).toBe(1)
  })

  it.each([
    [{ startedBy: 'me', serviceName: 'web' }, 'InvalidParameterException'],
    [{ startedBy: 'me', family: 'web' }, 'InvalidParameterException'],
    [{ serviceName: 'web', family: 'web' }, 'InvalidParameterException'],
    [{ serviceName: 'none' }, 'ServiceNotFoundException'],
    [{ cluster: 'none' }, 'ClusterNotFoundException'],
    [{ maxResults: 0 }, 'InvalidParameterException'],
    [{ nextToken: 'x' }, 'InvalidParameterException'],
  ])('is refused with %j', (input, code) => {
    expect(filled().refusal('ListTasks', input).code).toBe(code)
  })
})

describe('stopping a task', () => {
  it('answers at once and gives the default reason', () => {
    const ecs = makeReadyEcs()
    const [task] = run(ecs).tasks
    ecs.advance(longMs)
    expect(ecs.call('StopTask', { task: task?.taskArn })).toMatchObject({
      task: {
        desiredStatus: 'STOPPED',
        lastStatus: 'RUNNING',
        stopCode: 'UserInitiated',
        stoppedReason: 'Task stopped by user',
      },
    })
    ecs.advance(longMs)
    expect(ecs.call('StopTask', { task: task?.taskArn, reason: 'again' })).toMatchObject({
      task: { lastStatus: 'STOPPED', stoppedReason: 'Task stopped by user' },
    })
  })

  it.each([
    [{ task: 'f'.repeat(32) }, 'InvalidParameterException', 'The referenced task was not found.'],
    [
      { task: 'x', reason: 'x'.repeat(1_025) },
      'InvalidParameterException',
      'reason can have at most 1024 characters.',
    ],
    [{ task: 'x', cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ])('is refused with %j', (input, code, message) => {
    expect(makeReadyEcs().refusal('StopTask', input)).toEqual({ code, message })
  })
})
