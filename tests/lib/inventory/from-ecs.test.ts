import type { Service, Task } from '@aws-sdk/client-ecs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  discoveryServiceFromCloudMap,
  instanceFromDiscovery,
  instanceFromList,
  namespaceFromCloudMap,
  sortInstances,
} from '@/lib/inventory/from-cloud-map'
import { clusterFromEcs, serviceFromEcs, taskDefinitionFromEcs, taskFromEcs } from '@/lib/inventory/from-ecs'
import { foldHoles } from '@/lib/inventory/holes'
import type { Hole } from '@/lib/inventory/model'

const CLUSTER = 'arn:aws:ecs:us-east-1:000000000000:cluster/default'

// As recorded from a Fargate task with Service Connect.
const realTask: Task = {
  taskArn: 'arn:aws:ecs:us-east-1:111111111111:task/default/0123456789abcdef0123456789abcdef',
  clusterArn: 'arn:aws:ecs:us-east-1:111111111111:cluster/default',
  taskDefinitionArn: 'arn:aws:ecs:us-east-1:111111111111:task-definition/web:7',
  group: 'service:web',
  startedBy: 'ecs-svc/1234567890123456789',
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  healthStatus: 'HEALTHY',
  availabilityZone: 'us-east-1a',
  createdAt: new Date(1_700_000_000_000),
  startedAt: new Date(1_700_000_030_000),
  attachments: [
    {
      type: 'ServiceConnect',
      status: 'ATTACHED',
      details: [{ name: 'ContainerName', value: 'ecs-service-connect-aBcDe' }],
    },
    {
      type: 'ElasticNetworkInterface',
      status: 'ATTACHED',
      details: [
        { name: 'subnetId', value: 'subnet-1' },
        { name: 'privateIPv4Address', value: '10.0.1.54' },
      ],
    },
  ],
  containers: [{ name: 'web', image: 'web:7', lastStatus: 'RUNNING', healthStatus: 'HEALTHY' }],
}

describe('what ECS answers', () => {
  it('becomes a task with its address', () => {
    expect(taskFromEcs(realTask, CLUSTER)).toMatchObject({
      id: '0123456789abcdef0123456789abcdef',
      clusterArn: CLUSTER,
      group: 'service:web',
      address: '10.0.1.54',
      health: 'HEALTHY',
      createdAtMs: 1_700_000_000_000,
      startedAtMs: 1_700_000_030_000,
      stoppedAtMs: null,
      stopCode: null,
    })
  })

  it('finds the address in the container where the attachment has none', () => {
    const { attachments: _attachments, ...rest } = realTask
    const task = { ...rest, containers: [{ networkInterfaces: [{ privateIpv4Address: '10.0.1.55' }] }] }
    expect(taskFromEcs(task, CLUSTER)?.address).toBe('10.0.1.55')
    expect(taskFromEcs(rest, CLUSTER)?.address).toBeNull()
  })

  it('tells which images run as stand-ins', () => {
    const attributes = [
      { name: 'switchboard.runtime', value: 'process' },
      { name: 'switchboard.stand-in', value: 'nginx:1' },
      { name: 'switchboard.stand-in', value: 'redis:7' },
    ]
    expect(taskFromEcs({ ...realTask, attributes }, CLUSTER)?.standInImages).toEqual(['nginx:1', 'redis:7'])
  })

  it('keeps the newest twenty events, newest first', () => {
    const events = Array.from({ length: 100 }, (_, index) => ({
      id: String(index),
      createdAt: new Date(index * 1_000),
      message: `event ${index}`,
    }))
    const service = serviceFromEcs({ serviceArn: 'arn:web', events }, CLUSTER)
    expect(service?.events).toHaveLength(20)
    expect(service?.events[0]).toEqual({ id: '99', atMs: 99_000, message: 'event 99' })
  })

  it('knows that a container is essential unless told otherwise, and that a port is TCP', () => {
    const definition = taskDefinitionFromEcs({
      taskDefinitionArn: 'arn:aws:ecs:us-east-1:1:task-definition/web:3',
      containerDefinitions: [
        {
          name: 'web',
          image: 'web:3',
          portMappings: [{ containerPort: 8080 }, { hostPort: 1 }],
          environment: [{ name: 'A', value: '1' }, { name: '__proto__', value: 'x' }, { value: 'nameless' }],
          healthCheck: { command: ['CMD', 'true'] },
        },
        { name: 'side', essential: false },
      ],
    })
    expect(definition).toMatchObject({ family: 'web', revision: 3, networkMode: null })
    expect(definition?.containers.map((one) => [one.essential, one.hasHealthCheck])).toEqual([
      [true, true],
      [false, false],
    ])
    expect(definition?.containers[0]?.ports).toEqual([
      { container: 'web', containerPort: 8080, protocol: 'tcp', name: null, appProtocol: null },
    ])
    expect(Object.entries(definition?.containers[0]?.environment ?? {})).toEqual([
      ['A', '1'],
      ['__proto__', 'x'],
    ])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })

  it('drops what has no ARN', () => {
    expect(clusterFromEcs({})).toBeNull()
    expect(serviceFromEcs({}, CLUSTER)).toBeNull()
    expect(taskFromEcs({}, CLUSTER)).toBeNull()
    expect(taskDefinitionFromEcs({})).toBeNull()
  })

  it('takes numbers that came as text and dates that are none', () => {
    const odd: Record<string, unknown> = {
      serviceArn: 'arn:web',
      desiredCount: '3',
      runningCount: null,
      createdAt: new Date(Number.NaN),
      deployments: null,
      events: 'none',
    }
    expect(serviceFromEcs(odd as Service, CLUSTER)).toMatchObject({
      desired: 3,
      running: 0,
      createdAtMs: 0,
      deployments: [],
      events: [],
    })
  })
})

describe('what Cloud Map answers', () => {
  it('becomes a namespace, with its own name where HttpName is missing', () => {
    expect(namespaceFromCloudMap({ Id: 'ns-1', Name: 'apps', Type: 'DNS_PRIVATE' })).toMatchObject({
      httpName: 'apps',
      type: 'DNS_PRIVATE',
    })
    expect(
      namespaceFromCloudMap({
        Id: 'ns-1',
        Name: 'apps',
        Properties: { HttpProperties: { HttpName: 'apps-x1' } },
      }),
    ).toMatchObject({ httpName: 'apps-x1', type: 'HTTP' })
    expect(namespaceFromCloudMap({})).toBeNull()
  })

  it('becomes a discovery service of the namespace that was asked', () => {
    expect(
      discoveryServiceFromCloudMap(
        {
          Id: 'srv-1',
          Name: 'api',
          DnsConfig: { RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 60 }] },
          HealthCheckCustomConfig: { FailureThreshold: 1 },
        },
        'ns-1',
      ),
    ).toMatchObject({
      namespaceId: 'ns-1',
      dnsRecords: [{ type: 'A', ttlSeconds: 60 }],
      healthCheck: 'custom',
    })
    expect(discoveryServiceFromCloudMap({ Id: 'srv-1' }, 'ns-1')).toMatchObject({
      name: 'srv-1',
      dnsRecords: [],
    })
  })

  it('reads health from the status, never from the attribute that ECS wrote at first', () => {
    expect(
      instanceFromDiscovery({
        InstanceId: 'a',
        HealthStatus: 'HEALTHY',
        Attributes: {
          AWS_INIT_HEALTH_STATUS: 'UNHEALTHY',
          AWS_INSTANCE_IPV4: '10.0.0.1',
          AWS_INSTANCE_PORT: '8080',
        },
      }),
    ).toMatchObject({ health: 'HEALTHY', ipv4: '10.0.0.1', port: 8080 })
    expect(instanceFromList({ Id: 'a', Attributes: {} }, {})?.health).toBe('UNKNOWN')
    expect(instanceFromList({ Id: 'a' }, { a: 'UNHEALTHY' })?.health).toBe('UNHEALTHY')
  })

  it('stands in the same order however it was shuffled', () => {
    const ids = ['c', 'a', 'b'].map((id) => instanceFromList({ Id: id }, {})).filter((one) => one !== null)
    expect(sortInstances(ids).map((one) => one.id)).toEqual(['a', 'b', 'c'])
  })
})

describe('answers of any shape', () => {
  const deep = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(
        null,
        undefined,
        '',
        'x',
        -1,
        1e99,
        Number.NaN,
        true,
        new Date(Number.NaN),
        new Date(0),
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 3 }),
    ),
  })).value
  const keys = [
    'serviceArn',
    'taskArn',
    'clusterArn',
    'taskDefinitionArn',
    'deployments',
    'events',
    'serviceRegistries',
    'attachments',
    'containers',
    'attributes',
    'containerDefinitions',
    'createdAt',
    'desiredCount',
    'healthStatus',
    'Id',
    'InstanceId',
    'Name',
    'Properties',
    'DnsConfig',
    'Attributes',
    'Type',
    'HealthStatus',
    'details',
    'networkInterfaces',
    'portMappings',
    'environment',
  ]
  const answer = fc.dictionary(fc.constantFrom(...keys), fc.oneof(deep, fc.constant('arn:x')), {
    maxKeys: 12,
  })

  it('never throw, and what comes out survives JSON', () => {
    fc.assert(
      fc.property(answer, (raw) => {
        const converted = [
          clusterFromEcs(raw as never),
          serviceFromEcs(raw as never, CLUSTER),
          taskFromEcs(raw as never, CLUSTER),
          taskDefinitionFromEcs(raw as never),
          namespaceFromCloudMap(raw as never),
          discoveryServiceFromCloudMap(raw as never, 'ns-1'),
          instanceFromDiscovery(raw as never),
          instanceFromList(raw as never, {}),
        ]
        for (const one of converted) expect(JSON.parse(JSON.stringify(one))).toEqual(structuredClone(one))
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('holes', () => {
  const hole = (subject: string | null, more: Partial<Hole> = {}): Hole => ({
    operation: 'ecs:ListTasks',
    subject,
    kind: 'denied',
    errorName: 'AccessDeniedException',
    message: 'no',
    remedy: 'Allow it.',
    sinceMs: 100,
    ...more,
  })

  it('are told one by one up to three, and as one beyond', () => {
    expect(foldHoles([hole('b'), hole('a'), hole('c')], []).map((one) => one.subject)).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(
      foldHoles(
        ['a', 'b', 'c', 'd'].map((one) => hole(one)),
        [],
      ),
    ).toEqual([hole('4 places')])
  })

  it('keep the time they first showed', () => {
    const before = foldHoles([hole('a')], [])
    expect(
      foldHoles([hole('a', { sinceMs: 999 }), hole('b', { sinceMs: 999 })], before).map((one) => one.sinceMs),
    ).toEqual([100, 999])
    const folded = foldHoles(
      ['a', 'b', 'c', 'd'].map((one) => hole(one)),
      [],
    )
    expect(
      foldHoles(
        ['a', 'b', 'c', 'd', 'e'].map((one) => hole(one, { sinceMs: 999 })),
        folded,
      )[0]?.sinceMs,
    ).toBe(100)
  })

  it('of different kinds are told apart', () => {
    expect(
      foldHoles([hole('a'), hole('a', { kind: 'throttled', errorName: 'ThrottlingException' })], []),
    ).toHaveLength(2)
  })
})

describe('tags, by which CloudFormation says what it owns', () => {
  const tags = [
    { key: 'aws:cloudformation:stack-name', value: 'shop' },
    { key: '__proto__', value: 'x' },
    { key: undefined, value: 'lost' },
  ]

  it('come with clusters and services', () => {
    const wanted = { 'aws:cloudformation:stack-name': 'shop' }
    expect(clusterFromEcs({ clusterArn: CLUSTER, tags })?.tags).toMatchObject(wanted)
    const service = serviceFromEcs(
      { serviceArn: 'arn:aws:ecs:us-east-1:111111111111:service/default/web', tags },
      CLUSTER,
    )
    expect(service?.tags).toMatchObject(wanted)
    expect(Object.keys(service?.tags ?? {})).toEqual(['aws:cloudformation:stack-name', '__proto__'])
  })

  it('are none when the endpoint gives none', () => {
    expect(clusterFromEcs({ clusterArn: CLUSTER })?.tags).toEqual({})
  })
})
