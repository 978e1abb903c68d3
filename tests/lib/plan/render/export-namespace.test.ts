import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NamespaceFacts } from '@/lib/plan/render/export/facts'
import {
  clusterInputOf,
  discoveryInputOf,
  exportedNamespace,
  isMadeByEcs,
  ownTags,
  serviceInputOf,
} from '@/lib/plan/render/export/service-input'
import { exportNamespace } from '@/lib/plan/render/export-namespace'
import { renderPlan } from '@/lib/plan/render/render'
import { formats } from '@/lib/plan/render/rendered'
import { refTo } from '@/lib/plan/step'

const clusterArn = 'arn:aws:ecs:us-east-1:111122223333:cluster/main'
const registryArn = 'arn:aws:servicediscovery:us-east-1:111122223333:service/srv-1'
const definitionArn = 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:7'

const facts = (more: Partial<NamespaceFacts> = {}): NamespaceFacts => ({
  namespace: {
    id: 'ns-1',
    arn: 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-1',
    name: 'production.local',
    type: 'DNS_PRIVATE',
    description: null,
    soaTtlSeconds: 15,
    tags: [{ key: 'team', value: 'shop' }],
  },
  vpcId: 'vpc-1',
  discoveryServices: [{ arn: registryArn, name: 'web', input: { Name: 'web' } }],
  clusters: [{ arn: clusterArn, input: { clusterName: 'main' } }],
  taskDefinitions: [{ arn: definitionArn, input: { family: 'web', containerDefinitions: [] } }],
  services: [
    {
      arn: 'arn:aws:ecs:us-east-1:111122223333:service/main/web',
      name: 'web',
      clusterArn,
      taskDefinitionArn: definitionArn,
      createdAtMs: 1,
      input: { serviceName: 'web', desiredCount: 1, serviceRegistries: [{ registryArn, containerPort: 80 }] },
    },
  ],
  ...more,
})
const [webService] = facts().services
const withService = (input: object) =>
  facts({ services: webService ? [{ ...webService, input: { ...webService.input, ...input } }] : [] })
const warnings = (of: NamespaceFacts) => exportNamespace(of).consequences.map(({ text }) => text)

describe('the plan of an export', () => {
  it('makes the namespace and what stands in it, with references', () => {
    const { steps, consequences } = exportNamespace(facts())
    expect(steps.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['namespace', 'Create the namespace production.local.'],
      ['discovery-web', 'Create the discovery service web in production.local.'],
      ['cluster-main', 'Create the cluster main.'],
      ['task-definition-web', 'Register the task definition web.'],
      ['service-web', 'Create the service web with 1 task.'],
    ])
    expect(steps[0]?.input).toEqual({
      Name: 'production.local',
      Vpc: 'vpc-1',
      Tags: [{ Key: 'team', Value: 'shop' }],
      Properties: { DnsProperties: { SOA: { TTL: 15 } } },
    })
    expect(steps[1]?.input).toEqual({ Name: 'web', NamespaceId: refTo('namespace', 'namespaceId') })
    expect(steps[4]?.input).toEqual({
      serviceName: 'web',
      desiredCount: 1,
      cluster: refTo('cluster-main', 'clusterArn'),
      taskDefinition: refTo('task-definition-web', 'taskDefinitionArn'),
      serviceRegistries: [{ registryArn: refTo('discovery-web', 'discoveryServiceArn'), containerPort: 80 }],
    })
    expect(consequences).toEqual([])
  })

  it.each(formats)('can be printed: %s', (format) => {
    const target = { region: 'us-east-1', endpointUrl: null, accountId: null }
    const { text, remarks } = renderPlan(exportNamespace(facts()), format, target)
    expect(text).not.toContain('111122223333')
    expect(remarks).toEqual([])
  })

  it.each([
    ['HTTP', 'servicediscovery:CreateHttpNamespace'],
    ['DNS_PUBLIC', 'servicediscovery:CreatePublicDnsNamespace'],
    ['DNS_PRIVATE', 'servicediscovery:CreatePrivateDnsNamespace'],
  ] as const)('makes a namespace of type %s by its own call', (type, command) => {
    const [step] = exportNamespace(facts({ namespace: { ...facts().namespace, type } })).steps
    expect(step?.command).toBe(command)
    expect(step?.input).not.toHaveProperty(type === 'DNS_PRIVATE' ? 'nothing' : 'Vpc')
  })

  it('puts its own namespace in for Service Connect, whatever it is called by', () => {
    for (const namespace of ['production.local', facts().namespace.arn]) {
      const plan = exportNamespace(
        withService({ serviceConnectConfiguration: { enabled: true, namespace, services: [] } }),
      )
      expect(plan.steps.at(-1)?.input).toMatchObject({
        serviceConnectConfiguration: { namespace: refTo('namespace', 'namespaceArn') },
      })
      expect(plan.consequences).toEqual([])
    }
  })

  it('tells two things of nearly one name apart', () => {
    const names = ['web', 'WEB', 'web.']
    const plan = exportNamespace(
      facts({
        discoveryServices: names.map((name) => ({ arn: `arn:${name}`, name, input: { Name: name } })),
        services: [],
      }),
    )
    expect(plan.steps.map(({ id }) => id).slice(1, 4)).toEqual([
      'discovery-web',
      'discovery-web-2',
      'discovery-web-3',
    ])
  })

  it('is the same in whatever order AWS lists what is there', () => {
    const service = (name: string, cluster: string, createdAtMs: number) => ({
      arn: `arn:aws:ecs:us-east-1:111122223333:service/${cluster}/${name}`,
      name,
      clusterArn: `arn:${cluster}`,
      taskDefinitionArn: 'arn:web:9',
      createdAtMs,
      input: { serviceName: name },
    })
    const all = facts({
      discoveryServices: ['web', 'api', 'API'].map((name, index) => ({
        arn: `arn:srv-${9 - index}`,
        name,
        input: { Name: name },
      })),
      clusters: ['one', 'main'].map((name) => ({ arn: `arn:${name}`, input: { clusterName: name } })),
      taskDefinitions: ['web:10', 'web:9', 'api:11'].map((name) => ({
        arn: `arn:${name}`,
        input: { family: name.split(':')[0], containerDefinitions: [{ name }] },
      })),
      services: [
        service('made-last', 'main', 7),
        service('web', 'one', 3),
        service('web', 'main', 3),
        service('api', 'one', 3),
      ],
    })
    const plan = exportNamespace(all)
    expect(plan.steps.slice(1)).toMatchObject([
      { id: 'discovery-api', input: { Name: 'API' } },
      { id: 'discovery-api-2', input: { Name: 'api' } },
      { id: 'discovery-web', input: { Name: 'web' } },
      { id: 'cluster-main', input: { clusterName: 'main' } },
      { id: 'cluster-one', input: { clusterName: 'one' } },
      { id: 'task-definition-api', input: { family: 'api' } },
      { id: 'task-definition-web', input: { containerDefinitions: [{ name: 'web:9' }] } },
      { id: 'task-definition-web-2', input: { containerDefinitions: [{ name: 'web:10' }] } },
      { id: 'service-api', input: { cluster: refTo('cluster-one', 'clusterArn') } },
      { id: 'service-web', input: { cluster: refTo('cluster-main', 'clusterArn') } },
      { id: 'service-web-2', input: { cluster: refTo('cluster-one', 'clusterArn') } },
      { id: 'service-made-last', input: { serviceName: 'made-last' } },
    ])
    const shuffled = <T>(items: readonly T[]) =>
      fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length })
    fc.assert(
      fc.property(
        fc.record({
          discoveryServices: shuffled(all.discoveryServices),
          clusters: shuffled(all.clusters),
          taskDefinitions: shuffled(all.taskDefinitions),
          services: shuffled(all.services),
        }),
        (order) => {
          expect(exportNamespace({ ...all, ...order })).toEqual(plan)
        },
      ),
    )
  })

  it('says what it leaves as it is', () => {
    expect(warnings(facts({ vpcId: null })).join()).toContain('put its id where VPC-ID stands')
    expect(warnings(withService({ serviceRegistries: [{ registryArn: 'arn:other' }] })).join()).toContain(
      'also registers in another namespace',
    )
    expect(warnings(withService({ loadBalancers: [{ targetGroupArn: 'arn:tg' }] })).join()).toContain(
      'load balancer',
    )
    expect(
      warnings(withService({ serviceConnectConfiguration: { enabled: true, namespace: 'other' } })).join(),
    ).toContain('Service Connect in another namespace')
    expect(
      warnings(
        withService({ networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } }),
      ).join(),
    ).toContain('subnets and security groups of this account')
  })
})

describe('what AWS described, as what would make it', () => {
  it('takes what deployments keep from the primary one and leaves what is empty', () => {
    const input = serviceInputOf({
      serviceName: 'web',
      clusterArn,
      taskDefinition: definitionArn,
      desiredCount: 2,
      launchType: 'FARGATE',
      loadBalancers: [],
      roleArn: 'arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'aws:cloudformation:stack-name', value: 'x' },
      ],
      deployments: [
        { status: 'ACTIVE', serviceConnectConfiguration: { enabled: false } },
        { status: 'PRIMARY', serviceConnectConfiguration: { enabled: true, namespace: 'shop' } },
      ],
    })
    expect(input).toEqual({
      serviceName: 'web',
      cluster: clusterArn,
      taskDefinition: definitionArn,
      desiredCount: 2,
      launchType: 'FARGATE',
      serviceConnectConfiguration: { enabled: true, namespace: 'shop' },
      tags: [{ key: 'team', value: 'shop' }],
    })
  })

  it('gives a daemon no count, and a service with a strategy no launch type', () => {
    const input = serviceInputOf({
      schedulingStrategy: 'DAEMON',
      desiredCount: 3,
      launchType: 'EC2',
      capacityProviderStrategy: [{ capacityProvider: 'spot' }],
      roleArn: 'arn:aws:iam::1:role/mine',
    })
    expect(input.desiredCount).toBeUndefined()
    expect(input.launchType).toBeUndefined()
    expect(input).toMatchObject({ schedulingStrategy: 'DAEMON', role: 'arn:aws:iam::1:role/mine' })
  })

  it('keeps an empty custom health check, which means that ECS reports the health', () => {
    const input = discoveryInputOf({ Name: 'web', HealthCheckCustomConfig: {} }, [], 'DNS_PRIVATE')
    expect(input).toEqual({ Name: 'web', HealthCheckCustomConfig: {} })
  })

  it('says HTTP only where it is a choice', () => {
    expect(discoveryInputOf({ Name: 'web', Type: 'HTTP' }, [], 'HTTP').Type).toBeUndefined()
    expect(discoveryInputOf({ Name: 'web', Type: 'HTTP' }, [], 'DNS_PRIVATE').Type).toBe('HTTP')
    expect(discoveryInputOf({ Name: 'web', Type: 'DNS_HTTP' }, [], 'DNS_PRIVATE').Type).toBeUndefined()
  })

  it('takes over the records and not the namespace that stood beside them', () => {
    const dns = {
      NamespaceId: 'ns-1',
      RoutingPolicy: 'WEIGHTED',
      DnsRecords: [{ Type: 'A', TTL: 10 }],
    } as const
    const input = discoveryInputOf(
      { Name: 'web', DnsConfig: { ...dns, DnsRecords: [...dns.DnsRecords] } },
      [],
      'DNS_PRIVATE',
    )
    expect(input.DnsConfig).toEqual({ RoutingPolicy: 'WEIGHTED', DnsRecords: [{ Type: 'A', TTL: 10 }] })
  })

  it.each([
    ['its tag', { Name: 'web' }, [{ key: 'AmazonECSManaged', value: 'true' }], true],
    [
      'its description',
      { Name: 'web', Description: 'Managed by arn:aws:ecs:us-east-1:1:service/a/b' },
      [],
      true,
    ],
    ['its name', { Name: 'aws-ecs-sc.client.1.web' }, [], true],
    ['nothing', { Name: 'web', Description: 'Managed by me' }, [{ key: 'a', value: 'true' }], false],
  ])('knows what ECS made by %s', (_what, service, tags, isMade) => {
    expect(isMadeByEcs(service, tags)).toBe(isMade)
  })

  it('keeps what makes a cluster and leaves what is empty', () => {
    expect(
      clusterInputOf({
        clusterName: 'main',
        settings: [{ name: 'containerInsights', value: 'enabled' }],
        capacityProviders: [],
        serviceConnectDefaults: { namespace: 'arn:ns' },
        runningTasksCount: 3,
      }),
    ).toEqual({
      clusterName: 'main',
      settings: [{ name: 'containerInsights', value: 'enabled' }],
      serviceConnectDefaults: { namespace: 'arn:ns' },
    })
  })

  it('takes no namespace without id, ARN, name and a known type', () => {
    const whole = { Id: 'ns-1', Arn: 'arn:ns', Name: 'shop', Type: 'HTTP' } as const
    expect(exportedNamespace(whole, [])).toMatchObject({ id: 'ns-1', description: null, soaTtlSeconds: null })
    for (const name of ['Id', 'Arn', 'Name', 'Type'] as const)
      expect(exportedNamespace({ ...whole, [name]: undefined }, [])).toBeNull()
  })

  it('leaves the tags that AWS keeps for itself', () => {
    expect(ownTags([{ key: 'AWS:x', value: '1' }, { key: 'awsome' }, { value: 'b' }])).toEqual([
      { key: 'awsome', value: '' },
      { key: '', value: 'b' },
    ])
  })
})
