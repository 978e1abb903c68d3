import { describe, expect, it } from 'vitest'
import { makeProxyContainers } from '@/lib/emulator/runtime/proxy-containers'
import type { ContainerSpec, RuntimeEvent, TaskSpec } from '@/lib/emulator/runtime/runtime'
import type { WatchedPort } from '@/lib/emulator/runtime/watch-ports'
import type { DataPlane, ProxyEvents } from '@/lib/emulator/service-connect/data-plane'
import type { ProxySpec } from '@/lib/emulator/service-connect/proxy-spec'
import type { TrafficReport } from '@/lib/emulator/service-connect/traffic-report'
import { makeManualClock } from '../../../support/manual-clock'
import { containerOf } from '../../../support/task-bench'

const scope = { accountId: '111122223333', region: 'us-east-1' }
const proxy: ProxySpec = {
  scope,
  taskId: 'task-1',
  taskArn: 'arn:task-1',
  taskAddress: '127.10.0.11',
  clusterName: 'default',
  serviceName: 'web',
  inbound: [
    {
      discoveryName: 'api',
      address: '127.10.0.11',
      port: 3000,
      app: { address: '127.10.0.99', port: 3000 },
      protocol: 'http',
      timeouts: { idleTimeoutMs: 0, perRequestTimeoutMs: 0 },
      tls: false,
    },
  ],
  outbound: [],
  accessLog: null,
}
const task: TaskSpec = {
  scope,
  taskId: 'task-1',
  taskArn: 'arn:task-1',
  clusterName: 'default',
  family: 'web',
  revision: 1,
  address: '127.10.0.11',
  hostname: 'h',
  containers: [],
}
const sidecar = (changes: Partial<ProxySpec> = {}): ContainerSpec =>
  containerOf({ name: 'ecs-service-connect-abcde', proxy: { ...proxy, ...changes } })

function setUp({ quiesces = true } = {}) {
  const clock = makeManualClock(0)
  const calls: string[] = []
  const told: RuntimeEvent[] = []
  const happened: string[] = []
  const lines: string[] = []
  const owned: unknown[] = []
  let planes = 0
  let events: ProxyEvents | undefined
  let report: ((reports: readonly TrafficReport[]) => void) | undefined
  let found: ((missing: readonly WatchedPort[]) => void) | undefined
  const plane: DataPlane = {
    start(spec, given) {
      calls.push(`start ${spec.taskId}`)
      events = given
      return {
        ...(quiesces && { quiesce: (waitMs: number) => calls.push(`quiesce ${waitMs}`) }),
        drain: (waitMs) => calls.push(`drain ${waitMs}`),
        kill: () => calls.push('kill'),
      }
    },
    setInstances: (endpointId, instances) => calls.push(`instances ${endpointId} ${instances.length}`),
    onTraffic(listener) {
      report = listener
    },
    close: async () => void calls.push('close'),
  }
  const proxies = makeProxyContainers({
    clock,
    logSink: { append: (_scope, _group, _stream, all) => lines.push(...all.map(({ message }) => message)) },
    listener: (event) => told.push(event),
    makeDataPlane() {
      planes++
      return plane
    },
    traffic: { onTraffic: (_reports, ownerOf) => owned.push(ownerOf('task-1')) },
    drainMs: 20_000,
    watch(ports, _clock, _withinMs, done) {
      calls.push(`watch ${ports.map(({ address, port }) => `${address}:${port}`).join()}`)
      found = done
      return () => calls.push('watched enough')
    },
  })
  const start = (container = sidecar()) =>
    proxies.start(task, container, {
      started: () => happened.push('started'),
      failed: (reason) => happened.push(`failed ${reason}`),
      exited: (code, reason) => happened.push(`exited ${code} ${reason ?? ''}`.trim()),
      health: (status) => happened.push(status),
    })
  return {
    clock,
    calls,
    told,
    happened,
    lines,
    owned,
    proxies,
    start,
    planes: () => planes,
    plane: () => events as ProxyEvents,
    report: () => report?.([]),
    found: (missing: readonly WatchedPort[] = []) => found?.(missing),
  }
}

describe('the data plane', () => {
  it('is not started before the first proxy, then once, and knows of every endpoint', async () => {
    const bench = setUp()
    const one = { instanceId: 'i', address: '127.10.0.12', port: 80 }
    bench.proxies.setInstances('srv-1', [one])
    bench.proxies.setInstances('srv-2', [one, one])
    bench.proxies.setInstances('srv-2', [])
    expect(bench.planes()).toBe(0)
    bench.start()
    bench.start()
    bench.proxies.setInstances('srv-1', [])
    expect(bench.planes()).toBe(1)
    expect(bench.calls).toEqual(['instances srv-1 1', 'start task-1', 'start task-1', 'instances srv-1 0'])
    await bench.proxies.close()
    expect(bench.calls.at(-1)).toBe('close')
  })

  it('is never there for who has no proxy', async () => {
    const bench = setUp()
    await bench.proxies.close()
    expect([bench.planes(), bench.calls]).toEqual([0, []])
  })

  it('says whose traffic it was, also a moment after the end', () => {
    const bench = setUp()
    bench.start()
    bench.report()
    bench.plane().ready()
    bench.plane().ended(0)
    bench.report()
    bench.clock.advance(60_000)
    bench.report()
    const owner = { scope, clusterName: 'default', serviceName: 'web' }
    expect(bench.owned).toEqual([owner, owner, undefined])
  })
})

describe('a sidecar', () => {
  it('has started and is HEALTHY when its proxy is ready; then the application is waited for', () => {
    const bench = setUp()
    bench.start()
    expect(bench.happened).toEqual([])
    bench.plane().ready()
    expect(bench.happened).toEqual(['started', 'HEALTHY'])
    expect(bench.calls).toContain('watch 127.10.0.99:3000')
    expect(bench.told).toEqual([])
    bench.found()
    expect(bench.told).toEqual([{ kind: 'task-reachable', taskId: 'task-1', scope, atMs: 0 }])
    expect(bench.lines).toEqual([])
  })

  it('of an application that does not listen says so in its log', () => {
    const bench = setUp()
    bench.start()
    bench.plane().ready()
    bench.found([{ address: '127.10.0.99', port: 3000 }])
    expect(bench.told).toHaveLength(1)
    expect(bench.lines).toEqual([expect.stringContaining('nothing listens on 127.10.0.99:3000')])
  })

  it('of a client waits for nothing', () => {
    const bench = setUp()
    bench.start(sidecar({ inbound: [] }))
    bench.plane().ready()
    expect(bench.calls).toEqual(['start task-1'])
  })

  it('that could not listen has failed, in the words of the data plane', () => {
    const bench = setUp()
    bench.start()
    bench.plane().ended(1, 'address 127.255.0.2:80 in use')
    expect(bench.happened).toEqual(['failed CannotStartContainerError: address 127.255.0.2:80 in use'])
    expect(bench.lines).toEqual(['[local cloud] address 127.255.0.2:80 in use'])
  })

  it('that was told to end before it was ready has ended well', () => {
    const bench = setUp()
    bench.start().terminate()
    bench.plane().ended(0)
    expect(bench.happened).toEqual(['exited 0'])
  })

  it('that could not go on has exited with the reason, and nobody watches any more', () => {
    const bench = setUp()
    bench.start()
    bench.plane().ready()
    bench.plane().ended(137, 'the data plane ended: SIGKILL')
    expect(bench.happened.at(-1)).toBe('exited 137 the data plane ended: SIGKILL')
    expect(bench.calls.at(-1)).toBe('watched enough')
  })

  it('writes what its proxy says into its own log', () => {
    const bench = setUp()
    bench.start()
    bench.plane().log(['one', 'two'])
    expect(bench.lines).toEqual(['one', 'two'])
  })

  it('is quiet, drained and killed as its proxy is', () => {
    const bench = setUp()
    const handle = bench.start()
    let quiet = 0
    handle.quiesce?.(() => quiet++)
    expect(quiet).toBe(0)
    bench.plane().drained?.()
    bench.plane().drained?.()
    handle.terminate()
    handle.kill()
    expect(quiet).toBe(1)
    expect(bench.calls).toEqual(['start task-1', 'quiesce 20000', 'drain 20000', 'kill'])
  })

  it('that ends while it falls quiet keeps nobody waiting', () => {
    const bench = setUp()
    const handle = bench.start()
    let quiet = 0
    handle.quiesce?.(() => quiet++)
    bench.plane().ended(137, 'gone')
    expect(quiet).toBe(1)
  })

  it('of a plane that cannot be quiet alone is drained after the application', () => {
    const bench = setUp({ quiesces: false })
    expect(bench.start().quiesce).toBeUndefined()
  })
})
