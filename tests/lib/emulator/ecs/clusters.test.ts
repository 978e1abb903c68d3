import { describe, expect, it } from 'vitest'
import { goodService, goodTaskDefinition, makeReadyEcs, makeTestEcs } from '../../../support/emulator-context'

const arn = (name: string) => `arn:aws:ecs:us-east-1:111122223333:cluster/${name}`

describe('making a cluster', () => {
  it('is called default without a name', () => {
    expect(makeTestEcs().call('CreateCluster')).toMatchObject({
      cluster: {
        clusterName: 'default',
        clusterArn: arn('default'),
        status: 'ACTIVE',
        registeredContainerInstancesCount: 0,
        runningTasksCount: 0,
        settings: [{ name: 'containerInsights', value: 'disabled' }],
      },
    })
  })

  it('gives the one that is there back, unchanged', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster', { clusterName: 'a', tags: [{ key: 'k', value: '1' }] })
    const again = ecs.call('CreateCluster', { clusterName: 'a', tags: [{ key: 'k', value: '2' }] })
    expect(again).toMatchObject({ cluster: { tags: [{ key: 'k', value: '1' }] } })
    expect(ecs.call('ListClusters')).toEqual({ clusterArns: [arn('a')] })
  })

  it.each([
    [{ clusterName: 'a b' }, /cluster name/],
    [{ clusterName: '' }, /cluster name/],
    [{ clusterName: 'x'.repeat(256) }, /cluster name/],
    [{ settings: [{ name: 'containerInsights', value: 'perhaps' }] }, /cluster setting/],
    [{ capacityProviders: ['mine'] }, /capacity provider 'mine' was not found/],
    [{ tags: [{ key: 'aws:x', value: '' }] }, /reserved/],
    [{ tags: [{ key: '', value: '' }] }, /tag key/],
    [{ tags: [{ key: 'k', value: 'x'.repeat(257) }] }, /value of tag/],
    [{ tags: [{ key: 'k' }, { key: 'k' }] }, /Duplicate tag key/],
    [{ tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}` })) }, /at most 50 tags/],
  ])('is refused with %j', (input, message) => {
    const ecs = makeTestEcs()
    const refusal = ecs.refusal('CreateCluster', input)
    expect(refusal.code).toBe('InvalidParameterException')
    expect(refusal.message).toMatch(message)
    expect(ecs.state.ecs.clusters.size).toBe(0)
    expect(ecs.state.ecs.tags.size).toBe(0)
  })

  it('starts anew under the name of a deleted one', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster', { tags: [{ key: 'old', value: '' }], capacityProviders: ['FARGATE'] })
    ecs.call('DeleteCluster', { cluster: 'default' })
    const { cluster } = ecs.call<{ cluster: object }>('CreateCluster')
    expect(cluster).toMatchObject({ status: 'ACTIVE', tags: [], capacityProviders: [] })
  })
})

describe('describing clusters', () => {
  it('means default when none is named', () => {
    const ecs = makeTestEcs()
    expect(ecs.call('DescribeClusters')).toEqual({
      clusters: [],
      failures: [{ arn: arn('default'), reason: 'MISSING' }],
    })
    ecs.call('CreateCluster')
    expect(ecs.call('DescribeClusters')).toMatchObject({
      clusters: [{ clusterName: 'default' }],
      failures: [],
    })
  })

  it('finds by name and ARN, and lists what is missing with the ARN it would have', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster', { clusterName: 'a' })
    const elsewhere = 'arn:aws:ecs:eu-west-1:111122223333:cluster/a'
    expect(ecs.call('DescribeClusters', { clusters: ['a', arn('a'), 'b', elsewhere] })).toMatchObject({
      clusters: [{ clusterName: 'a' }, { clusterName: 'a' }],
      failures: [
        { arn: arn('b'), reason: 'MISSING' },
        { arn: elsewhere, reason: 'MISSING' },
      ],
    })
  })

  it('gives settings, configuration, statistics and tags only when asked', () => {
    const ecs = makeTestEcs()
    const configuration = { executeCommandConfiguration: { logging: 'DEFAULT' } }
    ecs.call('CreateCluster', { tags: [{ key: 'k', value: 'v' }], configuration })
    const [plain] = ecs.call<{ clusters: object[] }>('DescribeClusters').clusters
    expect(plain).toMatchObject({ settings: [], statistics: [], tags: [] })
    expect(plain).not.toHaveProperty('configuration')
    const include = ['SETTINGS', 'CONFIGURATIONS', 'STATISTICS', 'TAGS', 'ATTACHMENTS']
    expect(ecs.call('DescribeClusters', { include })).toMatchObject({
      clusters: [
        {
          settings: [{ name: 'containerInsights' }],
          configuration,
          tags: [{ key: 'k', value: 'v' }],
          attachments: [],
          statistics: expect.arrayContaining([{ name: 'runningFargateTasksCount', value: '0' }]),
        },
      ],
    })
  })

  it('counts tasks and services by what they do', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ desiredCount: 2 }))
    ecs.call('CreateService', goodService({ serviceName: 'old', desiredCount: 1, launchType: 'EC2' }))
    ecs.advance(0)
    expect(ecs.call('DescribeClusters')).toMatchObject({
      clusters: [{ pendingTasksCount: 3, runningTasksCount: 0, activeServicesCount: 2 }],
    })
    ecs.advance(10_000)
    ecs.call('DeleteService', { service: 'old', force: true })
    const [cluster] = ecs.call<{ clusters: { statistics: { name: string; value: string }[] }[] }>(
      'DescribeClusters',
      { include: ['STATISTICS'] },
    ).clusters
    const statistics = Object.fromEntries(cluster?.statistics.map(({ name, value }) => [name, value]) ?? [])
    expect(statistics).toEqual({
      runningEC2TasksCount: '1',
      runningFargateTasksCount: '2',
      pendingEC2TasksCount: '0',
      pendingFargateTasksCount: '0',
      activeEC2ServiceCount: '0',
      activeFargateServiceCount: '1',
      drainingEC2ServiceCount: '1',
      drainingFargateServiceCount: '0',
    })
  })

  it('takes at most 100', () => {
    const clusters = Array.from({ length: 101 }, (_, index) => `c${index}`)
    expect(makeTestEcs().refusal('DescribeClusters', { clusters }).code).toBe('InvalidParameterException')
  })
})

describe('listing clusters', () => {
  it('leaves deleted ones out and pages', () => {
    const ecs = makeTestEcs()
    for (const name of ['c', 'a', 'b', 'd']) ecs.call('CreateCluster', { clusterName: name })
    ecs.call('DeleteCluster', { cluster: 'b' })
    const first = ecs.call<{ clusterArns: string[]; nextToken: string }>('ListClusters', { maxResults: 2 })
    expect(first.clusterArns).toEqual([arn('a'), arn('c')])
    expect(ecs.call('ListClusters', { nextToken: first.nextToken })).toEqual({ clusterArns: [arn('d')] })
  })
})

describe('changing a cluster', () => {
  it('sets configuration, settings and the Service Connect default, and takes the last away again', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster')
    const settings = [{ name: 'containerInsights', value: 'enhanced' }]
    expect(
      ecs.call('UpdateCluster', {
        cluster: 'default',
        settings,
        serviceConnectDefaults: { namespace: 'mesh' },
      }),
    ).toMatchObject({
      cluster: { settings, serviceConnectDefaults: { namespace: expect.stringMatching(/:namespace\/ns-/) } },
    })
    const { cluster } = ecs.call<{ cluster: object }>('UpdateCluster', {
      cluster: 'default',
      serviceConnectDefaults: { namespace: '' },
    })
    expect(cluster).not.toHaveProperty('serviceConnectDefaults')
    expect(
      ecs.call('UpdateClusterSettings', {
        cluster: 'default',
        settings: [{ name: 'containerInsights', value: 'enabled' }],
      }),
    ).toMatchObject({ cluster: { settings: [{ name: 'containerInsights', value: 'enabled' }] } })
  })

  it.each(['CreateCluster', 'UpdateCluster'])(
    'makes an HTTP namespace of a new name that %s gives',
    (operation) => {
      const ecs = makeTestEcs()
      if (operation === 'UpdateCluster') ecs.call('CreateCluster', { clusterName: 'prod' })
      const serviceConnectDefaults = { namespace: 'mesh' }
      ecs.call(operation, { clusterName: 'prod', cluster: 'prod', serviceConnectDefaults })
      ecs.call(operation, { clusterName: 'prod', cluster: 'prod', serviceConnectDefaults })
      const namespaces = [...ecs.state.cloudMap.namespaces.values()]
      expect(namespaces).toMatchObject([{ name: 'mesh', type: 'HTTP', httpName: 'mesh' }])
      expect(ecs.cluster('prod').serviceConnectNamespace).toBe(namespaces[0]?.arn)
    },
  )

  it('refuses a Service Connect default that can be no namespace, and changes nothing', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster')
    const arn = 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-gone'
    const settings = [{ name: 'containerInsights', value: 'enhanced' }]
    for (const [namespace, code] of [
      [arn, 'NamespaceNotFoundException'],
      ['two words', 'InvalidParameterException'],
    ])
      expect(
        ecs.refusal('UpdateCluster', { cluster: 'default', settings, serviceConnectDefaults: { namespace } })
          .code,
      ).toBe(code)
    expect(ecs.state.cloudMap.namespaces.size).toBe(0)
    expect(ecs.cluster().settings).toEqual([{ name: 'containerInsights', value: 'disabled' }])
  })

  it('knows capacity providers of Fargate', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster')
    const strategy = [{ capacityProvider: 'FARGATE', weight: 1 }]
    expect(
      ecs.call('PutClusterCapacityProviders', {
        cluster: 'default',
        capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
        defaultCapacityProviderStrategy: strategy,
      }),
    ).toMatchObject({ cluster: { defaultCapacityProviderStrategy: strategy } })
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    const { launchType: _, ...withoutLaunchType } = goodService()
    expect(ecs.call('CreateService', withoutLaunchType)).toMatchObject({
      service: { capacityProviderStrategy: strategy },
    })
  })

  it('needs the namespace to exist when it is an ARN', () => {
    const ecs = makeTestEcs()
    ecs.call('CreateCluster')
    const namespace = 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-gone'
    expect(
      ecs.refusal('UpdateCluster', { cluster: 'default', serviceConnectDefaults: { namespace } }).code,
    ).toBe('NamespaceNotFoundException')
  })

  it.each(['UpdateCluster', 'UpdateClusterSettings', 'DeleteCluster'])(
    '%s needs one that exists',
    (operation) => {
      expect(makeTestEcs().refusal(operation, { cluster: 'none', settings: [] })).toEqual({
        code: 'ClusterNotFoundException',
        message: 'Cluster not found.',
      })
    },
  )
})

describe('deleting a cluster', () => {
  it('is refused while services are active and while tasks live', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(10_000)
    expect(ecs.refusal('DeleteCluster', { cluster: 'default' })).toEqual({
      code: 'ClusterContainsServicesException',
      message: 'The Cluster cannot be deleted while Services are active.',
    })
    ecs.call('DeleteService', { service: 'web', force: true })
    expect(ecs.refusal('DeleteCluster', { cluster: 'default' })).toEqual({
      code: 'ClusterContainsTasksException',
      message: 'The Cluster cannot be deleted while Tasks are active.',
    })
    ecs.advance(10_000)
    expect(ecs.call('DeleteCluster', { cluster: 'default' })).toMatchObject({
      cluster: { status: 'INACTIVE' },
    })
    expect(ecs.call('DescribeClusters')).toMatchObject({ clusters: [{ status: 'INACTIVE' }] })
  })

  it('leaves nothing that can be done in it', () => {
    const ecs = makeReadyEcs()
    ecs.call('DeleteCluster', { cluster: 'default' })
    for (const [operation, input] of [
      ['CreateService', goodService()],
      ['RunTask', { taskDefinition: 'backend' }],
      ['ListServices', {}],
      ['ListTasks', {}],
      ['DescribeServices', { services: ['web'] }],
    ] as const)
      expect(ecs.refusal(operation, input)).toEqual({
        code: 'ClusterNotFoundException',
        message: 'The referenced cluster was inactive.',
      })
  })
})

describe('the cluster default', () => {
  it('is made at its first use and said so', () => {
    const ecs = makeTestEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    ecs.call('CreateService', goodService())
    expect(ecs.lines.some((line) => line.includes('Made the cluster default'))).toBe(true)
  })

  it('must exist when strict, and any other always', () => {
    const strict = makeTestEcs({ strict: true })
    strict.call('RegisterTaskDefinition', goodTaskDefinition())
    expect(strict.refusal('CreateService', goodService()).code).toBe('ClusterNotFoundException')
    const lenient = makeTestEcs()
    lenient.call('RegisterTaskDefinition', goodTaskDefinition())
    expect(lenient.refusal('CreateService', goodService({ cluster: 'other' })).code).toBe(
      'ClusterNotFoundException',
    )
    expect(lenient.refusal('ListTasks').code).toBe('ClusterNotFoundException')
  })
})
