import { describe, expect, it } from 'vitest'
import type { Task } from '@/lib/inventory/model'
import { execStateOf, type MoreFacts } from '@/lib/probe/from-task/exec-state'
import { buildTopology } from '@/lib/topology/build'
import { container, definition, inventory, service, task } from '../../../support/inventory'

const operator: MoreFacts = {
  target: { kind: 'local', localRuntime: 'process' },
  readOnly: false,
  taskRoleArn: undefined,
}
const ready: Partial<Task> = { enableExecuteCommand: true, execAgent: 'RUNNING' }

const stateOf = (
  tasks: readonly Partial<Task>[],
  more: { readonly on?: boolean; readonly facts?: Partial<MoreFacts> } = {},
) => {
  const world = inventory({
    services: [{ ...service('web', { desired: tasks.length }), enableExecuteCommand: more.on ?? true }],
    tasks: tasks.map((one, at) => ({ ...task(at + 1, 'web'), createdAtMs: at, ...one })),
    definitions: [definition('web', [container('web', {}, 80)])],
  })
  const node = buildTopology(world).services.find(({ name }) => name === 'web')
  if (!node) throw new Error('no card')
  return { ...execStateOf(node, world, { ...operator, ...more.facts }), world }
}
const codes = (state: { readonly missing: readonly { readonly code: string }[] }) =>
  state.missing.map(({ code }) => code)

describe('whether a task can be entered', () => {
  it('is yes for the newest task whose agent runs, in its own container', () => {
    const state = stateOf([ready, ready, { ...ready, execAgent: 'PENDING' }])
    expect(state.place).toMatchObject({
      clusterName: expect.any(String),
      taskArn: state.world.tasks[1]?.arn,
      container: 'web',
    })
    expect(state).toMatchObject({ missing: [], mend: null })
  })

  it('never means the proxy that ECS added', () => {
    const containers = [
      {
        name: 'ecs-service-connect-x1y2z',
        image: null,
        lastStatus: 'RUNNING',
        health: 'HEALTHY',
        exitCode: null,
        reason: null,
      },
      { name: 'web', image: 'web', lastStatus: 'RUNNING', health: 'UNKNOWN', exitCode: null, reason: null },
    ]
    expect(stateOf([{ ...ready, containers }]).place?.container).toBe('web')
    expect(stateOf([{ ...ready, containers: containers.slice(0, 1) }]).place).toBe(null)
  })

  it.each<
    [
      string,
      readonly Partial<Task>[],
      { on?: boolean; facts?: Partial<MoreFacts> },
      readonly string[],
      boolean,
    ]
  >([
    ['exec is off for the service', [{}], { on: false }, ['service-off'], true],
    ['its tasks are older than that', [{}], {}, ['task-off'], true],
    ['the agent does not run yet', [{ ...ready, execAgent: 'PENDING' }], {}, ['agent'], false],
    ['nobody tells of an agent', [{ ...ready, execAgent: null }], {}, ['agent'], false],
    ['there is no task', [], {}, ['no-task'], false],
    ['the only task is being stopped', [{ ...ready, desiredStatus: 'STOPPED' }], {}, ['no-task'], false],
    [
      'the platform is too old',
      [{ ...ready, execAgent: null, platformVersion: '1.3.0' }],
      {},
      ['agent', 'platform'],
      false,
    ],
    [
      'the task has no role',
      [{ ...ready, execAgent: 'STOPPED' }],
      { facts: { target: { kind: 'aws', localRuntime: null }, taskRoleArn: null } },
      ['agent', 'task-role'],
      false,
    ],
    [
      'tasks are simulated',
      [{ ...ready, execAgent: 'STOPPED' }],
      { facts: { target: { kind: 'local', localRuntime: 'simulated' } } },
      ['simulated', 'agent'],
      false,
    ],
  ])('is no when %s', (_what, tasks, more, missing, mends) => {
    const state = stateOf(tasks, more)
    expect(state.place).toBe(null)
    expect(codes(state)).toEqual(missing)
    expect(state.mend !== null).toBe(mends)
    for (const { message, remedy } of state.missing) {
      expect(message).toMatch(/\.$/)
      expect(remedy).toMatch(/\.$/)
    }
  })

  it('needs no task role in the local cloud, and does not claim that one is missing when it was not read', () => {
    expect(codes(stateOf([{ ...ready, execAgent: null }], { facts: { taskRoleArn: null } }))).toEqual([
      'agent',
    ])
    const aws = { target: { kind: 'aws', localRuntime: null }, taskRoleArn: undefined } as const
    expect(codes(stateOf([{ ...ready, execAgent: null }], { facts: aws }))).toEqual(['agent'])
  })

  it('is no for who may only look, and nothing mends that', () => {
    const state = stateOf([{}], { on: false, facts: { readOnly: true } })
    expect(state).toMatchObject({ place: null, mend: null })
    expect(codes(state)).toContain('read-only')
    expect(stateOf([ready], { facts: { readOnly: true } }).place).toBe(null)
  })
})
