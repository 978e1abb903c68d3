import { fc, it } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  appContainer,
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  type TestEcs,
} from '../../../support/emulator-context'

type Step =
  | { readonly do: 'scale'; readonly to: number }
  | { readonly do: 'deploy' }
  | { readonly do: 'kill' | 'sicken' | 'stop'; readonly which: number }
  | { readonly do: 'let-fail'; readonly fails: boolean }
  | { readonly do: 'percentages'; readonly percentages: (typeof percentages)[number] }
  | { readonly do: 'wait'; readonly ms: number }

// Pairs that always leave a way to move; the others are deadlocks, which have tests of their own.
const percentages = [
  { minimumHealthyPercent: 100, maximumPercent: 200 },
  { minimumHealthyPercent: 50, maximumPercent: 200 },
  { minimumHealthyPercent: 0, maximumPercent: 100 },
  { minimumHealthyPercent: 0, maximumPercent: 200 },
] as const

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('scale' as const), to: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ do: fc.constant('deploy' as const) }),
  fc.record({ do: fc.constantFrom('kill' as const, 'sicken' as const, 'stop' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('let-fail' as const), fails: fc.boolean() }),
  fc.record({ do: fc.constant('percentages' as const), percentages: fc.constantFrom(...percentages) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 5_000 }) }),
)

function perform(ecs: TestEcs, action: Step): void {
  const tasks = ecs.tasks('web')
  switch (action.do) {
    case 'scale':
      ecs.call('UpdateService', { service: 'web', desiredCount: action.to })
      return
    case 'deploy':
      ecs.call('RegisterTaskDefinition', goodTaskDefinition({ containerDefinitions: [checked] }))
      ecs.call('UpdateService', { service: 'web', taskDefinition: 'backend' })
      return
    case 'percentages':
      ecs.call('UpdateService', { service: 'web', deploymentConfiguration: action.percentages })
      return
    case 'let-fail':
      ecs.runtime.fate = () =>
        action.fails
          ? { kind: 'fail', reason: 'CannotStartContainerError: no' }
          : { kind: 'run', health: 'HEALTHY' }
      return
    case 'wait':
      ecs.advance(action.ms)
      return
    default: {
      const task = tasks[action.which % tasks.length]
      if (!task || !ecs.runtime.alive.has(task.id)) return
      if (action.do === 'kill') ecs.runtime.kill(task.id)
      else if (action.do === 'stop') ecs.call('StopTask', { task: task.id })
      else ecs.runtime.tell(task.id, { kind: 'container-health', container: 'app', status: 'UNHEALTHY' })
    }
  }
}

const checked = {
  ...appContainer,
  healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/health'] },
}

/** What must hold at any moment, whatever happens. */
function expectConsistent(ecs: TestEcs): void {
  const cluster = ecs.cluster()
  const service = ecs.serviceRecord('web')
  const live = [...cluster.tasks.values()].filter(({ lastStatus }) => lastStatus !== 'STOPPED')
  expect([...cluster.live.keys()].sort()).toEqual(live.map(({ id }) => id).sort())
  expect([...service.tasks.keys()].sort()).toEqual(live.map(({ id }) => id).sort())
  expect(ecs.state.ecs.tasks.size).toBe(cluster.tasks.size)
  expect(service.events.length).toBeLessThanOrEqual(100)
  expect(service.deployments.filter(({ status }) => status === 'PRIMARY')).toHaveLength(1)
  for (const { lastStatus, desiredStatus } of live)
    if (['DEACTIVATING', 'STOPPING', 'DEPROVISIONING'].includes(lastStatus))
      expect(desiredStatus).toBe('STOPPED')
}

it.prop([fc.array(step, { maxLength: 25 }), fc.integer({ min: 0, max: 5 })], { numRuns: 150 })(
  'whatever is done to a service, left alone it ends with the wanted tasks of one deployment',
  (steps, desiredCount) => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [checked] })
    ecs.runtime.fate = () => ({ kind: 'run', health: 'HEALTHY' })
    ecs.call('CreateService', goodService({ desiredCount }))
    for (const action of steps) {
      perform(ecs, action)
      expectConsistent(ecs)
    }
    perform(ecs, { do: 'let-fail', fails: false })
    ecs.advance(10 * 60_000)
    expectConsistent(ecs)
    const service = ecs.service('web')
    expect(service.runningCount).toBe(service.desiredCount)
    expect(service.pendingCount).toBe(0)
    expect(service.deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED' }])
    expect(ecs.runtime.alive.size).toBe(service.desiredCount)
    expect(ecs.events('web')[0]).toBe('(service web) has reached a steady state.')
    expect(ecs.lines.filter((line) => line.startsWith('error'))).toEqual([])
  },
)
