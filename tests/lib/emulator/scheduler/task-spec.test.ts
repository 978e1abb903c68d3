import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { withDefaults } from '@/lib/emulator/ecs/task-definitions/with-defaults'
import { buildTaskSpec } from '@/lib/emulator/scheduler/task-spec'
import type { TaskRecord } from '@/lib/emulator/state/ecs'
import { aTask } from '../../../support/ecs-records'
import { appContainer, goodTaskDefinition } from '../../../support/emulator-context'
import { testScope } from '../../../support/test-context'

const address = '127.10.0.12'

function specOf(container: Partial<ContainerDefinition> = {}, task: Partial<TaskRecord> = {}) {
  const input = withDefaults(
    goodTaskDefinition({ containerDefinitions: [{ ...appContainer, ...container }] }),
  )
  const definition = {
    arn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/backend:7',
    family: 'backend',
    revision: 7,
    status: 'ACTIVE' as const,
    input,
    registeredAtMs: 0,
  }
  return buildTaskSpec(testScope, aTask(task), definition, address)
}
const containerOf = (...args: Parameters<typeof specOf>) => specOf(...args).containers[0]

it('names the task, its definition and its address', () => {
  const task = aTask()
  expect(specOf({}, task)).toMatchObject({
    scope: testScope,
    taskId: task.id,
    taskArn: task.arn,
    clusterName: 'default',
    family: 'backend',
    revision: 7,
    address,
    hostname: 'ip-127-10-0-12',
  })
})

describe('the environment of a container', () => {
  it.each([
    ['FARGATE', 'AWS_ECS_FARGATE'],
    ['EC2', 'AWS_ECS_EC2'],
    [undefined, 'AWS_ECS_FARGATE'],
  ] as const)('says where it runs: %s', (launchType, expected) => {
    expect(containerOf({}, { run: launchType ? { launchType } : {} })?.environment).toEqual({
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EXECUTION_ENV: expected,
    })
  })

  it('takes the word of the task definition, and above it that of the override', () => {
    const environment = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
      { name: 'AWS_REGION', value: 'mine' },
    ]
    const overrides = {
      containerOverrides: [
        { name: 'app', environment: [{ name: 'B', value: '3' }] },
        { name: 'other', environment: [{ name: 'A', value: 'x' }] },
      ],
    }
    expect(containerOf({ environment }, { run: { overrides } })?.environment).toMatchObject({
      A: '1',
      B: '3',
      AWS_REGION: 'mine',
    })
  })

  it('leaves secrets unset', () => {
    const secrets = [{ name: 'PASSWORD', valueFrom: 'arn' }]
    expect(containerOf({ secrets })?.environment).not.toHaveProperty('PASSWORD')
  })
})

describe('where the output of a container goes', () => {
  const awslogs = (options: Record<string, string>) => ({
    logConfiguration: { logDriver: 'awslogs' as const, options },
  })
  const { id } = aTask()

  it('is the group and stream of awslogs', () => {
    const options = { 'awslogs-group': '/ecs/backend', 'awslogs-stream-prefix': 'svc', 'awslogs-region': 'x' }
    expect(containerOf(awslogs(options), { id })?.log).toEqual({
      group: '/ecs/backend',
      stream: `svc/app/${id}`,
    })
  })

  it('has a stream of its own without a prefix too', () => {
    expect(containerOf(awslogs({ 'awslogs-group': 'g' }), { id })?.log).toEqual({
      group: 'g',
      stream: `ecs/app/${id}`,
    })
  })

  it.each([{}, { logConfiguration: { logDriver: 'fluentd' as const } }])(
    'is a local group with %j',
    (changes) => {
      expect(containerOf(changes, { id })?.log).toEqual({
        group: '/local/default/backend',
        stream: `ecs/app/${id}`,
      })
    },
  )
})

it('fills in the defaults of ECS and leaves nothing undefined that a runtime needs', () => {
  expect(containerOf({ healthCheck: { command: ['CMD', 'x'] } })).toEqual({
    name: 'app',
    image: 'backend-api',
    entryPoint: [],
    command: [],
    environment: expect.any(Object),
    ports: [{ containerPort: 8080, protocol: 'tcp' }],
    essential: true,
    dependsOn: [],
    healthCheck: {
      command: ['CMD', 'x'],
      intervalSeconds: 30,
      timeoutSeconds: 5,
      retries: 3,
      startPeriodSeconds: 0,
    },
    stopTimeoutSeconds: 30,
    log: expect.any(Object),
  })
})

it('hands on ports, dependencies and times as registered', () => {
  expect(
    containerOf({
      stopTimeout: 5,
      essential: false,
      portMappings: [{ containerPort: 53, protocol: 'udp', name: 'dns' }, { containerPortRange: '100-110' }],
      dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }],
      healthCheck: { command: ['CMD', 'x'], interval: 6, timeout: 3, retries: 2, startPeriod: 9 },
    }),
  ).toMatchObject({
    stopTimeoutSeconds: 5,
    essential: false,
    ports: [{ containerPort: 53, protocol: 'udp', name: 'dns' }],
    dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }],
    healthCheck: { intervalSeconds: 6, timeoutSeconds: 3, retries: 2, startPeriodSeconds: 9 },
  })
})
