// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are about just that.
import { describe, expect, it } from 'vitest'
import { planChange } from '@/lib/changes/catalogue'
import { clusterInput, discoveryInput, namespaceInput } from '../../support/change-inputs'
import { cluster, inventory, namespace, registry } from '../../support/inventory'
import { commandsOf, planOf, refusalOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const world = worldOf(inventory({ discoveryServices: [registry('web')] }))
const hostile = '"; touch x; $(x) ${y} `z`\n\u2028\u202E <b>'

describe('creating a cluster', () => {
  it('is one call, taken back by deleting the cluster', () => {
    const plan = planOf(
      'create-cluster',
      clusterInput({ containerInsights: 'enabled', capacityProviders: ['FARGATE'] }),
      world,
    )
    expect(plan).toMatchObject({
      title: 'Create cluster shop',
      steps: [
        {
          id: 'cluster',
          command: 'ecs:CreateCluster',
          input: {
            clusterName: 'shop',
            settings: [{ name: 'containerInsights', value: 'enabled' }],
            capacityProviders: ['FARGATE'],
          },
          undo: {
            possible: true,
            calls: [
              {
                command: 'ecs:DeleteCluster',
                input: { cluster: { $ref: { step: 'cluster', output: 'clusterArn' } } },
              },
            ],
          },
        },
      ],
      seen: [{ subject: { kind: 'cluster', cluster: 'shop' }, facts: null }],
    })
  })

  it('leaves out what was not chosen', () => {
    expect(planOf('create-cluster', clusterInput(), world).steps[0]?.input).toEqual({ clusterName: 'shop' })
  })

  it('names the Service Connect namespace by ARN', () => {
    const plan = planOf(
      'create-cluster',
      clusterInput({ serviceConnectNamespaceId: 'ns-production.local' }),
      world,
    )
    expect(plan.steps[0]?.input).toMatchObject({ serviceConnectDefaults: { namespace: namespace().arn } })
  })

  it.each([
    ['a name that is taken', clusterInput({ name: 'default' }), 'ClusterExists'],
    ['a namespace that is gone', clusterInput({ serviceConnectNamespaceId: 'ns-gone' }), 'NamespaceGone'],
    ['a bad name', clusterInput({ name: 'a b' }), 'InvalidInput'],
  ])('is refused for %s', (_name, input, code) =>
    expect(refusalOf('create-cluster', input, world)).toBe(code),
  )

  it('is not refused for a cluster that was deleted', () => {
    const gone = worldOf(inventory({ clusters: [cluster('shop', { status: 'INACTIVE' })] }))
    expect(refusalOf('create-cluster', clusterInput(), gone)).toBe('planned')
  })
})

describe('creating a namespace', () => {
  it('of private DNS names its VPC and its SOA TTL, and waits for the operation', () => {
    expect(planOf('create-namespace', namespaceInput({ description: hostile }), world).steps).toMatchObject([
      {
        id: 'namespace',
        command: 'servicediscovery:CreatePrivateDnsNamespace',
        input: {
          Name: 'shop.local',
          Vpc: 'vpc-1',
          Properties: { DnsProperties: { SOA: { TTL: 15 } } },
          Description: hostile,
        },
        after: { kind: 'operation' },
        sentence: 'Create the private DNS namespace shop.local.',
      },
    ])
  })

  it('of the other types does not', () => {
    const http = { type: 'HTTP', name: 'apps', description: '', tags: [{ key: hostile, value: hostile }] }
    expect(planOf('create-namespace', http, world).steps[0]).toMatchObject({
      command: 'servicediscovery:CreateHttpNamespace',
      input: { Name: 'apps', Tags: [{ Key: hostile, Value: hostile }] },
    })
    const zone = { type: 'DNS_PUBLIC', name: 'example.com', soaTtlSeconds: 60, description: '', tags: [] }
    expect(planOf('create-namespace', zone, world).steps[0]?.command).toBe(
      'servicediscovery:CreatePublicDnsNamespace',
    )
  })

  it.each([
    ['a name that is taken', { name: 'Production.local' }, 'NamespaceExists'],
    ['a VPC that is not there', { vpcId: 'vpc-9' }, 'VpcGone'],
  ])('is refused for %s', (_name, more, code) =>
    expect(refusalOf('create-namespace', namespaceInput(more), world)).toBe(code),
  )

  it('takes any VPC when none could be read', () => {
    const blind = worldOf(inventory(), { network: { vpcs: [], subnets: [], securityGroups: [] } })
    expect(refusalOf('create-namespace', namespaceInput({ vpcId: 'vpc-9' }), blind)).toBe('planned')
  })

  it('takes the name of a namespace of another type', () => {
    const http = { type: 'HTTP', name: 'production.local', description: '', tags: [] }
    expect(refusalOf('create-namespace', http, world)).toBe('planned')
  })

  it('warns of a zone that overlaps', () => {
    expect(
      planOf('create-namespace', namespaceInput({ name: 'eu.production.local' }), world).consequences,
    ).toEqual([
      {
        tone: 'warn',
        text: 'production.local and eu.production.local overlap: in one VPC Route 53 refuses the second zone, and the plan fails at this step.',
      },
    ])
    expect(
      planOf('create-namespace', namespaceInput({ name: 'reproduction.local' }), world).consequences,
    ).toEqual([])
  })
})

describe('creating a discovery service', () => {
  it('is one call in a namespace that is there', () => {
    expect(
      planOf('create-discovery-service', discoveryInput({ records: 'A_AAAA', ttlSeconds: 5 }), world),
    ).toMatchObject({
      title: 'Create discovery service api',
      steps: [
        {
          id: 'discovery-service-api',
          command: 'servicediscovery:CreateService',
          sentence: 'Create the discovery service api, found as api.production.local.',
          input: {
            Name: 'api',
            NamespaceId: 'ns-production.local',
            DnsConfig: {
              RoutingPolicy: 'MULTIVALUE',
              DnsRecords: [
                { Type: 'A', TTL: 5 },
                { Type: 'AAAA', TTL: 5 },
              ],
            },
            HealthCheckCustomConfig: {},
          },
        },
      ],
      seen: [
        {
          subject: { kind: 'discovery service', namespaceId: 'ns-production.local', name: 'api' },
          facts: null,
        },
      ],
    })
  })

  it('is two calls when the namespace is new, and the second refers to the first', () => {
    const plan = planOf(
      'create-discovery-service',
      discoveryInput({ namespace: { kind: 'new', namespace: namespaceInput() } }),
      world,
    )
    expect(commandsOf(plan)).toEqual([
      'namespace: servicediscovery:CreatePrivateDnsNamespace',
      'discovery-service-api: servicediscovery:CreateService',
    ])
    expect(plan.steps[1]?.input).toMatchObject({
      NamespaceId: { $ref: { step: 'namespace', output: 'namespaceId' } },
    })
    expect(plan.steps[1]?.sentence).toBe('Create the discovery service api, found as api.shop.local.')
    expect(plan.seen).toEqual([{ subject: { kind: 'namespace', name: 'shop.local' }, facts: null }])
  })

  it('without records is of type HTTP, and has Route 53 health as asked', () => {
    const http = worldOf(inventory({ namespaces: [namespace('apps', { type: 'HTTP' })] }))
    const input = discoveryInput({
      namespace: { kind: 'existing', id: 'ns-apps', type: 'HTTP' },
      records: 'NONE',
      forEcsTasks: false,
      health: { kind: 'route53', type: 'HTTPS', resourcePath: '/up', failureThreshold: 2 },
    })
    expect(planOf('create-discovery-service', input, http).steps[0]?.input).toEqual({
      Name: 'api',
      NamespaceId: 'ns-apps',
      Type: 'HTTP',
      HealthCheckConfig: { Type: 'HTTPS', ResourcePath: '/up', FailureThreshold: 2 },
    })
  })

  it.each<[string, object, string]>([
    ['a name that is taken, in any case', { name: 'WEB' }, 'DiscoveryServiceExists'],
    [
      'a namespace that is gone',
      { namespace: { kind: 'existing', id: 'ns-gone', type: 'DNS_PRIVATE' } },
      'NamespaceGone',
    ],
    [
      'a namespace of another type than the form knew',
      { namespace: { kind: 'existing', id: 'ns-production.local', type: 'DNS_PUBLIC' } },
      'ChangedMeanwhile',
    ],
    [
      'a new namespace whose name is taken',
      { namespace: { kind: 'new', namespace: namespaceInput({ name: 'production.local' }) } },
      'NamespaceExists',
    ],
    [
      'a name that is too long together',
      {
        name: ['a', 'b'].map((letter) => letter.repeat(63)).join('.'),
        namespace: {
          kind: 'new',
          namespace: namespaceInput({ name: ['c', 'd'].map((letter) => letter.repeat(63)).join('.') }),
        },
      },
      'NameTooLong',
    ],
  ])('is refused for %s', (_name, more, code) =>
    expect(refusalOf('create-discovery-service', discoveryInput(more), world)).toBe(code),
  )
})

it('a change of a kind that the console does not know is refused', () => {
  expect(planChange('paint-it-red', {}, world)).toMatchObject({ ok: false, code: 'UnknownChange' })
})
