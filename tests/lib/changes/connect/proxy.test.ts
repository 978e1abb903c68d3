import { describe, expect, it } from 'vitest'
import type { World } from '@/lib/changes/world'
import type { Plan } from '@/lib/plan/plan'
import {
  connect,
  connected,
  connectInput,
  frontendArn,
  revision,
  sceneWorld,
} from '../../../support/connect-world'
import { definitionArn } from '../../../support/inventory'
import { commandsOf, planOf, refusalOf, stepNamed, told } from '../../../support/planned'

const plan = (world: World, input = connectInput()): Plan => planOf('service-connect', input, world)
const demo = sceneWorld()

describe('what the proxy takes', () => {
  const tight = { cpu: '256', memory: '512' }
  const crowded = (memory: number) =>
    revision('backend-api', 8080, {
      ...tight,
      containerDefinitions: [
        {
          name: 'backend-api',
          image: 'backend-api:1',
          cpu: 256,
          memory,
          portMappings: [{ containerPort: 8080 }],
        },
      ],
    })

  it('is said with what is left', () => {
    expect(told(plan(demo), 'info')).toContain(
      'Each task of backend-api gets a proxy, which wants 256 CPU units and 64 MiB; beside its containers 256 CPU units and 512 MiB are free.',
    )
  })

  it('is warned of when less is left, and the plan stays possible', () => {
    const made = plan(sceneWorld({ backendRevision: crowded(480) }))
    expect(told(made, 'warn')).toContain('only 0 CPU units and 32 MiB are free')
  })

  it('makes a larger task when wished, of a size that Fargate has', () => {
    const made = plan(sceneWorld({ backendRevision: crowded(512) }), connectInput({ makeRoom: true }))
    expect(made.steps[0]?.input).toMatchObject({ cpu: '512', memory: '1024' })
    expect(made.steps[0]?.sentence).toBe(
      'Register a revision of backend-api with port 8080 named http and 512 CPU units and 1,024 MiB.',
    )
    expect(told(made)).toContain(
      'Tasks of backend-api grow from 256 CPU units and 512 MiB to 512 CPU units and 1,024 MiB',
    )
    expect(told(made, 'warn')).not.toContain('Give the task more')
  })

  it('grows the tasks of new clients too', () => {
    const world = sceneWorld({ frontendRevision: revision('frontend-web', 3000, { cpu: '256' }) })
    const made = plan(world, connectInput({ makeRoom: true, clients: [frontendArn] }))
    expect(commandsOf(made)).toEqual([
      'task-definition-backend-api: ecs:RegisterTaskDefinition',
      'task-definition-frontend-web: ecs:RegisterTaskDefinition',
      'service-connect-backend-api: ecs:UpdateService',
      'connect-frontend-web: ecs:UpdateService',
    ])
    expect(stepNamed(made, 'connect-frontend-web')).toMatchObject({
      input: {
        taskDefinition: { $ref: { step: 'task-definition-frontend-web', output: 'taskDefinitionArn' } },
      },
      undo: { calls: [{ input: { taskDefinition: definitionArn('frontend-web') } }] },
    })
  })

  it.each([
    ['no memory for the task', revision('backend-api', 8080, { memory: undefined }), 'TaskMemoryMissing'],
    ['containers that may take all of it', crowded(512), 'NoRoomForProxy'],
    [
      'containers beyond every size',
      revision('backend-api', 8080, { cpu: '16384', memory: '122880' }, {}),
      'NoLargerSize',
    ],
  ])('is refused with %s', (_name, backendRevision, code) => {
    const big =
      code === 'NoLargerSize'
        ? {
            ...backendRevision,
            containerDefinitions: [
              {
                name: 'backend-api',
                image: 'a',
                cpu: 16_384,
                memory: 122_880,
                portMappings: [{ containerPort: 8080 }],
              },
            ],
          }
        : backendRevision
    const makeRoom = code === 'NoLargerSize'
    expect(
      refusalOf('service-connect', connectInput({ makeRoom }), sceneWorld({ backendRevision: big })),
    ).toBe(code)
  })

  it('wants more memory in a namespace of more than 100 services', () => {
    const others = Array.from({ length: 101 }, (_, at) => connected(`svc-${at}`, connect()))
    expect(told(plan(sceneWorld({ others })))).toContain('wants 256 CPU units and 128 MiB')
  })
})
