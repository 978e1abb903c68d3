import { describe, expect, it } from 'vitest'
import { stepTask, type TaskAction } from '@/lib/emulator/scheduler/step-task'
import type { TaskRecord, TaskStatus } from '@/lib/emulator/state/ecs'
import { aCheckedTask, aContainer, aPendingTask, aTask, aTaskIn, nowMs } from '../../../support/ecs-records'

const times = { taskStepMs: 100, stoppedTaskKeptMs: 3_600_000 }
const step = (task: TaskRecord, atMs = nowMs) => stepTask(task, atMs, times)
const kinds = (actions: readonly TaskAction[]) =>
  actions.map((action) => (action.kind === 'advance' ? action.to : action.kind))

const unwanted = { desiredStatus: 'STOPPED' } as const
const registration = { discoveryServiceId: 'srv-1', customHealth: true, health: 'UNHEALTHY' } as const

describe('a task that should run', () => {
  const cases: [name: string, task: TaskRecord, afterMs: number, expected: string[]][] = [
    ['waits for its network interface', aTaskIn('PROVISIONING'), 99, []],
    ['is launched when it has one', aTaskIn('PROVISIONING'), 100, ['launch']],
    ['waits for its containers', aPendingTask(), 10_000, []],
    [
      'is registered on its way to ACTIVATING',
      aPendingTask({ containers: [aContainer()] }),
      0,
      ['register', 'ACTIVATING'],
    ],
    [
      'waits for the last container',
      aPendingTask({ containers: [aContainer(), aContainer({ name: 'log', lastStatus: 'PENDING' })] }),
      0,
      [],
    ],
    [
      'counts a helper that has already ended as started',
      aPendingTask({
        containers: [aContainer(), aContainer({ name: 'init', essential: false, lastStatus: 'STOPPED' })],
      }),
      0,
      ['register', 'ACTIVATING'],
    ],
    [
      'waits behind its proxy until the application takes connections',
      aPendingTask({ containers: [aContainer()], connect: { serves: true } }),
      60_000,
      [],
    ],
    [
      'is registered when it does',
      aPendingTask({ containers: [aContainer()], connect: { serves: true, reachable: true } }),
      0,
      ['register', 'ACTIVATING'],
    ],
    [
      'does not wait as a client, which nobody calls',
      aPendingTask({ containers: [aContainer()], connect: { serves: false } }),
      0,
      ['register', 'ACTIVATING'],
    ],
    ['stays ACTIVATING for its time', aTaskIn('ACTIVATING'), 99, []],
    ['runs after that', aTaskIn('ACTIVATING'), 100, ['RUNNING']],
    ['is left alone while it runs', aTask(), 1_000_000, []],
    ['has proved itself by running', aTask({ provedAtMs: undefined }), 0, ['prove']],
    [
      'has not proved itself while its check is unsure',
      aCheckedTask('UNKNOWN', { provedAtMs: undefined }),
      0,
      [],
    ],
    [
      'has proved itself when its check passes',
      aCheckedTask('HEALTHY', { provedAtMs: undefined }),
      0,
      ['prove'],
    ],
    [
      'has not proved itself when its check fails',
      aCheckedTask('UNHEALTHY', { provedAtMs: undefined }),
      0,
      [],
    ],
    [
      'tells its health where it is registered',
      aCheckedTask('HEALTHY', { registration }),
      0,
      ['tell-health'],
    ],
    [
      'tells it while ACTIVATING too',
      aCheckedTask('HEALTHY', { registration, lastStatus: 'ACTIVATING' }),
      0,
      ['tell-health'],
    ],
    [
      'tells nothing new twice',
      aCheckedTask('HEALTHY', { registration: { ...registration, health: 'HEALTHY' } }),
      0,
      [],
    ],
    [
      'tells nothing where Cloud Map takes no custom health',
      aCheckedTask('HEALTHY', { registration: { ...registration, customHealth: false } }),
      0,
      [],
    ],
    ['tells nothing before the first check', aCheckedTask('UNKNOWN', { registration }), 0, []],
    ['tells nothing where it is not registered', aCheckedTask('HEALTHY'), 0, []],
    [
      'goes on without a helper',
      aTask({
        containers: [aContainer(), aContainer({ name: 'helper', essential: false, lastStatus: 'STOPPED' })],
      }),
      0,
      [],
    ],
  ]
  it.each(cases)('%s', (_name, task, afterMs, expected) => {
    expect(kinds(step(task, nowMs + afterMs).actions)).toEqual(expected)
  })
})

describe('a task that can not go on', () => {
  const exited = [aContainer({ lastStatus: 'STOPPED', exitCode: 1 })]
  it.each<TaskStatus>(['PENDING', 'ACTIVATING', 'RUNNING'])(
    'is stopped when an essential container exits while %s',
    (lastStatus) => {
      expect(step(aTaskIn(lastStatus, { containers: exited })).actions).toEqual([
        {
          kind: 'stop',
          stopCode: 'EssentialContainerExited',
          reason: 'Essential container in task exited',
        },
      ])
    },
  )

  it.each<TaskStatus>(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'])(
    'is stopped with the words of the runtime when it could not start, while %s',
    (lastStatus) => {
      expect(step(aTaskIn(lastStatus, { failure: 'CannotStartContainerError: no' })).actions).toEqual([
        { kind: 'stop', stopCode: 'TaskFailedToStart', reason: 'CannotStartContainerError: no' },
      ])
    },
  )

  it('is stopped when nothing of it is left, whatever the containers say', () => {
    expect(step(aTask({ ended: true })).actions).toMatchObject([{ kind: 'stop' }])
  })

  it('keeps its first reason once it is stopping', () => {
    expect(kinds(step(aTask({ ...unwanted, failure: 'x', containers: exited })).actions)).toEqual([
      'deregister',
      'DEACTIVATING',
    ])
  })
})

describe('a task that should stop', () => {
  const cases: [name: string, task: TaskRecord, afterMs: number, expected: string[]][] = [
    ['is never launched when it was PROVISIONING', aTaskIn('PROVISIONING', unwanted), 0, ['DEPROVISIONING']],
    ['is ended when it was PENDING', aPendingTask(unwanted), 0, ['STOPPING', 'end']],
    [
      'leaves Cloud Map first when it was ACTIVATING',
      aTaskIn('ACTIVATING', unwanted),
      0,
      ['deregister', 'DEACTIVATING'],
    ],
    [
      'leaves Cloud Map first when it was RUNNING',
      aTaskIn('RUNNING', unwanted),
      0,
      ['deregister', 'DEACTIVATING'],
    ],
    ['stays DEACTIVATING for its time', aTaskIn('DEACTIVATING', unwanted), 99, []],
    ['is ended only then', aTaskIn('DEACTIVATING', unwanted), 100, ['STOPPING', 'end']],
    ['waits for the runtime', aTaskIn('STOPPING', unwanted), 1_000_000, []],
    [
      'gives its interface back when it has ended',
      aTaskIn('STOPPING', { ...unwanted, ended: true }),
      0,
      ['DEPROVISIONING'],
    ],
    [
      'waits for no runtime that never had it',
      aTaskIn('STOPPING', { ...unwanted, launched: false }),
      0,
      ['DEPROVISIONING'],
    ],
    ['stays DEPROVISIONING for its time', aTaskIn('DEPROVISIONING', unwanted), 99, []],
    ['is STOPPED at last', aTaskIn('DEPROVISIONING', unwanted), 100, ['STOPPED']],
    ['is kept for an hour', aTaskIn('STOPPED', { ...unwanted, stoppedAtMs: nowMs }), 3_599_999, []],
    ['is forgotten then', aTaskIn('STOPPED', { ...unwanted, stoppedAtMs: nowMs }), 3_600_000, ['forget']],
  ]
  it.each(cases)('%s', (_name, task, afterMs, expected) => {
    expect(kinds(step(task, nowMs + afterMs).actions)).toEqual(expected)
  })
})

describe('when to look again', () => {
  it.each<TaskStatus>(['PROVISIONING', 'ACTIVATING'])('at the end of %s', (lastStatus) => {
    expect(step(aTaskIn(lastStatus), nowMs + 40).dueAtMs).toBe(nowMs + 100)
  })
  it.each<TaskStatus>(['DEACTIVATING', 'DEPROVISIONING'])('at the end of %s', (lastStatus) => {
    expect(step(aTaskIn(lastStatus, unwanted), nowMs + 40).dueAtMs).toBe(nowMs + 100)
  })
  it.each<TaskStatus>(['PENDING', 'RUNNING'])('never by the clock while %s', (lastStatus) => {
    const task = lastStatus === 'PENDING' ? aPendingTask() : aTask()
    expect(step(task)).toEqual({ actions: [] })
  })
  it('when a stopped task is forgotten', () => {
    expect(step(aTaskIn('STOPPED', { ...unwanted, stoppedAtMs: nowMs - 5 })).dueAtMs).toBe(nowMs + 3_599_995)
  })
})

it('changes nothing itself', () => {
  const task = aTaskIn('RUNNING', unwanted)
  const before = structuredClone(task)
  step(task)
  expect(task).toEqual(before)
})
