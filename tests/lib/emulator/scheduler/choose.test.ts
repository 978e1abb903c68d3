import { fc, it as property } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { chooseSurplus } from '@/lib/emulator/scheduler/choose'
import { aCheckedTask, aPendingTask, aTask } from '../../../support/ecs-records'

const inZone = (letter: string, createdAtMs: number) =>
  aTask({ availabilityZone: `us-east-1${letter}`, createdAtMs })

it('gives up a task that is still on its way before one that runs', () => {
  const pending = aPendingTask()
  expect(chooseSurplus([aTask(), pending, aTask()], 1)).toEqual([pending.id])
})

it('gives up a task that fails its checks before one that serves, even a newer one', () => {
  const sick = aCheckedTask('UNHEALTHY', { createdAtMs: 1 })
  const well = aTask({ createdAtMs: 2 })
  expect(chooseSurplus([sick, well], 1)).toEqual([sick.id])
})

it('gives up the newest first, the older ones having proved themselves', () => {
  const [old, young] = [inZone('a', 1), inZone('a', 2)]
  expect(chooseSurplus([old, young], 1)).toEqual([young.id])
  expect(chooseSurplus([young, old], 1)).toEqual([young.id])
})

it('takes from the zone with most tasks', () => {
  const [a1, a2, b] = [inZone('a', 1), inZone('a', 2), inZone('b', 3)]
  expect(chooseSurplus([a1, a2, b], 1)).toEqual([a2.id])
})

it.each([0, -3])('gives up nothing when %i are too many', (count) => {
  expect(chooseSurplus([aTask()], count)).toEqual([])
})

property.prop([
  fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()), { maxLength: 30 }),
  fc.nat(40),
])('gives up as many as asked, none twice, and leaves the zones as even as they can be', (kinds, count) => {
  const tasks = kinds.map(([letter, pending], index) =>
    pending
      ? aPendingTask({ availabilityZone: letter })
      : aTask({ availabilityZone: letter, createdAtMs: index }),
  )
  const chosen = chooseSurplus(tasks, count)
  expect(chosen).toHaveLength(Math.min(count, tasks.length))
  expect(new Set(chosen).size).toBe(chosen.length)
  const left = tasks.filter(({ id }) => !chosen.includes(id))
  const goneRunning = tasks.some(({ id, lastStatus }) => chosen.includes(id) && lastStatus === 'RUNNING')
  if (goneRunning) expect(left.every(({ lastStatus }) => lastStatus === 'RUNNING')).toBe(true)
  const sizes = (list: readonly { availabilityZone: string }[]) =>
    ['a', 'b', 'c'].map((zone) => list.filter(({ availabilityZone }) => availabilityZone === zone).length)
  if (kinds.every(([, pending]) => !pending)) {
    const spread = (list: readonly { availabilityZone: string }[]) =>
      Math.max(...sizes(list)) - Math.min(...sizes(list))
    expect(spread(left)).toBeLessThanOrEqual(Math.max(spread(tasks), 1))
  }
})
