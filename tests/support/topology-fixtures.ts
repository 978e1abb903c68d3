import type { TargetIdentity } from '@/lib/inventory/model'
import type { Edge, InstanceNode, InstanceState, ServiceNode, Topology } from '@/lib/topology/model'

/** A fixed now for fixtures: 2026-11-21T10:24:07Z. */
export const fixtureNowMs = Date.UTC(2026, 10, 21, 10, 24, 7)

const minute = 60_000

export const localTarget: TargetIdentity = {
  kind: 'local',
  region: 'us-east-1',
  accountId: '000000000000',
  endpointUrl: 'http://127.0.0.1:4680',
  profile: null,
  readOnly: false,
  localRuntime: 'process',
}

export const awsTarget: TargetIdentity = {
  kind: 'aws',
  region: 'eu-central-1',
  accountId: '123456789012',
  endpointUrl: null,
  profile: 'payments-prod',
  readOnly: true,
  localRuntime: null,
}

type InstanceWish = Partial<InstanceNode> & { readonly state?: InstanceState }

/** An instance as the map shows it; ids follow from `key`, so fixtures are the same at every run. */
export function makeInstance(key: string, wish: InstanceWish = {}): InstanceNode {
  const number = [...key].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 250, 7)
  const taskId = hex(key)
  return {
    id: `instance/${taskId}`,
    state: 'healthy',
    taskArn: `arn:aws:ecs:us-east-1:000000000000:task/default/${taskId}`,
    taskId,
    taskStatus: 'RUNNING',
    taskHealth: 'HEALTHY',
    discoveryHealth: 'HEALTHY',
    address: `127.10.${number % 7}.${number + 2}`,
    port: 8080,
    zone: number % 2 === 0 ? 'us-east-1a' : 'us-east-1b',
    taskDefinition: 'backend-api:4',
    deploymentId: 'ecs-svc/4211980012345678901',
    createdAtMs: fixtureNowMs - 14 * minute,
    startedAtMs: fixtureNowMs - 14 * minute,
    reason: null,
    ...wish,
  }
}

function hex(key: string): string {
  let text = ''
  for (let i = 0; text.length < 32; i++) {
    let hash = 0x811c9dc5 ^ i
    for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
    text += hash.toString(16).padStart(8, '0')
  }
  return text.slice(0, 32)
}

type ServiceWish = Partial<Omit<ServiceNode, 'instances'>> & {
  readonly running?: number
  readonly desired?: number
  readonly port?: number
  readonly instances?: readonly InstanceNode[]
  /** Namespace name; null: outside. */
  readonly in?: string | null
}

/** A service that ECS runs and Cloud Map knows, steady unless the wish says otherwise. */
export function makeService(name: string, wish: ServiceWish = {}): ServiceNode {
  const {
    running = 1,
    desired = running,
    port = 8080,
    in: namespaceName = 'production.local',
    ...rest
  } = wish
  const instances =
    rest.instances ?? Array.from({ length: running }, (_, i) => makeInstance(`${name}/${i}`, { port }))
  return {
    id: `service/default/${name}-service`,
    name,
    namespace: namespaceName === null ? null : `namespace/ns-${namespaceName}`,
    cluster: 'cluster/default',
    state: 'ok',
    status: 'steady',
    reasons: [],
    ecs: {
      arn: `arn:aws:ecs:us-east-1:000000000000:service/default/${name}-service`,
      serviceName: `${name}-service`,
      status: 'ACTIVE',
      desired,
      running,
      pending: Math.max(0, desired - running),
      launchType: 'FARGATE',
      taskDefinitionArn: `arn:aws:ecs:us-east-1:000000000000:task-definition/${name}:4`,
      taskDefinition: `${name}:4`,
      rollout: null,
      events: [
        {
          id: `${name}-event-2`,
          atMs: fixtureNowMs - 13 * minute,
          message: `(service ${name}-service) has reached a steady state.`,
        },
        {
          id: `${name}-event-1`,
          atMs: fixtureNowMs - 14 * minute,
          message: `(service ${name}-service) has started ${desired} tasks: (task ${hex(`${name}/0`)}).`,
        },
      ],
      createdAtMs: fixtureNowMs - 60 * minute,
    },
    discovery:
      namespaceName === null
        ? null
        : {
            arn: `arn:aws:servicediscovery:us-east-1:000000000000:service/srv-${name}`,
            serviceId: `srv-${name}`,
            name,
            namespaceName,
            dnsName: `${name}.${namespaceName}`,
            dnsRecords: [{ type: 'A', ttlSeconds: 60 }],
            routingPolicy: 'MULTIVALUE',
            healthCheck: 'custom',
            registered: instances.length,
            healthy: instances.filter((instance) => instance.discoveryHealth === 'HEALTHY').length,
          },
    connect: null,
    ports: [{ container: name, port, protocol: 'tcp', name: 'http' }],
    images: [{ container: name, image: `registry.example.com/${name}:latest`, standIn: false }],
    ...rest,
    instances,
  }
}

/** Who calls whom, declared by an environment variable. */
export function makeEdge(source: ServiceNode, target: ServiceNode, problem: string | null = null): Edge {
  const variable = `${target.name.toUpperCase().replaceAll('-', '_')}_URL`
  const evidence = {
    kind: 'declared' as const,
    container: source.name,
    variable,
    host: target.discovery?.dnsName ?? `${target.name}.production.local`,
    port: target.ports[0]?.port ?? null,
  }
  return {
    id: `${source.id}->${target.id}`,
    source: source.id,
    target: target.id,
    evidence: [evidence],
    problem,
  }
}

export function makeNamespace(name: string, type: 'HTTP' | 'DNS_PRIVATE' | 'DNS_PUBLIC' = 'DNS_PRIVATE') {
  return {
    id: `namespace/ns-${name}`,
    namespaceId: `ns-${name}`,
    arn: `arn:aws:servicediscovery:us-east-1:000000000000:namespace/ns-${name}`,
    name,
    type,
  }
}

export function makeTopology(parts: Partial<Topology> = {}): Topology {
  const byId = <T extends { readonly id: string }>(items: readonly T[] | undefined) =>
    (items ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    version: 1,
    readAtMs: fixtureNowMs,
    target: localTarget,
    holes: [],
    ...parts,
    namespaces: byId(parts.namespaces),
    clusters: parts.clusters ?? [
      {
        id: 'cluster/default',
        arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
        name: 'default',
        status: 'ACTIVE',
      },
    ],
    services: byId(parts.services),
    edges: byId(parts.edges),
  }
}

/** The example stack, steady. */
export function makeSmallTopology(): Topology {
  const frontend = makeService('frontend-web', { port: 3000 })
  const backend = makeService('backend-api', { running: 2 })
  return makeTopology({
    namespaces: [makeNamespace('production.local')],
    services: [frontend, backend],
    edges: [makeEdge(frontend, backend)],
  })
}

/** Every state that a card, a dot, a line and a frame can be in. */
export function makeRichTopology(): Topology {
  const frontend = makeService('frontend-web', {
    port: 3000,
    images: [
      { container: 'frontend-web', image: 'registry.example.com/shop/frontend-web:1.4', standIn: true },
    ],
  })
  const backend = makeService('backend-api', { running: 3 })
  const users = makeService('user-service', {
    running: 2,
    desired: 3,
    port: 80,
    state: 'busy',
    status: 'rolling out',
    reasons: ['A new deployment runs 2 of 3 tasks.'],
    instances: [
      makeInstance('users/0'),
      makeInstance('users/1'),
      makeInstance('users/2', {
        state: 'starting',
        taskStatus: 'PROVISIONING',
        taskHealth: 'UNKNOWN',
        discoveryHealth: null,
        address: null,
        port: null,
        startedAtMs: null,
        createdAtMs: fixtureNowMs - 4_000,
      }),
    ],
  })
  const rolling: ServiceNode = {
    ...users,
    ecs: users.ecs && {
      ...users.ecs,
      rollout: {
        deploymentId: 'ecs-svc/9925014220147852369',
        state: 'IN_PROGRESS',
        reason: 'ECS deployment ecs-svc/9925014220147852369 in progress.',
        running: 2,
        desired: 3,
        failedTasks: 0,
        startedAtMs: fixtureNowMs - 40_000,
      },
    },
  }
  const reports = makeService('reports', {
    running: 2,
    port: 9090,
    state: 'bad',
    status: 'unhealthy',
    reasons: [
      '1 instance is unhealthy. Its container health check fails.',
      'Tasks keep stopping. The last one: Essential container in task exited (exit code 1).',
    ],
    instances: [
      makeInstance('reports/0', {
        state: 'failing',
        taskStatus: 'STOPPED',
        taskHealth: 'UNHEALTHY',
        discoveryHealth: null,
        reason: 'Essential container in task exited',
      }),
      makeInstance('reports/1', {
        state: 'unhealthy',
        taskHealth: 'UNHEALTHY',
        discoveryHealth: 'UNHEALTHY',
        reason: 'Container health check fails.',
      }),
    ],
  })
  const many = makeService('image-resizer', {
    running: 30,
    in: 'media.internal',
    port: 7000,
    instances: Array.from({ length: 30 }, (_, i) =>
      makeInstance(
        `resizer/${i}`,
        i === 4 ? { state: 'unhealthy', discoveryHealth: 'UNHEALTHY' } : { port: 7000 },
      ),
    ),
    state: 'warn',
    status: 'degraded',
    reasons: ['1 instance is unhealthy.'],
  })
  const uploads = makeService('uploads', { running: 2, in: 'media.internal', port: 7001 })
  const thumbs = makeService('thumbnails', { running: 9, in: 'media.internal', port: 7002 })
  const legacy: ServiceNode = {
    ...makeService('legacy-ldap', { port: 389 }),
    id: 'discovery/srv-legacy-ldap',
    cluster: null,
    ecs: null,
    state: 'warn',
    status: 'no ECS service',
    reasons: ['2 addresses in Cloud Map have no task any more: callers may still try them.'],
    instances: [
      makeInstance('ldap/0', {
        state: 'orphaned',
        taskArn: null,
        taskId: null,
        taskStatus: null,
        taskHealth: null,
        id: 'instance/ldap-a',
      }),
      makeInstance('ldap/1', {
        state: 'orphaned',
        taskArn: null,
        taskId: null,
        taskStatus: null,
        taskHealth: null,
        id: 'instance/ldap-b',
      }),
    ],
  }
  const worker = makeService('worker', { running: 2, in: null, ports: [] })
  const paused = makeService('nightly-batch', {
    running: 0,
    desired: 0,
    in: null,
    state: 'off',
    status: 'scaled to 0',
    ports: [],
  })
  const missing: ServiceNode = {
    id: 'missing/pricing.production.local',
    name: 'pricing',
    namespace: 'namespace/ns-production.local',
    cluster: null,
    state: 'bad',
    status: 'does not exist',
    reasons: [
      'PRICING_URL of backend-api names pricing.production.local, but production.local has no such service.',
    ],
    ecs: null,
    discovery: null,
    connect: null,
    ports: [],
    images: [],
    instances: [],
  }
  return makeTopology({
    namespaces: [
      makeNamespace('production.local'),
      makeNamespace('media.internal', 'HTTP'),
      makeNamespace('staging.local'),
    ],
    services: [frontend, backend, rolling, reports, many, uploads, thumbs, legacy, worker, paused, missing],
    edges: [
      makeEdge(frontend, backend),
      makeEdge(backend, rolling),
      makeEdge(backend, reports),
      makeEdge(
        backend,
        missing,
        'PRICING_URL of backend-api names pricing.production.local, but production.local has no such service.',
      ),
      makeEdge(uploads, many),
      makeEdge(uploads, thumbs),
      makeEdge(worker, backend),
    ],
  })
}

/** As many services as asked for, in namespaces of 25, calling each other as real stacks do. */
export function makeCrowdedTopology(serviceCount: number): Topology {
  const spaces = Math.ceil(serviceCount / 25)
  const namespaces = Array.from({ length: spaces }, (_, i) =>
    makeNamespace(`team-${String(i).padStart(2, '0')}.local`),
  )
  const services = Array.from({ length: serviceCount }, (_, i) => {
    const namespace = namespaces[i % spaces]?.name ?? null
    const odd = i % 23
    return makeService(`svc-${String(i).padStart(4, '0')}`, {
      in: namespace,
      running: 1 + (i % 5),
      ...(odd === 7 ? { state: 'bad' as const, status: 'unhealthy' } : {}),
      ...(odd === 11 ? { state: 'busy' as const, status: 'rolling out' } : {}),
      ...(odd === 15 ? { state: 'warn' as const, status: 'degraded' } : {}),
    })
  })
  const edges = services.flatMap((service, i) => {
    const step = Math.floor(i / spaces)
    if (step === 0 || step % 5 === 4) return []
    const caller = services[i - spaces * (1 + (step % 3 === 0 ? 1 : 0))]
    return caller && caller.namespace === service.namespace ? [makeEdge(caller, service)] : []
  })
  return makeTopology({ namespaces, services, edges })
}
