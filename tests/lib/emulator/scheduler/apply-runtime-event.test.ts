import { describe, expect, it } from 'vitest'
import type { RuntimeEvent } from '@/lib/emulator/runtime/runtime'
import { applyRuntimeEvent } from '@/lib/emulator/scheduler/apply-runtime-event'
import { aContainer, aPendingTask, aTask, nowMs } from '../../../support/ecs-records'
import { testScope } from '../../../support/test-context'

const event = (what: object): RuntimeEvent =>
  ({ taskId: 'x', scope: testScope, atMs: nowMs, ...what }) as RuntimeEvent

describe('what a runtime reports', () => {
  it('a start makes the container RUNNING and tells whether it is a stand-in', () => {
    const task = aPendingTask()
    applyRuntimeEvent(task, event({ kind: 'container-started', container: 'app', standIn: true }))
    expect(task).toMatchObject({
      lastStatus: 'PENDING',
      pullStoppedAtMs: nowMs,
      version: 2,
      containers: [{ lastStatus: 'RUNNING', standIn: true }],
    })
  })

  it('the images are all there when the last container starts', () => {
    const task = aPendingTask({
      containers: [aContainer({ lastStatus: 'PENDING' }), aContainer({ name: 'b', lastStatus: 'PENDING' })],
    })
    applyRuntimeEvent(task, event({ kind: 'container-started', container: 'b', standIn: false }))
    expect(task.pullStoppedAtMs).toBeUndefined()
    applyRuntimeEvent(task, event({ kind: 'container-started', container: 'app', standIn: false }))
    expect(task.pullStoppedAtMs).toBe(nowMs)
  })

  it('an exit keeps its code and its reason', () => {
    const task = aTask()
    const reason = 'OutOfMemoryError: Container killed due to memory usage'
    applyRuntimeEvent(task, event({ kind: 'container-exited', container: 'app', exitCode: 137, reason }))
    expect(task).toMatchObject({
      executionStoppedAtMs: nowMs,
      containers: [{ lastStatus: 'STOPPED', exitCode: 137, reason }],
    })
  })

  it('an exit of a helper is not the end of the execution', () => {
    const task = aTask({ containers: [aContainer(), aContainer({ name: 'init', essential: false })] })
    applyRuntimeEvent(task, event({ kind: 'container-exited', container: 'init', exitCode: 0 }))
    expect(task.executionStoppedAtMs).toBeUndefined()
  })

  it('a check changes the health', () => {
    const task = aTask()
    applyRuntimeEvent(task, event({ kind: 'container-health', container: 'app', status: 'UNHEALTHY' }))
    expect(task.containers[0]?.health).toBe('UNHEALTHY')
  })

  it('the first failure is the one that counts', () => {
    const task = aPendingTask()
    applyRuntimeEvent(task, event({ kind: 'task-failed', reason: 'first' }))
    applyRuntimeEvent(task, event({ kind: 'task-failed', reason: 'second' }))
    expect(task.failure).toBe('first')
  })

  it('the end stops every container, and leaves the exit codes that are known', () => {
    const task = aTask({
      containers: [aContainer({ lastStatus: 'STOPPED', exitCode: 3 }), aContainer({ name: 'b' })],
      executionStoppedAtMs: nowMs - 5,
    })
    applyRuntimeEvent(task, event({ kind: 'task-ended' }))
    expect(task).toMatchObject({
      ended: true,
      executionStoppedAtMs: nowMs - 5,
      containers: [{ lastStatus: 'STOPPED', exitCode: 3 }, { lastStatus: 'STOPPED' }],
    })
    expect(task.containers[1]).not.toHaveProperty('exitCode')
  })

  it('a container that the task does not have changes nothing', () => {
    const task = aTask()
    const before = structuredClone(task.containers)
    applyRuntimeEvent(task, event({ kind: 'container-exited', container: 'none', exitCode: 1 }))
    expect(task.containers).toEqual(before)
  })
})
