import { describe, expect, it } from 'vitest'
import type { EcsService, Task } from '@/lib/inventory/model'
import { registryVerdict, rolloutOf, serviceVerdict, tasksVerdict } from '@/lib/topology/health'
import { hasFailed, registeredVerdict, taskVerdict } from '@/lib/topology/instance-state'
import type { InstanceNode, InstanceState } from '@/lib/topology/model'
import { deployment, NOW, registered, service, task } from '../../support/inventory'

const dot = (state: InstanceState, reason: string | null = null): InstanceNode => ({
  id: `instance/${state}`,
  state,
  taskArn: null,
  taskId: null,
  taskStatus: null,
  taskHealth: null,
  discoveryHealth: null,
  address: null,
  port: null,
  zone: null,
  taskDefinition: null,
  deploymentId: null,
  createdAtMs: null,
  startedAtMs: null,
  reason,
})
const dots = (...states: InstanceState[]) => states.map((state) => dot(state))
const verdict = (more: Partial<EcsService>, instances: readonly InstanceNode[] = []) => {
  const { state, status } = serviceVerdict(service('web', more), instances, true)
  return [state, status]
}
const rolling = (more = {}) => deployment({ rolloutState: 'IN_PROGRESS', rolloutReason: 'r', ...more })

describe('what a service card says', () => {
  it.each<[string, Partial<EcsService>, InstanceState[], string, string]>([
    ['all run', { desired: 2, running: 2 }, ['healthy', 'healthy'], 'ok', 'steady'],
    ['desired 0', { desired: 0, running: 0 }, [], 'off', 'scaled to 0'],
    ['deleted', { status: 'INACTIVE', desired: 0, running: 0 }, [], 'off', 'deleted'],
    ['being deleted', { status: 'DRAINING', desired: 0, running: 1 }, ['stopping'], 'busy', 'draining'],
    ['scaling out', { desired: 3, running: 1, pending: 2 }, ['healthy'], 'busy', 'starting'],
    ['scaling in', { desired: 1, running: 3 }, ['healthy', 'healthy', 'healthy'], 'busy', 'scaling in'],
    ['tasks missing', { desired: 3, running: 1 }, ['healthy'], 'warn', '1 of 3'],
    ['one unhealthy', { desired: 2, running: 2 }, ['healthy', 'unhealthy'], 'warn', '1 unhealthy'],
    ['all unhealthy', { desired: 2, running: 2 }, ['unhealthy', 'unhealthy'], 'bad', 'unhealthy'],
    ['an orphan', { desired: 1, running: 1 }, ['healthy', 'orphaned'], 'warn', 'orphans'],
    ['an orphan of a service at 0', { desired: 0, running: 0 }, ['orphaned'], 'warn', 'scaled to 0'],
    ['settling', { desired: 1, running: 1 }, ['starting'], 'busy', 'starting'],
  ])('%s', (_name, more, states, state, status) => {
    expect(verdict(more, dots(...states))).toEqual([state, status])
  })

  it('is starting in its first deployment and rolling out in the next', () => {
    expect(verdict({ desired: 2, running: 0, deployments: [rolling()] })).toEqual(['busy', 'starting'])
    expect(
      verdict({ desired: 2, running: 2, deployments: [rolling(), deployment({ status: 'ACTIVE' })] }),
    ).toEqual(['busy', 'rolling out'])
  })

  it('is failing when tasks fail in a row and some are missing', () => {
    const failing = { desired: 2, running: 1, deployments: [rolling({ failedTasks: 3 })] }
    expect(verdict(failing)).toEqual(['bad', 'failing'])
    const { reasons } = serviceVerdict(service('web', failing), [dot('failing', 'exited with code 1')], true)
    expect(reasons[0]).toBe('3 tasks in a row failed to start or stay up. The last one: exited with code 1')
  })

  it('is failing while ECS replaces one unhealthy task after the other, though enough of them run', () => {
    const replacing = { desired: 1, running: 2, deployments: [rolling({ failedTasks: 38, running: 2 })] }
    expect(verdict(replacing, dots('unhealthy', 'healthy'))).toEqual(['bad', 'failing'])
    expect(verdict(replacing, dots('failing', 'healthy'))).toEqual(['bad', 'failing'])
  })

  it('is failing when its only task crashed, which ECS does not count once the task was RUNNING', () => {
    const crashing = { desired: 1, running: 0, deployments: [rolling()] }
    expect(verdict(crashing, dots('failing', 'starting'))).toEqual(['bad', 'failing'])
    const { reasons } = serviceVerdict(service('web', crashing), [dot('failing', 'exited with code 3')], true)
    expect(reasons).toEqual(['1 task stopped a moment ago, and none runs. The last one: exited with code 3'])
  })

  it('does not count more tasks than are wanted as a part of them', () => {
    const more = { desired: 1, running: 2, deployments: [rolling({ desired: 1, running: 2 })] }
    const { reasons } = serviceVerdict(service('web', more), dots('healthy', 'healthy'), true)
    expect(reasons).toEqual(['2 tasks of the newest deployment run, 1 wanted.'])
  })

  it('is bad when the rollout failed, in the words of ECS', () => {
    const failed = { deployments: [rolling({ rolloutState: 'FAILED', rolloutReason: 'circuit breaker' })] }
    expect(verdict(failed)).toEqual(['bad', 'rollout failed'])
    expect(serviceVerdict(service('web', failed), [], true).reasons).toEqual(['circuit breaker'])
  })

  it('gives a reason for everything but ok', () => {
    const cases: Partial<EcsService>[] = [
      { desired: 0, running: 0 },
      { status: 'INACTIVE' },
      { status: 'DRAINING' },
      { desired: 2, running: 1 },
      { desired: 2, running: 1, pending: 1 },
      { desired: 1, running: 2 },
      { deployments: [rolling()] },
    ]
    for (const more of cases) {
      const told = serviceVerdict(service('web', more), [], true)
      expect(told.state).not.toBe('ok')
      expect(told.reasons.length).toBeGreaterThan(0)
    }
    expect(serviceVerdict(service('web'), dots('healthy'), true).reasons).toEqual([])
  })
})

describe('the rollout', () => {
  it('is over when ECS says so', () => {
    expect(rolloutOf(service('web'))).toBeNull()
  })

  it('is judged by counts where the endpoint has no rollout state', () => {
    const silent = (more = {}) =>
      rolloutOf(service('web', { deployments: [deployment({ rolloutState: null, ...more })] }))
    expect(silent()).toBeNull()
    expect(silent({ desired: 2, running: 1 })).toMatchObject({ state: 'IN_PROGRESS' })
  })

  it('does not exist without a PRIMARY deployment', () => {
    expect(rolloutOf(service('web', { deployments: [] }))).toBeNull()
  })
})

describe('what a dot says', () => {
  const of = (more: Partial<Task>, registration: Parameters<typeof taskVerdict>[1] = 'not expected') =>
    taskVerdict(task(1, 'web', more), registration, NOW).state
  const young = { startedAtMs: NOW - 5_000 }

  it.each<[string, Partial<Task>, Parameters<typeof taskVerdict>[1], InstanceState]>([
    ['runs, no registry', {}, 'not expected', 'healthy'],
    ['runs and is registered', {}, 'HEALTHY', 'healthy'],
    ['runs, health unknown to Cloud Map', {}, 'UNKNOWN', 'healthy'],
    ['is being provisioned', { lastStatus: 'PROVISIONING' }, 'missing', 'starting'],
    ['is pending', { lastStatus: 'PENDING' }, 'missing', 'starting'],
    ['is being registered', { lastStatus: 'ACTIVATING' }, 'UNHEALTHY', 'starting'],
    ['shall stop', { desiredStatus: 'STOPPED' }, 'HEALTHY', 'stopping'],
    [
      'is being deregistered',
      { lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED' },
      'HEALTHY',
      'stopping',
    ],
    ['is stopping', { lastStatus: 'STOPPING', desiredStatus: 'STOPPED' }, 'missing', 'stopping'],
    ['fails its health check', { health: 'UNHEALTHY' }, 'HEALTHY', 'unhealthy'],
    ['is young and not registered', young, 'missing', 'starting'],
    ['is young and not healthy for Cloud Map', young, 'UNHEALTHY', 'starting'],
    ['is old and not registered', {}, 'missing', 'unhealthy'],
    ['is old and unhealthy for Cloud Map', {}, 'UNHEALTHY', 'unhealthy'],
    ['is healthy for ECS only', { health: 'HEALTHY' }, 'UNHEALTHY', 'unhealthy'],
    ['crashed', { lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' }, 'missing', 'failing'],
    ['never started', { lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' }, 'missing', 'failing'],
    ['was stopped by a person', { lastStatus: 'STOPPED', stopCode: 'UserInitiated' }, 'missing', 'stopping'],
    ['ended with its host', { lastStatus: 'STOPPED', stopCode: 'TerminationNotice' }, 'missing', 'stopping'],
    ['has a status of tomorrow', { lastStatus: 'HIBERNATING' }, 'HEALTHY', 'healthy'],
  ])('%s', (_name, more, registration, state) => {
    expect(of(more, registration)).toBe(state)
  })

  it('tells a stop by health checks from one by scaling', () => {
    const stopped = (stoppedReason: string) =>
      hasFailed(
        task(1, 'web', { lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated', stoppedReason }),
      )
    expect(stopped('Task failed container health checks')).toBe(true)
    expect(stopped('Scaling activity initiated by (deployment ecs-svc/1)')).toBe(false)
  })

  it('tells the exit code with the reason', () => {
    const crashed = task(1, 'web', {
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [
        {
          name: 'app',
          image: null,
          lastStatus: 'STOPPED',
          health: 'UNKNOWN',
          exitCode: 137,
          reason: 'OutOfMemoryError',
        },
      ],
    })
    expect(taskVerdict(crashed, 'missing', NOW).reason).toBe(
      'Essential container in task exited: app exited with code 137 (OutOfMemoryError)',
    )
  })

  it('tells registrations without a task by their health', () => {
    expect(registeredVerdict(registered(1), false).state).toBe('healthy')
    expect(registeredVerdict(registered(1, { health: 'UNHEALTHY' }), false).state).toBe('unhealthy')
    expect(registeredVerdict(registered(1), true).state).toBe('orphaned')
  })
})

describe('cards without an ECS service', () => {
  it.each<[InstanceState[], boolean, string, string]>([
    [[], false, 'off', 'unknown'],
    [[], true, 'off', 'no instances'],
    [['healthy'], true, 'ok', 'registered'],
    [['healthy', 'unhealthy'], true, 'warn', '1 unhealthy'],
    [['unhealthy'], true, 'bad', 'unhealthy'],
    [['orphaned'], true, 'warn', 'orphans'],
  ])('a registry with %j', (states, readable, state, status) => {
    expect(registryVerdict(dots(...states), readable)).toMatchObject({ state, status })
  })

  it.each<[InstanceState[], string, string]>([
    [['healthy'], 'ok', 'running'],
    [['healthy', 'starting'], 'busy', 'starting'],
    [['stopping'], 'busy', 'stopping'],
    [['failing'], 'bad', 'failed'],
    [['healthy', 'unhealthy'], 'warn', 'unhealthy'],
    [['healthy', 'failing'], 'ok', 'running'],
  ])('tasks on their own that are %j', (states, state, status) => {
    expect(tasksVerdict(dots(...states))).toMatchObject({ state, status })
  })
})
