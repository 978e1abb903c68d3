import type { ExecuteCommandResponse, Task } from '@aws-sdk/client-ecs'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeTestEcs, type TestEcs } from '../../../support/emulator-context'

let ecs: TestEcs
const run = (family: string, enableExecuteCommand?: boolean) => {
  const { tasks } = ecs.call<{ tasks: Task[] }>('RunTask', {
    cluster: 'default',
    taskDefinition: family,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    ...(enableExecuteCommand !== undefined && { enableExecuteCommand }),
  })
  return tasks?.[0]?.taskArn ?? ''
}
const define = (family: string, ...names: string[]) =>
  ecs.call('RegisterTaskDefinition', {
    family,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: names.map((name) => ({ name, image: 'nginx' })),
  })
const ask = (more: object = {}) => ({ cluster: 'default', command: '/bin/sh', interactive: true, ...more })

beforeEach(() => {
  ecs = makeTestEcs()
  ecs.call('CreateCluster', { clusterName: 'default' })
  define('one', 'app')
  define('two', 'app', 'log')
})

describe('ExecuteCommand', () => {
  it('grants a session in the only container of a running task', () => {
    const task = run('one', true)
    ecs.advance(2_000)
    const answer = ecs.call<ExecuteCommandResponse>('ExecuteCommand', ask({ task }))
    expect(answer).toMatchObject({
      clusterArn: expect.stringContaining(':cluster/default'),
      taskArn: task,
      containerName: 'app',
      containerArn: expect.stringContaining(':container/default/'),
      interactive: true,
      session: {
        sessionId: expect.stringMatching(/^ecs-execute-command-/),
        streamUrl: expect.stringMatching(
          /^ws:\/\/127\.0\.0\.1:4680\/v1\/data-channel\/ecs-execute-command-\w+\?role=publish_subscribe$/,
        ),
        tokenValue: expect.stringMatching(/./),
      },
    })
    // By its id as well.
    ecs.call('ExecuteCommand', ask({ task: task.split('/').at(-1) }))
  })

  it('tells the agent of each container in DescribeTasks, from PENDING to RUNNING', () => {
    const task = run('two', true)
    const agents = () =>
      ecs
        .task(task)
        .containers?.map(({ managedAgents }) =>
          managedAgents?.map(({ name, lastStatus }) => `${name} ${lastStatus}`),
        )
    expect(agents()).toEqual([['ExecuteCommandAgent PENDING'], ['ExecuteCommandAgent PENDING']])
    ecs.advance(2_000)
    expect(agents()).toEqual([['ExecuteCommandAgent RUNNING'], ['ExecuteCommandAgent RUNNING']])
    expect(ecs.task(task).containers?.[0]?.managedAgents?.[0]?.lastStartedAt).toBeGreaterThan(0)
  })

  it('tells no agent of a task that was run without it', () => {
    const task = run('one')
    expect(ecs.task(task)).toMatchObject({ enableExecuteCommand: false })
    expect(ecs.task(task).containers?.[0]).not.toHaveProperty('managedAgents')
  })

  it.each<[string, () => object, string, RegExp]>([
    [
      'a task run without it',
      () => ({ task: run('one') }),
      'InvalidParameterException',
      /was not enabled when the task was run or the execute command agent isn.t running/,
    ],
    ['an unknown task', () => ({ task: '0'.repeat(32) }), 'InvalidParameterException', /task was not found/],
    [
      'an unknown cluster',
      () => ({ cluster: 'nope', task: 'x' }),
      'ClusterNotFoundException',
      /Cluster not found/,
    ],
    [
      'several containers and none named',
      () => ({ task: run('two', true) }),
      'InvalidParameterException',
      /container name is required/,
    ],
    [
      'a container that is not there',
      () => ({ task: run('two', true), container: 'nope' }),
      'InvalidParameterException',
      /nope was not found/,
    ],
    [
      'interactive false',
      () => ({ task: run('one', true), interactive: false }),
      'InvalidParameterException',
      /Interactive is the only mode/,
    ],
    [
      'no command',
      () => ({ task: run('one', true), command: ' ' }),
      'InvalidParameterException',
      /Command cannot be empty/,
    ],
  ])('is refused for %s', (_what, wrong, code, message) => {
    const input = ask(wrong())
    ecs.advance(2_000)
    const refusal = ecs.refusal('ExecuteCommand', input)
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
  })

  it('is refused while the task starts, and after it was stopped', () => {
    const task = run('one', true)
    expect(ecs.refusal('ExecuteCommand', ask({ task })).message).toMatch(/agent isn.t running/)
    ecs.advance(2_000)
    ecs.call('ExecuteCommand', ask({ task }))
    ecs.call('StopTask', { cluster: 'default', task })
    ecs.advance(60_000)
    expect(ecs.refusal('ExecuteCommand', ask({ task })).message).toMatch(/agent isn.t running/)
  })

  it('takes a named container of several', () => {
    const task = run('two', true)
    ecs.advance(2_000)
    expect(ecs.call('ExecuteCommand', ask({ task, container: 'log' }))).toMatchObject({
      containerName: 'log',
    })
  })
})
