import { fc, it } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { ceilingOf, floorOf } from '@/lib/emulator/ecs/services/percentages'
import type { ServiceAction } from '@/lib/emulator/scheduler/action'
import { reconcileService } from '@/lib/emulator/scheduler/reconcile'
import type { ServiceRecord, TaskRecord } from '@/lib/emulator/state/ecs'
import { aContainer, aDeployment, aService, aTask, nowMs } from '../../../support/ecs-records'

const config = {
  healthyAfterMs: 2_000,
  inactiveServiceKeptMs: 3_600_000,
  endpointRemovalMs: 5_000,
  strict: false,
}

const task: fc.Arbitrary<TaskRecord> = fc
  .record({
    deploymentId: fc.constantFrom('ecs-svc/1', 'ecs-svc/2', 'ecs-svc/3'),
    lastStatus: fc.constantFrom(
      'PROVISIONING' as const,
      'PENDING' as const,
      'ACTIVATING' as const,
      'RUNNING' as const,
      'RUNNING' as const,
      'RUNNING' as const,
      'DEACTIVATING' as const,
      'STOPPING' as const,
    ),
    stopping: fc.boolean(),
    hasHealthCheck: fc.boolean(),
    health: fc.constantFrom('HEALTHY' as const, 'UNHEALTHY' as const, 'UNKNOWN' as const),
    ranForMs: fc.integer({ min: 0, max: 5_000 }),
    availabilityZone: fc.constantFrom('a', 'b'),
  })
  .map(({ deploymentId, lastStatus, stopping, hasHealthCheck, health, ranForMs, availabilityZone }) => {
    const leaving = lastStatus === 'DEACTIVATING' || lastStatus === 'STOPPING'
    const ran = leaving || lastStatus === 'RUNNING'
    return aTask({
      deploymentId,
      lastStatus,
      desiredStatus: leaving || (stopping && ranForMs % 3 === 0) ? 'STOPPED' : 'RUNNING',
      startedAtMs: ran ? nowMs - ranForMs : undefined,
      createdAtMs: nowMs - ranForMs - 1_000,
      availabilityZone,
      containers: [aContainer({ hasHealthCheck, health: hasHealthCheck ? health : 'UNKNOWN' })],
    })
  })

const service: fc.Arbitrary<ServiceRecord> = fc
  .record({
    tasks: fc.array(task, { maxLength: 14 }),
    desiredCount: fc.integer({ min: 0, max: 8 }),
    minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
    extraPercent: fc.integer({ min: 0, max: 150 }),
    status: fc.constantFrom('ACTIVE' as const, 'ACTIVE' as const, 'ACTIVE' as const, 'DRAINING' as const),
    rolloutState: fc.constantFrom('IN_PROGRESS' as const, 'COMPLETED' as const, 'FAILED' as const),
    nextStartAtMs: fc.constantFrom(0, nowMs, nowMs + 1),
    graceSeconds: fc.constantFrom(0, 3),
  })
  .map(({ tasks, minimumHealthyPercent, extraPercent, rolloutState, nextStartAtMs, graceSeconds, ...rest }) =>
    aService(tasks, {
      ...rest,
      settings: {
        serviceName: 'web',
        launchType: 'FARGATE',
        healthCheckGracePeriodSeconds: graceSeconds,
        deploymentConfiguration: {
          minimumHealthyPercent,
          maximumPercent: minimumHealthyPercent + extraPercent,
        },
      },
      deployments: [
        aDeployment({ id: 'ecs-svc/3', rolloutState, nextStartAtMs }),
        aDeployment({ id: 'ecs-svc/2', status: 'ACTIVE' }),
        aDeployment({ id: 'ecs-svc/1', status: 'ACTIVE' }),
      ],
    }),
  )

const reconcile = (of: ServiceRecord) => reconcileService(of, nowMs, config).actions
const started = (actions: readonly ServiceAction[]): number =>
  actions.reduce((sum, action) => (action.kind === 'start-tasks' ? sum + action.count : sum), 0)
const stopped = (actions: readonly ServiceAction[]): string[] =>
  actions.flatMap((action) => (action.kind === 'stop-tasks' ? action.taskIds : []))
const wantedOf = ({ tasks }: ServiceRecord) =>
  [...tasks.values()].filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
const isSick = ({ containers }: TaskRecord) => containers.some(({ health }) => health === 'UNHEALTHY')
const isServing = (one: TaskRecord) => one.lastStatus === 'RUNNING' && !isSick(one)

const thorough = { numRuns: 500 }

describe('whatever the tasks of a service look like', () => {
  it.prop([service], thorough)('a start never leads above the ceiling', (of) => {
    const actions = reconcile(of)
    if (started(actions) === 0) return
    const after = wantedOf(of).length - stopped(actions).length + started(actions)
    expect(after).toBeLessThanOrEqual(ceilingOf(of.desiredCount, of.settings.deploymentConfiguration))
  })

  it.prop([service], thorough)('a stop never leads below the floor of serving tasks', (of) => {
    if (of.status !== 'ACTIVE') return
    const actions = reconcile(of)
    const gone = new Set(stopped(actions))
    const serving = wantedOf(of).filter(isServing)
    const left = serving.filter(({ id }) => !gone.has(id)).length
    const floor = floorOf(of.desiredCount, of.settings.deploymentConfiguration)
    expect(left).toBeGreaterThanOrEqual(Math.min(floor, serving.length))
  })

  it.prop([service], thorough)('only tasks that should run are stopped, and none twice', (of) => {
    const ids = stopped(reconcile(of))
    const wanted = new Set(wantedOf(of).map(({ id }) => id))
    expect(ids.every((id) => wanted.has(id))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.prop([service], thorough)(
    'nothing is started for a DRAINING service, and everything is stopped',
    (of) => {
      const actions = reconcile({ ...of, status: 'DRAINING' })
      expect(started(actions)).toBe(0)
      expect(stopped(actions).sort()).toEqual(
        wantedOf(of)
          .map(({ id }) => id)
          .sort(),
      )
    },
  )

  it.prop([service], thorough)('nothing is started before its time, nor for a failed deployment', (of) => {
    const [primary] = of.deployments
    if (!primary) return
    if (primary.nextStartAtMs > nowMs || primary.rolloutState === 'FAILED')
      expect(started(reconcile(of))).toBe(0)
  })

  it.prop([service], thorough)('no more than the desired number is ever started at once', (of) => {
    expect(started(reconcile(of))).toBeLessThanOrEqual(of.desiredCount)
  })

  it.prop([service], thorough)('a steady state is only ever said with every wanted task healthy', (of) => {
    const steady = reconcile(of).some((action) => action.kind === 'steady' && action.sinceMs !== undefined)
    if (!steady) return
    expect(wantedOf(of).filter(isServing)).toHaveLength(of.desiredCount)
    expect(wantedOf(of)).toHaveLength(of.desiredCount)
  })

  it.prop([service])('the record itself is left as it was, and the answer is the same again', (of) => {
    const before = structuredClone(of)
    const first = reconcile(of)
    expect(of).toEqual(before)
    expect(reconcile(of)).toEqual(first)
  })
})
