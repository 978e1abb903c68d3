import { describe, expect, it } from 'vitest'
import type { ContainerSpec, RuntimeEvent } from '@/lib/emulator/runtime/runtime'
import { type ContainerEvents, startTaskRun } from '@/lib/emulator/runtime/task-run'
import { makeManualClock } from '../../../support/manual-clock'
import { containerOf } from '../../../support/task-bench'

function setUp(
  containers: readonly ContainerSpec[],
  readObstacle?: () => Promise<string | undefined>,
  quiet: readonly string[] = [],
) {
  const drained = new Map<string, () => void>()
  const clock = makeManualClock(0)
  const told: RuntimeEvent[] = []
  const signals: string[] = []
  const started = new Map<string, ContainerEvents>()
  const run = startTaskRun(
    {
      scope: { accountId: '111122223333', region: 'us-east-1' },
      taskId: 'task',
      taskArn: 'arn',
      clusterName: 'default',
      family: 'f',
      revision: 1,
      address: '127.10.0.11',
      hostname: 'h',
      containers,
    },
    {
      clock,
      listener: (event) => told.push(event),
      startContainer(_task, container, events) {
        started.set(container.name, events)
        return {
          ...(quiet.includes(container.name) && {
            quiesce(done: () => void) {
              signals.push(`quiesce ${container.name}`)
              drained.set(container.name, done)
            },
          }),
          terminate: () => signals.push(`TERM ${container.name}`),
          kill: () => signals.push(`KILL ${container.name}`),
        }
      },
      onEnded: () => signals.push(told.some((event) => event.kind === 'task-ended') ? 'ended late' : 'ended'),
      ...(readObstacle ? { readObstacle } : {}),
    },
  )
  clock.advance(0)
  const events = (name: string): ContainerEvents => {
    const found = started.get(name)
    if (!found) throw new Error(`${name} was not started.`)
    return found
  }
  return { clock, told, signals, started, run, events, drained, kinds: () => told.map((event) => event.kind) }
}

describe('stopping', () => {
  it('is SIGTERM, then SIGKILL after the stop timeout of the container', () => {
    const { run, clock, signals } = setUp([containerOf({ stopTimeoutSeconds: 30 })])
    run.stop()
    clock.advance(29_999)
    expect(signals).toEqual(['TERM app'])
    clock.advance(1)
    expect(signals).toEqual(['TERM app', 'KILL app'])
  })

  it('does not kill a container that ended in time', () => {
    const { run, clock, signals, events } = setUp([containerOf()])
    run.stop()
    clock.advance(1)
    events('app').exited(0)
    clock.advance(60_000)
    expect(signals).toEqual(['TERM app', 'ended'])
    expect(clock.waiting).toBe(0)
  })

  it('asks once, however often it is told', () => {
    const { run, clock, signals } = setUp([containerOf()])
    run.stop()
    run.stop()
    clock.advance(1)
    run.stop()
    clock.advance(1)
    expect(signals).toEqual(['TERM app'])
  })

  it('goes in the reverse order of dependsOn', () => {
    const { run, clock, signals, events } = setUp([
      containerOf({ name: 'app', dependsOn: [{ containerName: 'db', condition: 'START' }] }),
      containerOf({ name: 'db' }),
    ])
    run.stop()
    clock.advance(1)
    expect(signals).toEqual(['TERM app'])
    events('app').exited(143)
    expect(signals).toEqual(['TERM app', 'TERM db'])
  })
})

describe('failing', () => {
  it('is told once, ends the others and then the task', () => {
    const { clock, events, kinds, signals } = setUp([
      containerOf({ name: 'a' }),
      containerOf({ name: 'b' }),
      containerOf({ name: 'c' }),
    ])
    events('a').failed('CannotStartContainerError: a')
    events('b').failed('CannotStartContainerError: b')
    clock.advance(1)
    expect(signals).toEqual(['TERM b', 'TERM c'])
    events('c').exited(143)
    expect(kinds()).toEqual(['task-failed', 'container-exited', 'task-ended'])
  })

  it('comes before any container when something is in the way', async () => {
    const { told, started } = setUp([containerOf()], async () => 'CannotStartContainerError: no address')
    await Promise.resolve()
    await Promise.resolve()
    expect(told.map((event) => event.kind)).toEqual(['task-failed', 'task-ended'])
    expect(started.size).toBe(0)
  })
})

describe('ending', () => {
  it('gives the address back before it is told', () => {
    const { events, signals, told } = setUp([containerOf()])
    events('app').exited(1)
    expect(signals).toEqual(['ended'])
    expect(told.at(-1)?.kind).toBe('task-ended')
  })

  it('waits for the last container when none of the ended ones was essential', () => {
    const { events, kinds } = setUp([
      containerOf({ name: 'a', essential: false }),
      containerOf({ name: 'b' }),
    ])
    events('a').exited(0)
    expect(kinds()).toEqual(['container-exited'])
    events('b').exited(0)
    expect(kinds()).toEqual(['container-exited', 'container-exited', 'task-ended'])
  })

  it('passes on the reason of an exit', () => {
    const { events, told } = setUp([containerOf()])
    events('app').exited(137, 'OutOfMemoryError: Container killed due to memory usage')
    expect(told[0]).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    })
  })
})

describe('a task with a proxy that can fall quiet', () => {
  const app = containerOf({ dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' }] })
  const proxy = containerOf({ name: 'proxy' })
  const running = () => {
    const bench = setUp([app, proxy], undefined, ['proxy'])
    bench.events('proxy').started({ standIn: false })
    bench.events('proxy').health('HEALTHY')
    bench.events('app').started({ standIn: false })
    return bench
  }

  it('starts the application when the proxy is HEALTHY', () => {
    const { started, events } = setUp([app, proxy], undefined, ['proxy'])
    events('proxy').started({ standIn: false })
    expect(started.has('app')).toBe(false)
    events('proxy').health('HEALTHY')
    expect(started.has('app')).toBe(true)
  })

  it('ends in the order: requests finished, application, proxy', () => {
    const { run, clock, signals, drained, events, kinds } = running()
    run.stop()
    run.stop()
    clock.advance(60_000)
    expect(signals).toEqual(['quiesce proxy'])
    drained.get('proxy')?.()
    clock.advance(1)
    expect(signals).toEqual(['quiesce proxy', 'TERM app'])
    events('app').exited(143)
    expect(signals).toEqual(['quiesce proxy', 'TERM app', 'TERM proxy'])
    events('proxy').exited(0)
    expect(kinds().at(-1)).toBe('task-ended')
  })

  it('does not wait for requests when the application has died', () => {
    const { run, clock, signals, drained, events } = running()
    run.stop()
    events('app').exited(137)
    expect(signals).toEqual(['quiesce proxy', 'TERM proxy'])
    drained.get('proxy')?.()
    clock.advance(1)
    expect(signals).toEqual(['quiesce proxy', 'TERM proxy'])
  })

  it('is killed at once while it waits', () => {
    const { run, clock, signals } = running()
    run.stop()
    run.kill()
    clock.advance(1)
    expect(signals).toEqual(expect.arrayContaining(['KILL app', 'KILL proxy']))
  })
})
