import { spawn } from 'node:child_process'
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import {
  type GroupUsage,
  parseMemory,
  parseUsage,
  readGroupUsage,
} from '@/lib/emulator/cloudwatch/process-usage'
import { makeMetricStore } from '@/lib/emulator/cloudwatch/store'
import { reservationOf, type TaskUsage, usageData } from '@/lib/emulator/cloudwatch/usage-data'
import { startUsageMeter } from '@/lib/emulator/cloudwatch/usage-meter'
import { goodService, makeReadyEcs } from '../../../support/emulator-context'

const MIB = 1_048_576
const usage = (more: Partial<TaskUsage> = {}): TaskUsage => ({
  clusterName: 'default',
  serviceName: 'web',
  reservation: { cpuUnits: 256, memoryBytes: 512 * MIB },
  cpuMs: 1_000,
  tookMs: 10_000,
  memoryBytes: 128 * MIB,
  ...more,
})
const told = (more: Partial<TaskUsage>) =>
  Object.fromEntries(usageData(usage(more), 0).map((datum) => [datum.name, datum.sum]))

describe('what a task has for itself', () => {
  const container = (more: ContainerDefinition): ContainerDefinition => ({ name: 'app', image: 'x', ...more })
  it.each<[string, Parameters<typeof reservationOf>[0], number | null, number | null]>([
    ['its own size', { cpu: '256', memory: '512' }, 256, 512],
    ['its own size in words', { cpu: '.5 vCPU', memory: '1 GB' }, 512, 1_024],
    [
      'its own size before that of its containers',
      { cpu: '1024', memory: '2048', containerDefinitions: [container({ cpu: 10, memory: 20 })] },
      1_024,
      2_048,
    ],
    [
      'what its containers reserve',
      { containerDefinitions: [container({ cpu: 10, memory: 64 }), container({ cpu: 20, memory: 32 })] },
      30,
      96,
    ],
    [
      'the soft limit before the hard one',
      { containerDefinitions: [container({ memory: 64, memoryReservation: 16 })] },
      null,
      16,
    ],
    ['nothing', { containerDefinitions: [container({})] }, null, null],
    ['nothing that is a number', { cpu: 'much', memory: 'more' }, null, null],
  ])('is %s', (_, definition, cpuUnits, mebibytes) => {
    expect(reservationOf(definition)).toEqual({
      cpuUnits,
      memoryBytes: mebibytes === null ? null : mebibytes * MIB,
    })
  })
})

describe('utilization', () => {
  it('is percent of what is reserved: a tenth of a processor of a quarter is 40', () => {
    expect(told({})).toEqual({ CPUUtilization: 40, MemoryUtilization: 25 })
  })
  it('may be more than 100', () => {
    expect(told({ cpuMs: 10_000, memoryBytes: 1_024 * MIB })).toEqual({
      CPUUtilization: 400,
      MemoryUtilization: 200,
    })
  })
  it('tells no processor time at the first look', () => {
    expect(told({ cpuMs: null })).toEqual({ MemoryUtilization: 25 })
    expect(told({ tookMs: 0 })).toEqual({ MemoryUtilization: 25 })
  })
  it('tells nothing of what is not reserved', () => {
    expect(told({ reservation: { cpuUnits: null, memoryBytes: null } })).toEqual({})
  })
  it('is told by cluster and service, in percent', () => {
    expect(usageData(usage(), 5)[0]).toMatchObject({
      namespace: 'AWS/ECS',
      unit: 'Percent',
      atMs: 5,
      dimensions: [
        { name: 'ClusterName', value: 'default' },
        { name: 'ServiceName', value: 'web' },
      ],
    })
  })
})

describe('/proc', () => {
  it.each([
    ['10 (node) S 1 7 7 0 -1 4194560 1 0 0 0 12 3 0 0 20', { groupId: 7, cpuMs: 150 }],
    ['10 (a) b) S) S 1 7 7 0 -1 4194560 1 0 0 0 12 3 0 0 20', { groupId: 7, cpuMs: 150 }],
    ['', undefined],
    ['10 (node) S', undefined],
    ['nonsense', undefined],
  ])('says of %j: %j', (stat, expected) => expect(parseUsage(stat)).toEqual(expected))

  it('says resident memory in kB', () => {
    expect(parseMemory('Name:\tnode\nVmRSS:\t   2048 kB\nThreads: 1')).toBe(2 * MIB)
    expect(parseMemory('Name:\tkthread')).toBe(0)
  })

  it.runIf(process.platform === 'linux')('tells of a real process group, and of no other', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); process.stdin.resume()'], {
      detached: true,
    })
    try {
      await new Promise((resolve) => child.stdout.once('data', resolve))
      const pid = child.pid ?? 0
      const usageOf = await readGroupUsage(new Set([pid]))
      expect([...usageOf.keys()]).toEqual([pid])
      expect(usageOf.get(pid)?.memoryBytes).toBeGreaterThan(10 * MIB)
    } finally {
      child.kill('SIGKILL')
    }
  })
})

describe('the meter', () => {
  function setUp() {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ desiredCount: 1 }))
    ecs.advance(60_000)
    const metrics = makeMetricStore()
    const asked: number[][] = []
    let usage: ReadonlyMap<number, GroupUsage> = new Map()
    const answers: (() => void)[] = []
    const meter = startUsageMeter({
      clock: ecs.clock,
      regions: ecs.regions,
      metrics,
      untracked: (read) => read(),
      read: (groups) => {
        asked.push([...groups])
        return new Promise((resolve) => answers.push(() => resolve(usage)))
      },
    })
    const [task] = ecs.tasks('web')
    if (!task) throw new Error('no task')
    const tell = (more: object) =>
      meter.onRuntimeEvent({
        taskId: task.id,
        scope: ecs.scope,
        atMs: 0,
        container: 'app',
        ...more,
      } as Parameters<typeof meter.onRuntimeEvent>[0])
    const look = async (now: ReadonlyMap<number, GroupUsage>) => {
      usage = now
      ecs.advance(15_000)
      for (const answer of answers.splice(0)) answer()
      await new Promise((resolve) => setImmediate(resolve))
    }
    const values = (name: string) =>
      metrics
        .list(ecs.scope)
        .filter((series) => series.name === name)
        .flatMap((series) => [...series.minutes.values()].map((bucket) => bucket.sum))
    return { meter, tell, look, values, asked }
  }
  const used = (cpuMs: number, mebibytes = 128) => new Map([[42, { cpuMs, memoryBytes: mebibytes * MIB }]])

  it('looks at nothing while no process runs', async () => {
    const { look, asked } = setUp()
    await look(new Map())
    expect(asked).toEqual([])
  })

  it('tells memory at the first look and processor time from the second on', async () => {
    const { tell, look, values, asked } = setUp()
    tell({ kind: 'container-started', pid: 42, standIn: false })
    await look(used(1_000))
    expect(asked).toEqual([[42]])
    expect(values('CPUUtilization')).toEqual([])
    expect(values('MemoryUtilization')).toEqual([25])
    await look(used(2_500))
    // 1.5 s in 15 s are a tenth of a processor, of which a quarter is reserved.
    expect(values('CPUUtilization').reduce((sum, value) => sum + value, 0)).toBeCloseTo(40)
  })

  it('forgets what has ended', async () => {
    const { tell, look, asked } = setUp()
    tell({ kind: 'container-started', pid: 42, standIn: false })
    tell({ kind: 'container-exited', exitCode: 0 })
    await look(used(1_000))
    tell({ kind: 'container-started', pid: 43, standIn: false })
    tell({ kind: 'task-ended' })
    await look(used(1_000))
    expect(asked).toEqual([])
  })

  it('tells nothing where the system does not tell', async () => {
    const { tell, look, values } = setUp()
    tell({ kind: 'container-started', pid: 42, standIn: false })
    await look(new Map())
    await look(new Map())
    expect(values('MemoryUtilization')).toEqual([])
  })

  it('looks no more once it is stopped', async () => {
    const { tell, look, asked, meter } = setUp()
    tell({ kind: 'container-started', pid: 42, standIn: false })
    meter.stop()
    await look(used(1_000))
    expect(asked).toEqual([])
  })
})
