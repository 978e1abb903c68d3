import { describe, expect, it } from 'vitest'
import { needsOf } from '@/lib/changes/needs'
import type { TaskDefinitionInput } from '@/lib/changes/task-definition-json'
import type { World } from '@/lib/changes/world'
import type { TargetKind } from '@/lib/inventory/model'
import { clusterArn, inventory, service } from '../../support/inventory'
import { planOf, refusalOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const web = service('web', { desired: 3 })
const subject = { clusterArn: clusterArn(), serviceArn: web.arn }

const worldWith = (
  more: {
    readonly kind?: TargetKind
    readonly on?: boolean
    readonly revision?: Partial<TaskDefinitionInput>
  } = {},
): World => {
  const { kind = 'local', on = false, revision } = more
  const base = inventory({
    services: [{ ...web, enableExecuteCommand: on }, service('old', { status: 'DRAINING' })],
  })
  const world = worldOf({ ...base, target: { ...base.target, kind } })
  return revision
    ? {
        ...world,
        revisionInputs: { [web.taskDefinitionArn]: { family: 'web', containerDefinitions: [], ...revision } },
      }
    : world
}
const textsOf = (world: World) =>
  planOf('enable-exec', subject, world)
    .consequences.map(({ tone, text }) => `${tone}: ${text}`)
    .join('\n')

describe('enabling ECS Exec', () => {
  it('switches it on and replaces the tasks, since it counts only for new ones', () => {
    const plan = planOf('enable-exec', subject, worldWith())
    expect(plan).toMatchObject({
      title: 'Enable ECS Exec for web',
      steps: [
        {
          command: 'ecs:UpdateService',
          input: {
            cluster: clusterArn(),
            service: web.arn,
            enableExecuteCommand: true,
            forceNewDeployment: true,
          },
          after: { kind: 'service stable' },
          undo: {
            possible: true,
            calls: [{ input: { enableExecuteCommand: false, forceNewDeployment: true } }],
          },
        },
      ],
    })
    expect(textsOf(worldWith())).toContain('3 in all')
  })

  it('mends tasks that were started before it was switched on, and has nothing to take back then', () => {
    expect(planOf('enable-exec', subject, worldWith({ on: true })).steps[0]?.undo.possible).toBe(false)
  })

  it('says what AWS wants besides: a task role, its rights, a file system to write to', () => {
    const bare = { containerDefinitions: [{ name: 'web', image: 'web:1' }] }
    expect(textsOf(worldWith({ kind: 'aws', revision: bare }))).toMatch(/danger: .*no task role/)
    expect(
      textsOf(worldWith({ kind: 'aws', revision: { ...bare, taskRoleArn: 'arn:aws:iam::1:role/web' } })),
    ).toMatch(/info: .*ssmmessages:OpenDataChannel/)
    expect(textsOf(worldWith({ kind: 'aws' }))).not.toContain('no task role')
    const closed = { containerDefinitions: [{ name: 'web', image: 'web:1', readonlyRootFilesystem: true }] }
    expect(textsOf(worldWith({ revision: closed }))).toMatch(/warn: .*read-only root/)
    expect(textsOf(worldWith({ revision: bare }))).not.toMatch(/ssmmessages/)
  })

  it('reads the revision for that', () => {
    expect(needsOf('enable-exec', subject, worldWith()).revisionArns).toEqual([web.taskDefinitionArn])
    expect(needsOf('enable-exec', { serviceArn: 7 }, worldWith()).revisionArns).toEqual([])
  })

  it('is refused for a service that is gone or drains', () => {
    expect(refusalOf('enable-exec', { ...subject, serviceArn: `${web.arn}x` }, worldWith())).toBe(
      'ServiceGone',
    )
    expect(refusalOf('enable-exec', { ...subject, serviceArn: service('old').arn }, worldWith())).toBe(
      'ServiceDraining',
    )
  })
})
