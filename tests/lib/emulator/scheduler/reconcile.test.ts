import { describe, expect, it } from 'vitest'
import type { ServiceAction } from '@/lib/emulator/scheduler/action'
import { type ReconcileConfig, reconcileService } from '@/lib/emulator/scheduler/reconcile'
import type { ServiceRecord, TaskRecord } from '@/lib/emulator/state/ecs'
import {
  aCheckedTask,
  aDeployment,
  aPendingTask,
  aRollingService,
  aService,
  aTask,
  nowMs,
} from '../../../support/ecs-records'

const config: ReconcileConfig = {
  healthyAfterMs: 2_000,
  inactiveServiceKeptMs: 3_600_000,
  endpointRemovalMs: 5_000,
  strict: false,
}
const reconcile = (service: ServiceRecord, atMs = nowMs) => reconcileService(service, atMs, config)

const many = (count: number, make: () => TaskRecord): TaskRecord[] => Array.from({ length: count }, make)
const fresh = { id: 'ecs-svc/2', deploymentId: 'ecs-svc/2' }
const newTask = (changes: Partial<TaskRecord> = {}) => aTask({ deploymentId: fresh.deploymentId, ...changes })
const newPending = () => aPendingTask({ deploymentId: fresh.deploymentId })
/** RUNNING, but not for long enough to count as healthy. */
const newUnproved = () => newTask({ startedAtMs: nowMs - 100 })

const started = (actions: readonly ServiceAction[]): number =>
  actions.reduce((sum, action) => (action.kind === 'start-tasks' ? sum + action.count : sum), 0)
const stopped = (actions: readonly ServiceAction[]): string[] =>
  actions.flatMap((action) => (action.kind === 'stop-tasks' ? action.taskIds : []))
const events = (actions: readonly ServiceAction[]): string[] =>
  actions.flatMap((action) => (action.kind === 'event' ? [action.message] : []))
const kinds = (actions: readonly ServiceAction[]): string[] => actions.map(({ kind }) => kind)

describe('the wanted number of tasks', () => {
  const unsteady = { steadySinceMs: undefined }
  it.each([
    { desired: 0, running: 0, starts: 0, stops: 0 },
    { desired: 2, running: 0, starts: 2, stops: 0 },
    { desired: 2, running: 1, starts: 1, stops: 0 },
    { desired: 2, running: 2, starts: 0, stops: 0 },
    { desired: 2, running: 5, starts: 0, stops: 3 },
    { desired: 0, running: 3, starts: 0, stops: 3 },
    { desired: 1_000, running: 3, starts: 997, stops: 0 },
  ])(
    'of $desired with $running running: $starts starts, $stops stops',
    ({ desired, running, starts, stops }) => {
      const { actions } = reconcile(aService(many(running, aTask), { desiredCount: desired, ...unsteady }))
      expect(started(actions)).toBe(starts)
      expect(stopped(actions)).toHaveLength(stops)
    },
  )

  it('counts tasks on their way as present', () => {
    expect(reconcile(aService(many(2, aPendingTask), unsteady)).actions).toEqual([])
  })

  it('does not count tasks that are stopping', () => {
    const leaving = many(2, () => aTask({ desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' }))
    expect(started(reconcile(aService(leaving, unsteady)).actions)).toBe(2)
  })

  it('names the deployment as the reason of a scale-in', () => {
    const { actions } = reconcile(aService(many(3, aTask)))
    expect(actions).toMatchObject([
      { reason: 'Scaling activity initiated by (deployment ecs-svc/1)', unhealthy: false },
    ])
  })

  it('is not held up by the maximum percentage when no deployment is on', () => {
    const settings = {
      serviceName: 'web',
      deploymentConfiguration: { maximumPercent: 50, minimumHealthyPercent: 0 },
    }
    expect(started(reconcile(aService([], { settings })).actions)).toBe(2)
  })

  it('is not started before the start delay is over, and looked at again then', () => {
    const waiting = aService([], {
      ...unsteady,
      deployments: [aDeployment({ nextStartAtMs: nowMs + 4_000 })],
    })
    expect(reconcile(waiting)).toEqual({ actions: [], dueAtMs: nowMs + 4_000 })
    expect(started(reconcile(waiting, nowMs + 4_000).actions)).toBe(2)
  })

  it('is not started on container instances that do not exist when strict, and says so once', () => {
    const settings = { serviceName: 'web', launchType: 'EC2' } as const
    const service = aService([], { settings, ...unsteady })
    const step = reconcileService(service, nowMs, { ...config, strict: true })
    expect(kinds(step.actions)).toEqual(['event'])
    const [message = ''] = events(step.actions)
    expect(message).toMatch(/^\(service web\) was unable to place a task because no container instance/)
    const told = { ...service, events: [{ id: '1', atMs: nowMs, message }] }
    expect(reconcileService(told, nowMs, { ...config, strict: true }).actions).toEqual([])
    expect(started(reconcile(service).actions)).toBe(2)
  })
})

describe('a rolling deployment', () => {
  // Arithmetic of the ECS developer guide: floor = ceil(desired × min), ceiling = floor(desired × max).
  it.each([
    { desired: 4, min: 100, max: 200, old: 4, starts: 4, stops: 0 },
    { desired: 4, min: 50, max: 200, old: 4, starts: 4, stops: 2 },
    { desired: 4, min: 50, max: 100, old: 4, starts: 2, stops: 2 },
    { desired: 4, min: 0, max: 100, old: 4, starts: 4, stops: 4 },
    { desired: 2, min: 75, max: 200, old: 2, starts: 2, stops: 0 },
    { desired: 2, min: 50, max: 100, old: 2, starts: 1, stops: 1 },
    { desired: 3, min: 100, max: 134, old: 3, starts: 1, stops: 0 },
    { desired: 3, min: 66, max: 100, old: 3, starts: 1, stops: 1 },
    { desired: 10, min: 90, max: 110, old: 10, starts: 2, stops: 1 },
    { desired: 1, min: 100, max: 200, old: 1, starts: 1, stops: 0 },
    { desired: 1, min: 0, max: 100, old: 1, starts: 1, stops: 1 },
    { desired: 0, min: 100, max: 200, old: 3, starts: 0, stops: 3 },
  ])(
    'of $desired at $min/$max begins with $starts starts and $stops stops',
    ({ desired, min, max, old, starts, stops }) => {
      const service = aRollingService(many(old, aTask), desired, {
        minimumHealthyPercent: min,
        maximumPercent: max,
      })
      const { actions } = reconcile(service)
      expect(started(actions)).toBe(starts)
      expect(stopped(actions)).toHaveLength(stops)
    },
  )

  it('waits for a new task to count as healthy before an old one goes', () => {
    const service = aRollingService([...many(2, aTask), ...many(2, newUnproved)], 2)
    expect(reconcile(service)).toEqual({ actions: [], dueAtMs: nowMs + 1_900 })
    expect(stopped(reconcile(service, nowMs + 1_900).actions)).toHaveLength(2)
  })

  it('waits for the health check of a new task, however long it has run', () => {
    const unsure = aCheckedTask('UNKNOWN', { deploymentId: fresh.deploymentId })
    expect(reconcile(aRollingService([aTask(), unsure], 1)).actions).toEqual([])
    const sure = aCheckedTask('HEALTHY', { deploymentId: fresh.deploymentId, startedAtMs: nowMs })
    const old = aTask()
    expect(stopped(reconcile(aRollingService([old, sure], 1)).actions)).toEqual([old.id])
  })

  it('lets go as many old tasks as new ones became healthy', () => {
    const service = aRollingService([...many(4, aTask), ...many(3, newTask), newPending()], 4)
    expect(stopped(reconcile(service).actions)).toHaveLength(3)
  })

  it('lets go an old task that fails its checks within the grace period before one that serves', () => {
    const sick = aCheckedTask('UNHEALTHY', { startedAtMs: nowMs - 1_000 })
    const service = aRollingService([aTask({ createdAtMs: nowMs }), sick], 1)
    service.settings.healthCheckGracePeriodSeconds = 60
    expect(stopped(reconcile(service).actions)).toEqual([sick.id])
  })

  it('lets go at once what is of no use: old tasks on their way or unhealthy', () => {
    const pending = aPendingTask()
    const sick = aCheckedTask('UNHEALTHY')
    const { actions } = reconcile(aRollingService([pending, sick, ...many(2, newPending)], 2))
    expect(stopped(actions).sort()).toEqual([pending.id, sick.id].sort())
  })

  it('never stops new tasks for the sake of old ones', () => {
    const service = aRollingService([...many(2, aTask), ...many(2, newPending)], 2)
    expect(reconcile(service).actions).toEqual([])
  })

  it('scales in the middle of it', () => {
    const service = aRollingService([...many(4, aTask), ...many(4, newPending)], 1)
    const { actions } = reconcile(service)
    // Three of the new ones are too many, and three old ones above the floor of one.
    expect(stopped(actions)).toHaveLength(6)
    expect(started(actions)).toBe(0)
  })

  it('drops the old deployment when nothing of it runs, though its last tasks still stop', () => {
    const leaving = aTask({ desiredStatus: 'STOPPED', lastStatus: 'STOPPING' })
    const { actions } = reconcile(aRollingService([leaving, ...many(2, newTask)], 2))
    expect(actions).toEqual([{ kind: 'drop-deployment', deploymentId: 'ecs-svc/1' }])
  })

  it('keeps the old deployment while a task of it still serves', () => {
    const leaving = aTask({ desiredStatus: 'STOPPED' })
    expect(kinds(reconcile(aRollingService([leaving, ...many(2, newTask)], 2)).actions)).not.toContain(
      'drop-deployment',
    )
  })

  it('is completed when every task of it is healthy and the old ones are gone', () => {
    const service = aRollingService(many(2, newTask), 2)
    service.deployments.pop()
    const { actions } = reconcile(service)
    expect(actions).toEqual([
      {
        kind: 'change-deployment',
        deploymentId: 'ecs-svc/2',
        changes: { rolloutState: 'COMPLETED', rolloutReason: 'ECS deployment ecs-svc/2 completed.' },
      },
      { kind: 'complete', deploymentId: 'ecs-svc/2' },
      { kind: 'event', message: '(service web) (deployment ecs-svc/2) deployment completed.' },
      { kind: 'event', message: '(service web) has reached a steady state.' },
      { kind: 'steady', sinceMs: nowMs },
    ])
  })

  it.each([
    { desired: 3, min: 100, max: 125 },
    { desired: 2, min: 75, max: 100 },
    { desired: 1, min: 100, max: 100 },
  ])('of $desired at $min/$max can not move and says so once', ({ desired, min, max }) => {
    const percentages = { minimumHealthyPercent: min, maximumPercent: max }
    const service = aRollingService(many(desired, aTask), desired, percentages)
    const { actions } = reconcile(service)
    expect(kinds(actions)).toEqual(['event', 'change-deployment'])
    expect(events(actions)[0]).toMatch(
      /^\(service web\) was unable to stop or start tasks during a deployment/,
    )
    const [primary] = service.deployments
    if (primary) primary.deadlockTold = true
    expect(reconcile(service).actions).toEqual([])
  })

  it('is no deadlock while a new task is still on its way', () => {
    const percentages = { minimumHealthyPercent: 100, maximumPercent: 134 }
    const service = aRollingService([...many(3, aTask), newPending()], 3, percentages)
    expect(reconcile(service).actions).toEqual([])
  })
})

describe('unhealthy tasks', () => {
  const sick = () => aCheckedTask('UNHEALTHY')
  const well = () => aCheckedTask('HEALTHY')
  const within = (min: number, max: number) => ({
    settings: {
      serviceName: 'web',
      deploymentConfiguration: { minimumHealthyPercent: min, maximumPercent: max },
    },
  })

  it('are replaced first where the ceiling allows it', () => {
    const { actions } = reconcile(aService([sick(), well()]))
    expect(actions).toEqual([{ kind: 'start-tasks', deploymentId: 'ecs-svc/1', count: 1, replaced: 1 }])
  })

  it('go when their replacement is healthy, and only as many', () => {
    const tasks = [sick(), sick(), well(), aCheckedTask('UNKNOWN')]
    expect(stopped(reconcile(aService(tasks)).actions)).toEqual([tasks[0]?.id])
  })

  it('go for the reason that is theirs', () => {
    expect(reconcile(aService([sick(), well(), well()])).actions).toMatchObject([
      { kind: 'stop-tasks', reason: 'Task failed container health checks', unhealthy: true },
    ])
  })

  it('are left while their replacements are on their way', () => {
    const { actions } = reconcile(aService([sick(), sick(), aPendingTask(), aPendingTask()]))
    expect(actions.filter(({ kind }) => kind !== 'steady')).toEqual([])
  })

  it('make room one at a time where the ceiling allows no replacement first', () => {
    const { actions } = reconcile(aService([sick(), sick()], within(100, 100)))
    expect(stopped(actions)).toHaveLength(1)
    expect(started(actions)).toBe(1)
    const next = reconcile(aService([sick(), aPendingTask()], within(100, 100)))
    expect(stopped(next.actions)).toEqual([])
  })

  it('make no room for a start while there are still more tasks than the ceiling allows', () => {
    const sickOnes = many(3, () => aCheckedTask('UNHEALTHY'))
    const service = aService(sickOnes, { ...within(0, 100), desiredCount: 1 })
    const { actions } = reconcile(service)
    // Two are more than wanted; the third still fills the ceiling of one.
    expect(stopped(actions)).toHaveLength(2)
    expect(started(actions)).toBe(0)
  })

  it('are not looked at within the grace period of the service', () => {
    const task = aCheckedTask('UNHEALTHY', { startedAtMs: nowMs - 5_000 })
    const settings = { serviceName: 'web', healthCheckGracePeriodSeconds: 20 }
    const service = aService([task], { desiredCount: 1, settings, steadySinceMs: undefined })
    expect(reconcile(service)).toEqual({ actions: [], dueAtMs: nowMs + 15_000 })
    expect(started(reconcile(service, nowMs + 15_000).actions)).toBe(1)
  })

  it('are not replaced before they run', () => {
    const early = aCheckedTask('UNHEALTHY', { lastStatus: 'ACTIVATING', startedAtMs: undefined })
    const service = aService([early], { desiredCount: 1, steadySinceMs: undefined })
    expect(reconcile(service).actions).toEqual([])
  })

  it('end the steady state', () => {
    const kindsOf = kinds(reconcile(aService([sick(), aPendingTask(), well()])).actions)
    expect(kindsOf).toEqual(['steady'])
  })
})

describe('the circuit breaker', () => {
  const failing = (changes: Partial<ServiceRecord> = {}, rollback = false) => {
    const service = aRollingService(
      many(2, aTask),
      2,
      { deploymentCircuitBreaker: { enable: true, rollback } },
      changes,
    )
    const [primary] = service.deployments
    if (primary) primary.failedTasks = 3
    return service
  }

  it('stays shut below its threshold and when it is off', () => {
    const service = failing()
    const [primary] = service.deployments
    if (primary) primary.failedTasks = 2
    expect(kinds(reconcile(service).actions)).toEqual(['start-tasks'])
    expect(kinds(reconcile({ ...failing(), settings: { serviceName: 'web' } }).actions)).toEqual([
      'start-tasks',
    ])
  })

  it('opens at its threshold', () => {
    const { actions } = reconcile(failing())
    expect(kinds(actions)).toEqual(['change-deployment', 'event', 'give-up'])
    expect(events(actions)).toEqual([
      '(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.',
    ])
  })

  it('rolls back to what last completed', () => {
    const lastCompleted = aDeployment()
    const { actions } = reconcile(failing({ lastCompleted }, true))
    expect(actions.at(-1)).toEqual({
      kind: 'roll-back',
      to: lastCompleted,
      reason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
    })
    expect(events(actions)).toContain('(service web) rolling back to deployment ecs-svc/1.')
  })

  it('has nothing to roll back to when nothing ever completed, or when it is that itself', () => {
    expect(kinds(reconcile(failing({}, true)).actions)).not.toContain('roll-back')
    const own = aDeployment({ id: 'ecs-svc/2' })
    expect(kinds(reconcile(failing({ lastCompleted: own }, true)).actions)).not.toContain('roll-back')
  })

  it('starts nothing more and lets go nothing that works once it has opened', () => {
    const service = failing()
    const [primary] = service.deployments
    if (primary) primary.rolloutState = 'FAILED'
    expect(reconcile(service).actions).toEqual([])
  })
})

describe('a steady service', () => {
  it('has nothing to do until it says so again', () => {
    const service = aService(many(2, aTask), { steadySinceMs: nowMs })
    expect(reconcile(service)).toEqual({ actions: [], dueAtMs: nowMs + 6 * 3_600_000 })
    expect(events(reconcile(service, nowMs + 6 * 3_600_000).actions)).toEqual([
      '(service web) has reached a steady state.',
    ])
  })

  it('is steady with no task when none is wanted', () => {
    const service = aService([], { desiredCount: 0, steadySinceMs: undefined })
    expect(kinds(reconcile(service).actions)).toEqual(['event', 'steady'])
  })

  it('is steady no more when a task is gone, even while the next start has to wait', () => {
    const waiting = aService([aTask()], { deployments: [aDeployment({ nextStartAtMs: nowMs + 9_000 })] })
    expect(reconcile(waiting).actions).toEqual([{ kind: 'steady', sinceMs: undefined }])
  })
})

describe('a deleted service', () => {
  it('stops everything and starts nothing', () => {
    const tasks = [aTask(), aPendingTask(), aTask({ desiredStatus: 'STOPPED' })]
    const { actions } = reconcile(aService(tasks, { status: 'DRAINING', desiredCount: 0 }))
    expect(stopped(actions)).toEqual([tasks[0]?.id, tasks[1]?.id])
    expect(started(actions)).toBe(0)
  })

  it('waits for its last task', () => {
    const leaving = aTask({ desiredStatus: 'STOPPED', lastStatus: 'DEPROVISIONING' })
    expect(reconcile(aService([leaving], { status: 'DRAINING' })).actions).toEqual([])
  })

  it('is INACTIVE after that, kept for a while, then forgotten', () => {
    expect(reconcile(aService([], { status: 'DRAINING' })).actions).toEqual([{ kind: 'deactivate' }])
    const inactive = aService([], { status: 'INACTIVE', inactiveAtMs: nowMs, deployments: [] })
    expect(reconcile(inactive)).toEqual({ actions: [], dueAtMs: nowMs + 3_600_000 })
    expect(reconcile(inactive, nowMs + 3_600_000).actions).toEqual([{ kind: 'forget' }])
  })
})
