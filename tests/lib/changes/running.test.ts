import { describe, expect, it } from 'vitest'
import { editRevision, tidyRevision } from '@/lib/changes/edit-revision'
import { readTaskDefinitionJson } from '@/lib/changes/task-definition-json'
import { runInput } from '../../support/change-inputs'
import {
  clusterArn,
  container,
  definition,
  definitionArn,
  deployment,
  inventory,
  service,
  task,
} from '../../support/inventory'
import { commandsOf, planOf, refusalOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const web = service('web', { desired: 2, deployments: [deployment({ id: 'ecs-svc/7' })] })
const world = worldOf(
  inventory({
    services: [web, service('old', { status: 'DRAINING' })],
    tasks: [task(1, 'web')],
    definitions: [
      definition('web', [container('web', {}, 80)]),
      { ...definition('bridge'), networkMode: 'bridge' },
    ],
  }),
)
const subject = { clusterArn: clusterArn(), serviceArn: web.arn }
const text = JSON.stringify({
  family: 'web',
  networkMode: 'awsvpc',
  containerDefinitions: [{ name: 'web', image: 'web:2' }],
})

describe('redeploying', () => {
  it('forces a deployment of the same revision, and cannot be taken back', () => {
    expect(planOf('redeploy', subject, world)).toMatchObject({
      title: 'Redeploy web',
      steps: [
        {
          command: 'ecs:UpdateService',
          input: { cluster: clusterArn(), service: web.arn, forceNewDeployment: true },
          after: { kind: 'service stable' },
          undo: { possible: false },
        },
      ],
      seen: [{ facts: { status: 'ACTIVE', deploymentId: 'ecs-svc/7' } }],
    })
  })

  it('is refused for a service that is gone or drains', () => {
    expect(refusalOf('redeploy', { ...subject, serviceArn: `${web.arn}x` }, world)).toBe('ServiceGone')
    expect(refusalOf('redeploy', { ...subject, serviceArn: service('old').arn }, world)).toBe(
      'ServiceDraining',
    )
  })
})

describe('scaling and stopping, from the world', () => {
  it('find the service and the task', () => {
    const scaled = planOf('scale', { ...subject, desiredCount: 5, seenDesiredCount: 2 }, world)
    expect(scaled.title).toBe('Scale web to 5')
    const stop = { clusterArn: clusterArn(), taskArn: task(1, 'web').arn, reason: '' }
    expect(planOf('stop-task', stop, world).steps[0]?.input).toMatchObject({
      reason: 'Stopped from Switchboard',
    })
    expect(refusalOf('stop-task', { ...stop, taskArn: `${stop.taskArn}0` }, world)).toBe('TaskGone')
  })
})

describe('a new revision', () => {
  const input = { ...subject, fromArn: definitionArn('web'), text }

  it('is registered, then the service moves to it; taken back, it moves to the former one', () => {
    const plan = planOf('new-revision', input, world)
    expect(commandsOf(plan)).toEqual([
      'task-definition: ecs:RegisterTaskDefinition',
      'update-service: ecs:UpdateService',
    ])
    expect(plan.steps[1]).toMatchObject({
      input: { taskDefinition: { $ref: { step: 'task-definition', output: 'taskDefinitionArn' } } },
      undo: {
        possible: true,
        sentence: 'Go back to web:1.',
        calls: [{ input: { taskDefinition: definitionArn('web') }, wait: { kind: 'service stable' } }],
      },
    })
    expect(plan.consequences).toEqual([])
  })

  it('does not overwrite a newer one', () => {
    expect(refusalOf('new-revision', { ...input, fromArn: definitionArn('web', 9) }, world)).toBe(
      'ChangedMeanwhile',
    )
  })

  it('says when the family is another one', () => {
    const other = planOf(
      'new-revision',
      { ...input, text: text.replace('"family":"web"', '"family":"shop"') },
      world,
    )
    expect(other.consequences).toEqual([
      { tone: 'warn', text: 'The service changes from the family web to shop.' },
    ])
  })
})

describe('editing a revision by a short form', () => {
  const given = readTaskDefinitionJson(
    JSON.stringify({
      family: 'web',
      volumes: [],
      placementConstraints: [],
      containerDefinitions: [
        {
          name: 'web',
          image: 'web:1',
          cpu: 0,
          environment: [{ name: 'A', value: '1' }],
          mountPoints: [],
          volumesFrom: [],
        },
        { name: 'log', image: 'log:1', cpu: 10, environment: [] },
      ],
    }),
  )
  if (!given.ok) throw new Error('The fixture is no task definition.')

  it('changes what was edited and nothing else', () => {
    const edited = JSON.parse(
      editRevision(given.input, [
        { container: 'web', image: 'web:2', environment: [{ name: 'B', value: '"$x"' }] },
      ]),
    )
    expect(edited.containerDefinitions[0]).toMatchObject({
      image: 'web:2',
      environment: [{ name: 'B', value: '"$x"' }],
    })
    expect(edited.containerDefinitions[1]).toEqual(given.input.containerDefinitions?.[1])
    expect(JSON.parse(editRevision(given.input, [{ container: 'gone', image: 'x' }]))).toEqual(given.input)
  })

  it('tidies away what ECS adds by itself', () => {
    expect(tidyRevision(given.input)).toEqual({
      family: 'web',
      containerDefinitions: [
        { name: 'web', image: 'web:1', environment: [{ name: 'A', value: '1' }] },
        { name: 'log', image: 'log:1', cpu: 10 },
      ],
    })
  })
})

describe('running a task', () => {
  it('is one call per task, so that each can be stopped again', () => {
    const plan = planOf('run-task', runInput({ count: 3 }), world)
    expect(commandsOf(plan)).toEqual(['task-1: ecs:RunTask', 'task-2: ecs:RunTask', 'task-3: ecs:RunTask'])
    expect(plan.steps[1]).toMatchObject({
      input: {
        count: 1,
        taskDefinition: definitionArn('web'),
        networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'ENABLED' } },
      },
      undo: {
        calls: [
          { command: 'ecs:StopTask', input: { task: { $ref: { step: 'task-2', output: 'taskArn' } } } },
        ],
      },
    })
  })

  it('registers pasted JSON first', () => {
    expect(
      commandsOf(planOf('run-task', runInput({ taskDefinition: { kind: 'json', text } }), world)),
    ).toEqual(['task-definition: ecs:RegisterTaskDefinition', 'task-1: ecs:RunTask'])
  })

  it.each([
    ['in a cluster that is gone', runInput({ clusterArn: clusterArn('gone') }), 'ClusterGone'],
    ['without subnets', runInput({ network: null }), 'NetworkMissing'],
    [
      'in bridge mode on Fargate',
      runInput({ taskDefinition: { kind: 'existing', arn: definitionArn('bridge') } }),
      'NetworkMode',
    ],
    ['eleven times', { ...runInput(), count: 11 }, 'InvalidInput'],
  ])('is refused %s', (_name, input, code) => expect(refusalOf('run-task', input, world)).toBe(code))
})
