import type { CreateServiceRequest, Service } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import type { NamespaceRecord } from '@/lib/emulator/state/cloud-map'
import { appContainer, goodService, makeReadyEcs, type TestEcs } from '../../../../support/emulator-context'
import { longMs } from '../../../../support/service-life'

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
