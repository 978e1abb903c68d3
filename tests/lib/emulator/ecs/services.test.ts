import type { CreateServiceRequest, Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import type { DiscoveryServiceRecord, NamespaceRecord } from '@/lib/emulator/state/cloud-map'
import {
  appContainer,
  goodService,
  goodTaskDefinition,
  makeReadyEcs,
  makeTestEcs,
  type TestEcs,
} from '../../../support/emulator-context'

const base = 'arn:aws:ecs:us-east-1:111122223333'
const serviceArn = (name: string) => `${base}:service/default/${name}`
const longMs = 60_000

const registryArn = 'arn:aws:servicediscovery:us-east-1:111122223333:service/srv-backend000000000'

function addRegistry(ecs: TestEcs, types: ('A' | 'SRV' | 'CNAME' | 'AAAA')[]): void {
  const record: DiscoveryServiceRecord = {
    id: 'srv-backend000000000',
    arn: registryArn,
    name: 'backend-api',
    namespaceId: 'ns-production00000',
    type: 'DNS_HTTP',
    dnsRecords: types.map((Type) => ({ Type, TTL: 60 })),
    healthCheckCustom: true,
    attributes: new Map(),
    createdAtMs: 0,
    revision: 0,
    instances: new Map(),
  }
  ecs.state.cloudMap.services.set(record.id, record)
}

function addNamespace(ecs: TestEcs, name: string): NamespaceRecord {
  const record: NamespaceRecord = {
    id: 'ns-mesh000000000000',
    arn: 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-mesh000000000000',
    name,
    type: 'HTTP',
    httpName: name,
    soaTtlSeconds: 15,
    createdAtMs: 0,
  }
  ecs.state.cloudMap.namespaces.set(record.id, record)
  return record
}

describe('making a service', () => {
  it('gives it back as AWS does, with every default filled in', () => {
    const ecs = makeReadyEcs()
    const { service } = ecs.call<{ service: Service }>('CreateService', goodService())
    expect(service).toMatchObject({
      serviceArn: serviceArn('web'),
      serviceName: 'web',
      clusterArn: `${base}:cluster/default`,
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 0,
      pendingCount: 0,
      taskDefinition: `${base}:task-definition/backend:1`,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      platformFamily: 'Linux',
      schedulingStrategy: 'REPLICA',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: false, rollback: false },
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        strategy: 'ROLLING',
      },
      loadBalancers: [],
      serviceRegistries: [],
      placementConstraints: [],
      placementStrategy: [],
      healthCheckGracePeriodSeconds: 0,
      enableECSManagedTags: false,
      enableExecuteCommand: false,
      propagateTags: 'NONE',
      availabilityZoneRebalancing: 'ENABLED',
      networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'DISABLED' } },
      createdAt: ecs.clock.now() / 1_000,
      createdBy: 'arn:aws:iam::111122223333:root',
      events: [],
      tags: [],
    })
    expect(service.deployments).toEqual([
      {
        id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
        status: 'PRIMARY',
        taskDefinition: `${base}:task-definition/backend:1`,
        desiredCount: 2,
        pendingCount: 0,
        runningCount: 0,
        failedTasks: 0,
        createdAt: ecs.clock.now() / 1_000,
        updatedAt: ecs.clock.now() / 1_000,
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        networkConfiguration: service.networkConfiguration,
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment ${service.deployments?.[0]?.id} in progress.`,
      },
    ])
  })

  it('is the same service when it is asked for again in the same words, in any order', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ clientToken: 'first' }))
    const input = Object.fromEntries(Object.entries(goodService({ clientToken: 'second' })).reverse())
    expect(ecs.call('CreateService', input)).toMatchObject({ service: { serviceArn: serviceArn('web') } })
    expect(ecs.cluster().services.size).toBe(1)
    expect(ecs.serviceRecord('web').deployments).toHaveLength(1)
  })

  it.each([
    { desiredCount: 3 },
    { taskDefinition: 'backend:2' },
    { launchType: 'EC2' as const },
    { propagateTags: 'SERVICE' as const },
  ])('is refused under the same name with %j', (changes) => {
    const ecs = makeReadyEcs()
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    ecs.call('CreateService', goodService({ taskDefinition: 'backend:1' }))
    const input = goodService({ taskDefinition: 'backend:1', ...changes })
    expect(ecs.refusal('CreateService', input)).toEqual({
      code: 'InvalidParameterException',
      message: 'Creation of service was not idempotent.',
    })
  })

  it.each<[Partial<CreateServiceRequest>, string, RegExp]>([
    [{ serviceName: 'a b' }, 'InvalidParameterException', /service name/],
    [{ serviceName: '' }, 'InvalidParameterException', /service name/],
    [{ taskDefinition: undefined }, 'ClientException', /TaskDefinition can not be blank\./],
    [{ taskDefinition: 'none' }, 'ClientException', /^TaskDefinition not found\.$/],
    [{ taskDefinition: 'backend:9' }, 'ClientException', /^TaskDefinition not found\.$/],
    [{ desiredCount: undefined }, 'InvalidParameterException', /desiredCount is required/],
    [{ desiredCount: -1 }, 'InvalidParameterException', /between 0 and 5000/],
    [{ desiredCount: 1.5 }, 'InvalidParameterException', /whole number/],
    [{ desiredCount: 5_001 }, 'InvalidParameterException', /between 0 and 5000/],
    [{ schedulingStrategy: 'DAEMON' }, 'InvalidParameterException', /does not support a desired count/],
    [{ clientToken: 'x'.repeat(37) }, 'InvalidParameterException', /at most 36 characters/],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'InvalidParameterException',
      /^Specifying both a launch type and capacity provider strategy is not supported\.$/,
    ],
    [
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'mine' }] },
      'InvalidParameterException',
      /capacity provider 'mine' was not found/,
    ],
    [{ deploymentController: { type: 'EXTERNAL' } }, 'UnsupportedFeatureException', /EXTERNAL/],
    [{ deploymentConfiguration: { maximumPercent: -1 } }, 'InvalidParameterException', /maximumPercent/],
    [
      { deploymentConfiguration: { maximumPercent: 50, minimumHealthyPercent: 100 } },
      'InvalidParameterException',
      /must not be below/,
    ],
    [
      {
        networkConfiguration: {
          awsvpcConfiguration: { subnets: Array.from({ length: 17 }, () => 'subnet-default') },
        },
      },
      'InvalidParameterException',
      /at most 16/,
    ],
    [
      {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-default'],
            securityGroups: Array.from({ length: 6 }, () => 'sg'),
          },
        },
      },
      'InvalidParameterException',
      /at most 5/,
    ],
    [{ tags: [{ key: 'aws:x', value: '' }] }, 'InvalidParameterException', /reserved/],
    [{ cluster: 'none' }, 'ClusterNotFoundException', /^Cluster not found\.$/],
    [{ serviceRegistries: [{ registryArn }] }, 'InvalidParameterException', /could not be found/],
    [{ serviceRegistries: [{ registryArn: 'srv-1' }] }, 'InvalidParameterException', /Invalid registryArn/],
    [{ serviceRegistries: [{ registryArn }, { registryArn }] }, 'InvalidParameterException', /at most 1/],
    [
      { serviceConnectConfiguration: { enabled: true, namespace: 'none' } },
      'NamespaceNotFoundException',
      /'none' was not found/,
    ],
    [{ serviceConnectConfiguration: { enabled: true } }, 'InvalidParameterException', /needs a namespace/],
  ])('is refused with %j', (changes, code, message) => {
    const ecs = makeReadyEcs()
    const before = ecs.state.ecs.woken.services.size
    const refusal = ecs.refusal('CreateService', goodService(changes))
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(message)
    expect(ecs.cluster().services.size).toBe(0)
    expect(ecs.state.ecs.woken.services.size).toBe(before)
  })

  it('can not be of a deregistered revision', () => {
    const ecs = makeReadyEcs()
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })
    expect(ecs.refusal('CreateService', goodService({ taskDefinition: 'backend:1' }))).toEqual({
      code: 'ClientException',
      message: 'TaskDefinition is inactive',
    })
    expect(ecs.refusal('CreateService', goodService()).message).toBe('TaskDefinition not found.')
  })

  it('is limited to the 1,000 instances of Cloud Map with a registry', () => {
    const ecs = makeReadyEcs()
    addRegistry(ecs, ['A'])
    const input = goodService({ desiredCount: 1_001, serviceRegistries: [{ registryArn }] })
    expect(ecs.refusal('CreateService', input).message).toMatch(/between 0 and 1000/)
  })
})

describe('what AWS would refuse and the local cloud honours', () => {
  const unknown = { subnets: ['subnet-1'], securityGroups: ['sg-1'] }
  const cases: [
    name: string,
    service: Partial<CreateServiceRequest>,
    networkMode: 'awsvpc' | 'bridge',
    remarks: RegExp[],
  ][] = [
    [
      'Fargate without network configuration',
      { networkConfiguration: undefined },
      'awsvpc',
      [/Network Configuration must be provided when networkMode 'awsvpc' is specified\./],
    ],
    [
      'no subnets',
      { networkConfiguration: { awsvpcConfiguration: { subnets: [] } } },
      'awsvpc',
      [/subnets can not be empty\./],
    ],
    [
      'unknown subnets and security groups',
      { networkConfiguration: { awsvpcConfiguration: unknown } },
      'awsvpc',
      [/The subnet ID 'subnet-1' does not exist/, /The security group 'sg-1' does not exist/],
    ],
    [
      'a network configuration outside awsvpc, and Fargate as well',
      {},
      'bridge',
      [
        /Network Configuration is not valid for the given networkMode/,
        /does not support launch_type FARGATE/,
      ],
    ],
  ]

  it.each(cases)('%s: with an event and a log line each', (_name, service, networkMode, remarks) => {
    const ecs = makeReadyEcs({}, { networkMode, requiresCompatibilities: ['EC2'] })
    ecs.call('CreateService', goodService(service))
    for (const remark of remarks) {
      const told = ecs.events('web').filter((message) => remark.test(message))
      expect(told).toHaveLength(1)
      expect(told[0]).toMatch(
        /^\(service web\) local cloud: AWS would refuse this with InvalidParameterException: /,
      )
      expect(ecs.lines.filter((line) => remark.test(line))).toHaveLength(1)
    }
    ecs.advance(longMs)
    expect(ecs.service('web').runningCount).toBe(2)
  })

  it.each(cases)('%s: refused when strict', (_name, service, networkMode, [remark = /./]) => {
    const ecs = makeReadyEcs({ strict: true }, { networkMode, requiresCompatibilities: ['EC2'] })
    const refusal = ecs.refusal('CreateService', goodService(service))
    expect(refusal.code).toBe('InvalidParameterException')
    expect(refusal.message).toMatch(remark)
    expect(ecs.cluster().services.size).toBe(0)
  })

  it('is not said again with each change of the count, but again with a new deployment', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ networkConfiguration: undefined }))
    ecs.call('UpdateService', { service: 'web', desiredCount: 3 })
    const told = () => ecs.events('web').filter((message) => message.includes('AWS would refuse')).length
    expect(told()).toBe(1)
    ecs.call('UpdateService', { service: 'web', forceNewDeployment: true })
    expect(told()).toBe(2)
  })

  it('knows the subnets and the security group of its own network', () => {
    const ecs = makeReadyEcs({ strict: true })
    ecs.call('CreateService', goodService())
    expect(ecs.events('web')).toEqual([])
  })
})

describe('what is kept but not acted upon', () => {
  it.each<[Partial<CreateServiceRequest>, RegExp]>([
    [
      { loadBalancers: [{ targetGroupArn: 'arn', containerName: 'app', containerPort: 8080 }] },
      /loadBalancers are kept/,
    ],
    [{ volumeConfigurations: [{ name: 'data' }] }, /volumeConfigurations are kept/],
    [
      { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] },
      /capacityProviderStrategy is kept/,
    ],
    [
      { placementStrategy: [{ type: 'spread', field: 'x' }] },
      /placementStrategy are kept|placementStrategy is kept/,
    ],
    [{ placementConstraints: [{ type: 'distinctInstance' }] }, /placementConstraints are kept/],
    [{ deploymentConfiguration: { strategy: 'BLUE_GREEN' } }, /BLUE_GREEN is kept; deployments are rolling/],
    [
      { deploymentConfiguration: { alarms: { alarmNames: ['a'], enable: true, rollback: false } } },
      /alarms are kept/,
    ],
    [{ launchType: 'EC2' }, /there are no container instances/],
    [{ schedulingStrategy: 'DAEMON', desiredCount: undefined }, /DAEMON means one task here/],
  ])('%j is said once', (changes, remark) => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService(changes))
    expect(ecs.events('web').filter((message) => remark.test(message))).toHaveLength(1)
    expect(ecs.lines.filter((line) => remark.test(line))).toHaveLength(1)
  })

  it('names each secret whose variable is not set', () => {
    const container = {
      ...appContainer,
      secrets: [{ name: 'PASSWORD', valueFrom: 'arn:aws:ssm:us-east-1:1:parameter/p' }],
      environmentFiles: [{ type: 's3' as const, value: 'arn:aws:s3:::b/f' }],
      mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
    }
    const ecs = makeReadyEcs({}, { containerDefinitions: [container] })
    ecs.call('CreateService', goodService())
    const events = ecs.events('web').join('\n')
    expect(events).toContain(
      'the secret PASSWORD of container app can not be read here (arn:aws:ssm:us-east-1:1:parameter/p); the variable is not set.',
    )
    expect(events).toContain('environmentFiles of container app')
    expect(events).toContain('volumes are not mounted in container app')
  })

  it('echoes Service Connect on the deployment, with the namespace as an ARN, and not on the service', () => {
    const ecs = makeReadyEcs(
      {},
      {
        containerDefinitions: [{ ...appContainer, portMappings: [{ containerPort: 8080, name: 'http' }] }],
      },
    )
    const namespace = addNamespace(ecs, 'mesh')
    const services = [{ portName: 'http', clientAliases: [{ port: 80, dnsName: 'backend' }] }]
    const serviceConnectConfiguration = { enabled: true, namespace: 'mesh', services }
    const { service } = ecs.call<{ service: Service }>(
      'CreateService',
      goodService({ serviceConnectConfiguration }),
    )
    expect(service).not.toHaveProperty('serviceConnectConfiguration')
    expect(service.deployments?.[0]?.serviceConnectConfiguration).toEqual({
      enabled: true,
      namespace: namespace.arn,
      services,
    })
    expect(ecs.events('web')[0]).toMatch(/tasks are simulated, so their Service Connect proxies carry no/)
  })

  it.each([
    [
      { services: [{ portName: 'grpc' }] },
      'portName(grpc) does not refer to any named PortMapping in the container definitions',
    ],
    [
      { services: [{ portName: 'http', clientAliases: [{ port: 80 }, { port: 81 }] }] },
      'portName(http) can have at most 1 client alias.',
    ],
  ])('refuses a Service Connect configuration with %j', (changes, message) => {
    const ecs = makeReadyEcs(
      {},
      {
        containerDefinitions: [{ ...appContainer, portMappings: [{ containerPort: 8080, name: 'http' }] }],
      },
    )
    addNamespace(ecs, 'mesh')
    const serviceConnectConfiguration = { enabled: true, namespace: 'mesh', ...changes }
    expect(ecs.refusal('CreateService', goodService({ serviceConnectConfiguration }))).toEqual({
      code: 'InvalidParameterException',
      message,
    })
  })

  it('takes the Service Connect namespace of the cluster when the service names none', () => {
    const ecs = makeReadyEcs()
    const namespace = addNamespace(ecs, 'mesh')
    ecs.call('UpdateCluster', { cluster: 'default', serviceConnectDefaults: { namespace: 'mesh' } })
    const { service } = ecs.call<{ service: Service }>(
      'CreateService',
      goodService({ serviceConnectConfiguration: { enabled: true } }),
    )
    expect(service.deployments?.[0]?.serviceConnectConfiguration?.namespace).toBe(namespace.arn)
  })
})

describe('service registries by network mode', () => {
  const byContainer = { containerName: 'app', containerPort: 8080 }
  type Case = {
    readonly mode: 'awsvpc' | 'bridge' | 'host' | 'none' | undefined
    readonly records: ('A' | 'AAAA' | 'SRV' | 'CNAME')[]
    readonly registry: object
    readonly refused?: RegExp
  }
  it.each<Case>([
    { mode: 'awsvpc', records: ['A'], registry: {} },
    { mode: 'awsvpc', records: ['A', 'AAAA'], registry: {} },
    { mode: 'awsvpc', records: [], registry: {} },
    { mode: 'awsvpc', records: ['SRV'], registry: { port: 8080 } },
    { mode: 'awsvpc', records: ['SRV'], registry: byContainer },
    { mode: 'awsvpc', records: ['SRV'], registry: {}, refused: /specify either 'port' or/ },
    { mode: 'awsvpc', records: ['SRV'], registry: { port: 1, ...byContainer }, refused: /and not both/ },
    { mode: 'bridge', records: ['SRV'], registry: byContainer },
    { mode: 'host', records: ['SRV'], registry: byContainer },
    { mode: undefined, records: ['SRV'], registry: byContainer },
    {
      mode: 'bridge',
      records: ['SRV'],
      registry: { port: 8080 },
      refused:
        /^When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition\.$/,
    },
    { mode: 'bridge', records: ['A'], registry: byContainer, refused: /needs SRV records/ },
    { mode: 'host', records: ['A'], registry: {}, refused: /must be specified from the task definition/ },
    { mode: undefined, records: ['A'], registry: byContainer, refused: /needs SRV records/ },
    { mode: 'none', records: ['A'], registry: {}, refused: /not supported when networkMode=none/ },
    { mode: 'awsvpc', records: ['CNAME'], registry: {}, refused: /CNAME/ },
    { mode: 'awsvpc', records: ['A'], registry: { port: 0 }, refused: /Invalid port 0/ },
    { mode: 'awsvpc', records: ['A'], registry: { containerName: 'app' }, refused: /together/ },
    {
      mode: 'awsvpc',
      records: ['SRV'],
      registry: { containerName: 'db', containerPort: 8080 },
      refused: /The container db does not exist in the task definition\./,
    },
    {
      mode: 'awsvpc',
      records: ['SRV'],
      registry: { containerName: 'app', containerPort: 9 },
      refused: /The container app did not have a container port 9 defined\./,
    },
  ])('$mode with $records and $registry', ({ mode, records, registry, refused }) => {
    const container = mode === 'none' ? { ...appContainer, portMappings: [] } : appContainer
    const ecs = makeReadyEcs(
      {},
      { networkMode: mode, requiresCompatibilities: ['EC2'], containerDefinitions: [container] },
    )
    addRegistry(ecs, records)
    const input = goodService({ launchType: 'EC2', serviceRegistries: [{ registryArn, ...registry }] })
    if (refused) {
      const refusal = ecs.refusal('CreateService', input)
      expect(refusal.code).toBe('InvalidParameterException')
      expect(refusal.message).toMatch(refused)
    } else {
      expect(ecs.call('CreateService', input)).toMatchObject({
        service: { serviceRegistries: [{ registryArn, ...registry }] },
      })
    }
  })
})

describe('updating a service', () => {
  const deployed = (ecs: TestEcs) => ecs.serviceRecord('web').deployments.length > 1
  const running = () => {
    const ecs = makeReadyEcs({}, { containerDefinitions: [appContainer] })
    ecs.call('RegisterTaskDefinition', goodTaskDefinition())
    addRegistry(ecs, ['A'])
    ecs.call('CreateService', goodService({ taskDefinition: 'backend:1' }))
    ecs.advance(longMs)
    return ecs
  }

  it.each([
    [{ desiredCount: 5 }, false],
    [{}, false],
    [{ taskDefinition: 'backend:1' }, false],
    [{ taskDefinition: 'backend' }, true],
    [{ forceNewDeployment: true }, true],
    [{ serviceRegistries: [{ registryArn }] }, true],
    [{ serviceRegistries: [] }, false],
    [{ platformVersion: '1.3.0' }, true],
    [{ platformVersion: 'LATEST' }, false],
    [{ loadBalancers: [{ targetGroupArn: 'arn' }] }, true],
    [{ serviceConnectConfiguration: { enabled: false } }, true],
    [{ networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-default'] } } }, true],
    [{ healthCheckGracePeriodSeconds: 10 }, false],
    [{ propagateTags: 'SERVICE' }, false],
    [{ deploymentConfiguration: { maximumPercent: 150 } }, false],
    [{ availabilityZoneRebalancing: 'DISABLED' }, false],
  ])('with %j starts a deployment: %s', (changes, expected) => {
    const ecs = running()
    ecs.call('UpdateService', { service: 'web', ...changes })
    expect(deployed(ecs)).toBe(expected)
  })

  it('keeps what was not named, and merges the deployment configuration', () => {
    const ecs = running()
    ecs.call('UpdateService', { service: 'web', deploymentConfiguration: { minimumHealthyPercent: 50 } })
    expect(ecs.service('web')).toMatchObject({
      desiredCount: 2,
      launchType: 'FARGATE',
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
    })
  })

  it('accepts the name or the ARN of the service', () => {
    const ecs = running()
    expect(ecs.call('UpdateService', { service: serviceArn('web'), desiredCount: 1 })).toMatchObject({
      service: { desiredCount: 1 },
    })
  })

  it('takes a capacity provider strategy in place of the launch type', () => {
    const ecs = running()
    const strategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    ecs.call('UpdateService', {
      service: 'web',
      capacityProviderStrategy: strategy,
      forceNewDeployment: true,
    })
    const service = ecs.service('web')
    expect(service.capacityProviderStrategy).toEqual(strategy)
    expect(service).not.toHaveProperty('launchType')
    ecs.advance(longMs)
    expect(ecs.task(ecs.tasks('web')[0]?.id ?? '')).toMatchObject({ capacityProviderName: 'FARGATE_SPOT' })
  })

  it.each([
    [{ service: 'none' }, 'ServiceNotFoundException', 'Service not found.'],
    [{ service: 'web', cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
    [{ service: 'web', taskDefinition: 'none' }, 'ClientException', 'TaskDefinition not found.'],
    [
      { service: 'web', desiredCount: -1 },
      'InvalidParameterException',
      'desiredCount must be a whole number between 0 and 5000, not -1.',
    ],
    [
      { service: 'web', deploymentController: { type: 'CODE_DEPLOY' } },
      'InvalidParameterException',
      'The deployment controller of a service can not be changed to CODE_DEPLOY here.',
    ],
  ])('is refused with %j and changes nothing', (input, code, message) => {
    const ecs = running()
    const before = structuredClone(ecs.serviceRecord('web').settings)
    expect(ecs.refusal('UpdateService', input)).toEqual({ code, message })
    expect(ecs.serviceRecord('web')).toMatchObject({ desiredCount: 2, settings: before })
    expect(deployed(ecs)).toBe(false)
  })

  it('is refused once the service is deleted, draining or inactive', () => {
    const ecs = running()
    ecs.call('DeleteService', { service: 'web', force: true })
    const refused = { code: 'ServiceNotActiveException', message: 'Service was not ACTIVE.' }
    expect(ecs.refusal('UpdateService', { service: 'web', desiredCount: 1 })).toEqual(refused)
    ecs.advance(longMs)
    expect(ecs.refusal('UpdateService', { service: 'web', desiredCount: 1 })).toEqual(refused)
  })

  it('goes on with a deregistered revision that it already has, even in a new deployment', () => {
    const ecs = running()
    ecs.call('DeregisterTaskDefinition', { taskDefinition: 'backend:1' })
    ecs.call('UpdateService', { service: 'web', desiredCount: 3, forceNewDeployment: true })
    ecs.advance(longMs)
    expect(ecs.service('web').runningCount).toBe(3)
  })
})

describe('deleting a service', () => {
  it('needs it scaled to 0, or force', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    expect(ecs.refusal('DeleteService', { service: 'web' })).toEqual({
      code: 'InvalidParameterException',
      message: 'The service cannot be stopped while it is scaled above 0.',
    })
    ecs.call('UpdateService', { service: 'web', desiredCount: 0 })
    expect(ecs.call('DeleteService', { service: 'web' })).toMatchObject({ service: { status: 'DRAINING' } })
  })

  it('needs no force for a DAEMON', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ schedulingStrategy: 'DAEMON', desiredCount: undefined }))
    expect(ecs.call('DeleteService', { service: 'web' })).toMatchObject({ service: { status: 'DRAINING' } })
  })

  it('changes nothing the second time, and finds nothing once it is INACTIVE', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    ecs.advance(longMs)
    ecs.call('DeleteService', { service: 'web', force: true })
    expect(ecs.call('DeleteService', { service: 'web' })).toMatchObject({ service: { status: 'DRAINING' } })
    ecs.advance(longMs)
    expect(ecs.refusal('DeleteService', { service: 'web' }).code).toBe('ServiceNotFoundException')
    expect(ecs.refusal('DeleteService', { service: 'none' }).code).toBe('ServiceNotFoundException')
  })
})

describe('describing services', () => {
  it('finds by name and ARN, and names what is missing with the ARN it would have', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    const wanted = ['web', serviceArn('web'), `${base}:service/web`, 'none', `${base}:service/other/web`]
    expect(ecs.call('DescribeServices', { services: wanted })).toMatchObject({
      services: [{ serviceName: 'web' }, { serviceName: 'web' }, { serviceName: 'web' }],
      failures: [
        { arn: serviceArn('none'), reason: 'MISSING' },
        { arn: `${base}:service/other/web`, reason: 'MISSING' },
      ],
    })
  })

  it('gives tags only when asked', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ tags: [{ key: 'k', value: 'v' }] }))
    expect(ecs.service('web')).not.toHaveProperty('tags')
    expect(ecs.call('DescribeServices', { services: ['web'], include: ['TAGS'] })).toMatchObject({
      services: [{ tags: [{ key: 'k', value: 'v' }] }],
    })
  })

  it.each([
    [[], 'Services cannot be empty.'],
    [Array.from({ length: 11 }, (_, index) => `s${index}`), 'Services can not have more than 10 entries.'],
  ])('of %j is refused', (services, message) => {
    expect(makeReadyEcs().refusal('DescribeServices', { services })).toEqual({
      code: 'InvalidParameterException',
      message,
    })
  })

  it('keeps the newest 100 events, newest first', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ desiredCount: 0 }))
    for (let round = 0; round < 60; round++) {
      ecs.call('UpdateService', { service: 'web', desiredCount: (round + 1) % 2 })
      ecs.advance(longMs)
    }
    const { events = [] } = ecs.service('web')
    expect(events).toHaveLength(100)
    const times = events.map(({ createdAt }) => Number(createdAt))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(events.map(({ id }) => id)).size).toBe(100)
  })
})

describe('listing services', () => {
  const filled = () => {
    const ecs = makeReadyEcs()
    for (let index = 0; index < 12; index++)
      ecs.call(
        'CreateService',
        goodService({ serviceName: `s${String(index).padStart(2, '0')}`, desiredCount: 0 }),
      )
    ecs.call('CreateService', goodService({ serviceName: 'ec2', desiredCount: 0, launchType: 'EC2' }))
    return ecs
  }

  it('gives ten a page unless asked otherwise', () => {
    const ecs = filled()
    const page = ecs.call<{ serviceArns: string[]; nextToken?: string }>('ListServices')
    expect(page.serviceArns).toHaveLength(10)
    expect(ecs.call('ListServices', { nextToken: page.nextToken })).toEqual({
      serviceArns: [serviceArn('s09'), serviceArn('s10'), serviceArn('s11')],
    })
    expect(ecs.call('ListServices', { maxResults: 100 }).serviceArns).toHaveLength(13)
  })

  it('leaves out what is deleted, and filters', () => {
    const ecs = filled()
    ecs.call('DeleteService', { service: 's00' })
    expect(ecs.call('ListServices', { maxResults: 100 }).serviceArns).toHaveLength(12)
    expect(ecs.call('ListServices', { launchType: 'EC2' })).toEqual({ serviceArns: [serviceArn('ec2')] })
    expect(ecs.call('ListServices', { schedulingStrategy: 'DAEMON' })).toEqual({ serviceArns: [] })
  })

  it('needs a cluster that exists', () => {
    expect(makeTestEcs().refusal('ListServices').code).toBe('ClusterNotFoundException')
  })
})
