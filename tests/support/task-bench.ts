import { systemClock } from '@/lib/emulator/clock'
import { defaultConfig } from '@/lib/emulator/config'
import { startDnsServer } from '@/lib/emulator/dns/server'
import { buildZoneSource } from '@/lib/emulator/dns/zones'
import { makeProcessRuntime } from '@/lib/emulator/runtime/process-runtime'
import type { ContainerSpec, RuntimeEvent, TaskSpec } from '@/lib/emulator/runtime/runtime'
import { makeRegions } from '@/lib/emulator/state/region'
import { makeInstance, makeNamespace, makeService } from './cloud-map-records'

export const benchScope = { accountId: '111122223333', region: 'eu-west-1' }

/** A container that does nothing special; a test names what it is about. */
export const containerOf = (changes: Partial<ContainerSpec> = {}): ContainerSpec => ({
  name: 'app',
  image: 'node:20',
  entryPoint: [],
  command: [],
  environment: {},
  ports: [],
  essential: true,
  dependsOn: [],
  stopTimeoutSeconds: 5,
  log: { group: '/ecs/test', stream: `test/${changes.name ?? 'app'}` },
  ...changes,
})

/** Runs `code` with Node, as `node -e` in an image `node:20`. */
export const nodeContainer = (code: string, changes: Partial<ContainerSpec> = {}): ContainerSpec =>
  containerOf({ image: 'node:20', command: ['node', '-e', code], ...changes })

export type BenchTask = {
  readonly spec: TaskSpec
  readonly events: readonly RuntimeEvent[]
  /** Waits for the first event that fits. */
  event<K extends RuntimeEvent['kind']>(
    kind: K,
    container?: string,
  ): Promise<Extract<RuntimeEvent, { kind: K }>>
  lines(container?: string): readonly string[]
  /** Waits until a line of its output holds the text, and gives that line. */
  line(text: string, container?: string): Promise<string>
  stop(): void
}

export type TaskBench = Awaited<ReturnType<typeof startTaskBench>>

/** A process runtime with a DNS server, and what its tasks do. Stop it at the end of the test. */
export async function startTaskBench() {
  const warnings: string[] = []
  const events: RuntimeEvent[] = []
  const output = new Map<string, string[]>()
  const waiting = new Set<() => void>()
  const changed = () => {
    for (const look of [...waiting]) look()
  }
  const until = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const again = () => {
        const found = look()
        if (found === undefined) return
        waiting.delete(again)
        resolve(found)
      }
      waiting.add(again)
      again()
    })

  const regions = makeRegions()
  const { cloudMap } = regions.of(benchScope)
  const namespace = makeNamespace({ id: 'ns-production', name: 'production.local' })
  cloudMap.namespaces.set(namespace.id, namespace)

  const runtime = await makeProcessRuntime({
    config: defaultConfig,
    clock: systemClock,
    log: (level, message) => warnings.push(`${level} ${message}`),
    logSink: {
      append(_scope, _group, stream, lines) {
        const all = output.get(stream) ?? []
        output.set(stream, all)
        for (const { message } of lines) all.push(message)
        changed()
      },
    },
    listener(event) {
      events.push(event)
      changed()
    },
    dns: () => ({ host: dns.host, port: dns.port }),
  })
  const dns = await startDnsServer({
    host: '127.0.0.1',
    port: 0,
    zones: buildZoneSource(regions, { defaultScope: benchScope, scopeOf: runtime.scopeOf }),
    random: Math.random,
  })

  let count = 0
  const run = (containers: readonly ContainerSpec[], changes: Partial<TaskSpec> = {}): BenchTask => {
    count++
    const taskId = count.toString(16).padStart(32, '0')
    const address = runtime.allocateAddress(taskId)
    const ownStream = (name: string) => `${taskId}/${name}`
    const spec: TaskSpec = {
      scope: benchScope,
      taskId,
      taskArn: `arn:aws:ecs:eu-west-1:111122223333:task/default/${taskId}`,
      clusterName: 'default',
      family: 'family',
      revision: 1,
      address,
      hostname: `ip-${address.replaceAll('.', '-')}`,
      containers: containers.map((one) => ({
        ...one,
        log: { group: '/ecs/test', stream: ownStream(one.name) },
      })),
      ...changes,
    }
    const own = () => events.filter((event) => event.taskId === taskId)
    const lines = (name = 'app') => output.get(ownStream(name)) ?? []
    runtime.start(spec)
    return {
      spec,
      get events() {
        return own()
      },
      event: (kind, container) =>
        until(() =>
          own().find(
            (event): event is Extract<RuntimeEvent, { kind: typeof kind }> =>
              event.kind === kind &&
              (container === undefined || ('container' in event && event.container === container)),
          ),
        ),
      lines,
      line: (text, name) => until(() => lines(name).find((line) => line.includes(text))),
      stop: () => runtime.stop(taskId),
    }
  }

  return {
    runtime,
    warnings,
    dns,
    run,
    until,
    /** Puts a task behind `<name>.production.local`. */
    register(name: string, task: BenchTask, health: 'HEALTHY' | 'UNHEALTHY' = 'HEALTHY') {
      const id = `srv-${name}`
      const service = cloudMap.services.get(id) ?? makeService({ id, name, namespaceId: namespace.id })
      cloudMap.services.set(id, service)
      const attributes = { AWS_INSTANCE_IPV4: task.spec.address }
      service.instances.set(task.spec.taskId, makeInstance({ id: task.spec.taskId, attributes, health }))
    },
    async stop() {
      await runtime.close()
      await dns.stop()
    },
  }
}
