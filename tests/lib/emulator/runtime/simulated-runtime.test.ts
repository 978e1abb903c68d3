import { describe, expect, it } from 'vitest'
import { systemClock } from '@/lib/emulator/clock'
import type { ContainerSpec, Runtime, RuntimeEvent, TaskSpec } from '@/lib/emulator/runtime/runtime'
import { makeSimulatedRuntime } from '@/lib/emulator/runtime/simulated-runtime'
import { makeManualClock } from '../../../support/manual-clock'
import { containerOf } from '../../../support/task-bench'

const scope = { accountId: '111122223333', region: 'us-east-1' }
const healthCheck = {
  command: ['CMD', 'x'],
  intervalSeconds: 30,
  timeoutSeconds: 5,
  retries: 3,
  startPeriodSeconds: 0,
}

const taskOf = (
  runtime: Runtime,
  taskId: string,
  containers: readonly ContainerSpec[] = [containerOf()],
): TaskSpec => ({
  scope,
  taskId,
  taskArn: `arn:aws:ecs:us-east-1:111122223333:task/default/${taskId}`,
  clusterName: 'default',
  family: 'f',
  revision: 1,
  address: runtime.allocateAddress(taskId),
  hostname: 'h',
  containers,
})

function setUp() {
  const clock = makeManualClock(0)
  const events: RuntimeEvent[] = []
  const runtime = makeSimulatedRuntime({ clock, listener: (event) => events.push(event) })
  const start = (containers: readonly ContainerSpec[]): TaskSpec => {
    const task = taskOf(runtime, 'a'.repeat(32), containers)
    runtime.start(task)
    return task
  }
  const told = () =>
    events.map((event) => ('container' in event ? `${event.kind} ${event.container}` : event.kind))
  return { clock, runtime, events, start, told }
}

describe('a simulated task', () => {
  it('tells nothing before start has returned', () => {
    const { start, told } = setUp()
    start([containerOf()])
    expect(told()).toEqual([])
  })

  it('starts, and runs until it is stopped', () => {
    const { clock, runtime, start, told, events } = setUp()
    const task = start([containerOf({ image: 'nginx' })])
    clock.advance(3_600_000)
    expect(told()).toEqual(['container-started app'])
    expect(events[0]).toMatchObject({ taskId: task.taskId, scope, standIn: true })
    runtime.stop(task.taskId)
    expect(told()).toHaveLength(1)
    clock.advance(1000)
    expect(told()).toEqual(['container-started app', 'container-exited app', 'task-ended'])
    expect(events[1]).toMatchObject({ exitCode: 143 })
    expect(clock.waiting).toBe(0)
  })

  it('becomes healthy when it has a health check', () => {
    const { clock, start, told, events } = setUp()
    start([containerOf({ healthCheck })])
    clock.advance(1000)
    expect(told()).toEqual(['container-started app', 'container-health app'])
    expect(events[1]).toMatchObject({ status: 'HEALTHY' })
  })

  it('starts its containers in their order, and lets those end that others wait for', () => {
    const { clock, start, told } = setUp()
    start([
      containerOf({ name: 'app', dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] }),
      containerOf({ name: 'init', essential: false }),
    ])
    clock.advance(10_000)
    expect(told()).toEqual(['container-started init', 'container-exited init', 'container-started app'])
  })

  it('can be stopped before it started', () => {
    const { clock, runtime, start, told } = setUp()
    const task = start([containerOf()])
    runtime.stop(task.taskId)
    clock.advance(1000)
    expect(told()).toEqual(['task-ended'])
  })

  it('gives its address back when it has ended, and is known by it until then', () => {
    const { clock, runtime, start } = setUp()
    const task = start([containerOf()])
    expect(runtime.scopeOf(task.address)).toBe(scope)
    runtime.stop(task.taskId)
    clock.advance(1000)
    expect(runtime.scopeOf(task.address)).toBeUndefined()
  })

  it('that is unknown can be stopped without harm', () => {
    const { runtime, told } = setUp()
    runtime.stop('nobody')
    expect(told()).toEqual([])
  })
})

describe('many of them', () => {
  it('all start and all end, each with its own address', async () => {
    const count = 3000
    const seen = { 'container-started': 0, 'task-ended': 0 }
    const waiting: { kind: keyof typeof seen; resolve: () => void }[] = []
    const all = (kind: keyof typeof seen) => new Promise<void>((resolve) => waiting.push({ kind, resolve }))
    const runtime = makeSimulatedRuntime({
      clock: systemClock,
      startDelayMs: 1,
      stopDelayMs: 1,
      listener({ kind }) {
        if (kind !== 'container-started' && kind !== 'task-ended') return
        seen[kind]++
        for (const one of waiting) if (seen[one.kind] === count) one.resolve()
      },
    })
    const started = all('container-started')
    const ended = all('task-ended')
    const tasks = Array.from({ length: count }, (_, index) =>
      taskOf(runtime, index.toString(16).padStart(32, '0')),
    )
    for (const task of tasks) runtime.start(task)
    await started
    for (const task of tasks) runtime.stop(task.taskId)
    await ended
    expect(new Set(tasks.map((task) => task.address)).size).toBe(count)
    expect(seen).toEqual({ 'container-started': count, 'task-ended': count })
  })

  it('are killed at once when the runtime closes', async () => {
    const { clock, runtime, start, events } = setUp()
    start([containerOf(), containerOf({ name: 'side' })])
    clock.advance(1000)
    const closed = runtime.close()
    clock.advance(0)
    await closed
    expect(
      events.filter((event) => event.kind === 'container-exited').map((event) => event.exitCode),
    ).toEqual([137, 137])
    expect(events.at(-1)?.kind).toBe('task-ended')
  })
})
