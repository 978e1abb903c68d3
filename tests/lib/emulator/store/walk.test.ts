import { beforeAll, describe, expect, it } from 'vitest'
import { resumeWaiting, reviveTasks } from '@/lib/emulator/store/revive-tasks'
import { makeTestEcs, type TestEcs } from '../../../support/emulator-context'
import { allRows, type KeptRegions, keepRegions, restoredFrom } from '../../../support/memory-store'
import {
  callByChance,
  changingOperations,
  describeAll,
  makeChance,
  operationsWithoutInput,
} from '../../../support/operation-walk'
import { testScope } from '../../../support/test-context'

const times = {
  operationDelayMs: 30,
  customHealthDelayMs: 50,
  taskStepMs: 10,
  healthyAfterMs: 20,
  startDelayMs: 20,
  startDelayMaxMs: 100,
  // Short, so that tasks and services are also forgotten on the way.
  stoppedTaskKeptMs: 400,
  inactiveServiceKeptMs: 600,
  endpointRemovalMs: 150,
}
const steps = 400

type Walk = { readonly ecs: TestEcs; readonly kept: KeptRegions; readonly accepted: Set<string> }

/** Vitest's comparison of large Maps takes long, so it is only asked to show a difference that there is. */
function expectEqual({ store, regions }: KeptRegions, when: string): void {
  const whole = allRows(regions)
  const isSame =
    store.rows.size === whole.size && [...whole].every(([path, value]) => store.rows.get(path) === value)
  if (!isSame) expect(store.rows, when).toEqual(whole)
}

/** Changes anything at random and lets time pass, comparing the store with the whole state after every step. */
async function walk(seed: number): Promise<Walk> {
  const kept = keepRegions()
  const ecs = makeTestEcs(times, kept.regions)
  const chance = makeChance(seed)
  ecs.runtime.fate = () => {
    const lot = chance.below(10)
    if (lot === 0) return { kind: 'exit', afterMs: 30, exitCode: 1 }
    if (lot === 1) return { kind: 'fail', reason: 'CannotStartContainerError: no' }
    return { kind: 'run' }
  }
  const accepted = new Set<string>()
  for (const name of [
    'ecs:CreateCluster',
    'ecs:RegisterTaskDefinition',
    'servicediscovery:CreateHttpNamespace',
  ])
    callByChance(ecs, chance, name)
  for (let step = 0; step < steps; step++) {
    const name = chance.pick(changingOperations) ?? ''
    if (callByChance(ecs, chance, name)) accepted.add(name)
    await kept.keeper.keep()
    expectEqual(kept, `after ${name}, step ${step} of walk ${seed}`)
    kept.tracked.untracked(() => describeAll(ecs))
    // Every timer by itself: what one changes must not be covered by the next.
    for (let tick = chance.below(5); tick > 0; tick--) {
      ecs.advance(chance.below(25))
      await kept.keeper.keep()
    }
    expectEqual(kept, `some time after ${name}, step ${step} of walk ${seed}`)
  }
  return { ecs, kept, accepted }
}

const walks: Walk[] = []
beforeAll(async () => {
  for (const seed of [1, 2, 3, 4]) walks.push(await walk(seed))
}, 120_000)

describe('a long walk through all operations', () => {
  it('has an input for every operation that changes something', () => {
    expect(operationsWithoutInput).toEqual([])
  })

  it('had every one of them accepted', () => {
    const accepted = new Set(walks.flatMap((one) => [...one.accepted]))
    expect(changingOperations.filter((name) => !accepted.has(name))).toEqual([])
  })

  it('leaves in the store what a restart makes the same state of', () => {
    for (const { ecs, kept } of walks) {
      const again = restoredFrom(kept.store.rows)
      expect(allRows(again.regions)).toEqual(kept.store.rows)
      expect(again.tracked.isTouched).toBe(false)
      const restored = { ...ecs, ...again, clock: ecs.clock, state: again.regions.of(testScope) }
      expect(describeAll(restored)).toEqual(describeAll(ecs))
    }
  })

  it('goes on after a restart until everything is as it was wanted', async () => {
    for (const { kept, ecs: before } of walks) {
      const again = restoredFrom(kept.store.rows)
      const ecs = makeTestEcs(times, again.regions)
      ecs.advance(before.clock.now() - ecs.clock.now())
      reviveTasks(ecs)
      resumeWaiting(ecs)
      ecs.wakeScheduler(testScope)
      for (let tick = 0; tick < 400; tick++) {
        ecs.advance(10)
        await again.keeper.keep()
      }
      expect(again.store.rows).toEqual(allRows(again.regions))
      for (const cluster of ecs.state.ecs.clusters.values())
        for (const service of cluster.services.values()) {
          if (service.status !== 'ACTIVE' || service.deployments[0]?.rolloutState === 'FAILED') continue
          const running = [...service.tasks.values()].filter(({ lastStatus }) => lastStatus === 'RUNNING')
          expect(running.length, service.name).toBeGreaterThanOrEqual(service.desiredCount)
        }
      for (const operation of ecs.state.cloudMap.operations.values())
        expect(['SUCCESS', 'FAIL']).toContain(operation.status)
      expect(ecs.state.cloudMap.running.size).toBe(0)
    }
  })
})
