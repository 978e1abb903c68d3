import type { ServiceConnectConfiguration } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { makeService } from '../../../../support/cloud-map-records'
import {
  connecting,
  entry,
  httpPort,
  makeConnectEcs,
  meshArn,
  portsOf,
} from '../../../../support/connect-ecs'
import { goodService, goodTaskDefinition } from '../../../../support/emulator-context'

const logs = { logDriver: 'awslogs' as const, options: { 'awslogs-group': 'g' } }
const tcpPort = { name: 'raw', containerPort: 6379 }
const authority = { issuerCertificateAuthority: { awsPcaAuthorityArn: 'arn:aws:acm-pca:::authority/1' } }

describe('a Service Connect configuration is refused', () => {
  it.each<[why: string, configuration: ServiceConnectConfiguration, message: RegExp]>([
    [
      'for a port that has no such name',
      connecting({ portName: 'web' }),
      /^portName\(web\) does not refer to any named PortMapping in the container definitions$/,
    ],
    ['without a port name', connecting({ portName: undefined }), /does not refer to any named/],
    ['for a discovery name in capitals', connecting(entry('Api')), /Invalid discoveryName 'Api'/],
    ['for a discovery name with a hyphen first', connecting(entry('-api')), /Invalid discoveryName '-api'/],
    ['for a discovery name of 65 characters', connecting(entry('a'.repeat(65))), /Invalid discoveryName/],
    [
      'for two aliases',
      connecting(entry('api', { clientAliases: [{ port: 80 }, { port: 81 }] })),
      /at most 1 client alias/,
    ],
    [
      'for alias port 0',
      connecting(entry('api', { clientAliases: [{ port: 0 }] })),
      /Invalid port 0 in the client/,
    ],
    [
      'for alias port 65536',
      connecting(entry('api', { clientAliases: [{ port: 65_536 }] })),
      /Invalid port 65536 in the client/,
    ],
    [
      'for an alias of other characters',
      connecting(entry('api', { clientAliases: [{ port: 80, dnsName: 'my api' }] })),
      /Invalid dnsName 'my api'/,
    ],
    [
      'for an alias of 128 characters',
      connecting(entry('api', { clientAliases: [{ port: 80, dnsName: 'a'.repeat(128) }] })),
      /Invalid dnsName/,
    ],
    [
      'for an ingress port that is no port',
      connecting(entry('api', { ingressPortOverride: 70_000 })),
      /Invalid port 70000 in ingressPortOverride/,
    ],
    [
      'for an ingress port that the task listens on itself',
      connecting(entry('api', { ingressPortOverride: 6379 })),
      /ingressPortOverride 6379 .* container port of the task already/,
    ],
    [
      'for a request timeout on TCP',
      connecting({ portName: 'raw', timeout: { perRequestTimeoutSeconds: 5 } }),
      /perRequestTimeoutSeconds is not supported .* TCP/,
    ],
    [
      'for less than no time',
      connecting(entry('api', { timeout: { idleTimeoutSeconds: -1 } })),
      /Invalid idleTimeoutSeconds -1/,
    ],
    [
      'for the same port twice',
      connecting(entry('a'), entry('b')),
      /portName\(http\) is used by more than one/,
    ],
    [
      'for the same discovery name twice',
      connecting(entry('a'), entry('a', { portName: 'raw' })),
      /discoveryName a is used twice/,
    ],
    [
      'for the same alias twice',
      connecting(entry('a'), entry('b', { portName: 'raw', clientAliases: [{ port: 80, dnsName: 'a' }] })),
      /client alias a:80 is used twice/,
    ],
    [
      'for access logs that go nowhere',
      { ...connecting(entry('api')), accessLogConfiguration: { format: 'TEXT' } },
      /accessLogConfiguration needs a logConfiguration/,
    ],
    [
      'for TLS without an authority',
      connecting(entry('api', { tls: { issuerCertificateAuthority: undefined } })),
      /tls of portName\(http\) needs/,
    ],
  ])('%s', (_why, serviceConnectConfiguration, message) => {
    const ecs = makeConnectEcs({}, portsOf(httpPort, tcpPort))
    const refusal = ecs.refusal('CreateService', goodService({ serviceConnectConfiguration }))
    expect(refusal).toEqual({ code: 'InvalidParameterException', message: expect.stringMatching(message) })
    expect(ecs.cluster().services.size).toBe(0)
    expect(ecs.state.cloudMap.services.size).toBe(0)
  })

  it.each([
    ['host', /networkMode=host/],
    ['none', /networkMode=none/],
  ] as const)('with networkMode %s', (networkMode, message) => {
    const ecs = makeConnectEcs()
    ecs.call(
      'RegisterTaskDefinition',
      goodTaskDefinition({
        networkMode,
        requiresCompatibilities: ['EC2'],
        containerDefinitions: [{ name: 'app', image: 'app' }],
      }),
    )
    const { serviceName, desiredCount } = goodService()
    const asked = { serviceName, desiredCount, taskDefinition: 'backend', launchType: 'EC2' }
    expect(
      ecs.refusal('CreateService', { ...asked, serviceConnectConfiguration: connecting() }).message,
    ).toMatch(message)
  })

  it('for an UDP port, an old platform and an external instance', () => {
    const ecs = makeConnectEcs({}, portsOf({ name: 'http', containerPort: 53, protocol: 'udp' }))
    const refused = (changes: object) =>
      ecs.refusal('CreateService', {
        ...goodService({ serviceConnectConfiguration: connecting(entry('api')) }),
        ...changes,
      }).message
    expect(refused({})).toMatch(/is a UDP port/)
    expect(refused({ platformVersion: '1.3.0' })).toMatch(/platform version 1.4.0 or later/)
    expect(refused({ launchType: 'EXTERNAL' })).toMatch(/launch type EXTERNAL/)
  })

  it('for more tasks than Cloud Map has places', () => {
    const ecs = makeConnectEcs()
    const wanted = goodService({ desiredCount: 1_001, serviceConnectConfiguration: connecting() })
    expect(ecs.refusal('CreateService', wanted).message).toMatch(/between 0 and 1000/)
  })
})

describe('a name belongs to one service of a namespace', () => {
  it('so a discovery name of another ECS service is refused, with that service and the namespace', () => {
    const ecs = makeConnectEcs()
    ecs.create('first', connecting(entry('api')))
    const { serviceArn } = ecs.service('first')
    const other = entry('api', { clientAliases: [{ port: 81, dnsName: 'other' }] })
    expect(
      ecs.refusal(
        'CreateService',
        goodService({ serviceName: 'second', serviceConnectConfiguration: connecting(other) }),
      ),
    ).toEqual({
      code: 'InvalidParameterException',
      message: `SC service is already used by ${serviceArn} in namespace ${meshArn}: api`,
    })
  })

  it('so is the name of a Cloud Map service that somebody made', () => {
    const ecs = makeConnectEcs()
    ecs.state.cloudMap.services.set('srv-1', makeService({ name: 'api', namespaceId: 'ns-mesh' }))
    const serviceConnectConfiguration = connecting(entry('api'))
    expect(ecs.refusal('CreateService', goodService({ serviceConnectConfiguration })).message).toMatch(
      /^SC service is already used by the Cloud Map service arn:.*srv-1 in namespace/,
    )
  })

  it('and so is an alias with the same port; with another port it is free', () => {
    const ecs = makeConnectEcs()
    ecs.create('first', connecting(entry('api')))
    const at = (port: number) =>
      goodService({
        serviceName: 'second',
        serviceConnectConfiguration: connecting(
          entry('other', { clientAliases: [{ port, dnsName: 'api' }] }),
        ),
      })
    expect(ecs.refusal('CreateService', at(80)).message).toMatch(
      /client alias api:80 is already used by .*first/,
    )
    ecs.call('CreateService', at(81))
  })

  it('but the service itself may be made again and changed', () => {
    const ecs = makeConnectEcs()
    ecs.create('first', connecting(entry('api')))
    ecs.create('first', connecting(entry('api')))
    ecs.call('UpdateService', {
      service: 'first',
      serviceConnectConfiguration: connecting(
        entry('api', { clientAliases: [{ port: 8080, dnsName: 'api' }] }),
      ),
    })
    expect(ecs.state.cloudMap.services.size).toBe(1)
  })

  it('and another namespace has names of its own', () => {
    const ecs = makeConnectEcs()
    ecs.create('first', connecting(entry('api')))
    ecs.call('UpdateCluster', { cluster: 'default', serviceConnectDefaults: { namespace: 'second-mesh' } })
    const { namespace: _namespace, ...configuration } = connecting(entry('api'))
    ecs.create('second', configuration)
    expect(ecs.primary('second').serviceConnectConfiguration?.namespace).not.toBe(meshArn)
  })
})

describe('appProtocol', () => {
  it('can not change while the service exists', () => {
    const ecs = makeConnectEcs()
    ecs.create('web', connecting(entry('api')))
    ecs.call('RegisterTaskDefinition', goodTaskDefinition(portsOf({ ...httpPort, appProtocol: 'grpc' })))
    expect(ecs.refusal('UpdateService', { service: 'web', taskDefinition: 'backend:2' })).toEqual({
      code: 'InvalidParameterException',
      message: expect.stringMatching(
        /appProtocol of portName\(http\) is http and can not be changed to grpc/,
      ),
    })
    expect(ecs.service('web').deployments).toHaveLength(1)
  })
})

describe('what AWS would not start is said, and refused when asked to be strict', () => {
  it('a task without memory of its own', () => {
    const definition = {
      ...portsOf(httpPort),
      memory: undefined,
      cpu: undefined,
      requiresCompatibilities: ['EC2' as const],
      containerDefinitions: [{ name: 'app', image: 'app', memory: 64, portMappings: [httpPort] }],
    }
    const wanted = goodService({ launchType: 'EC2', serviceConnectConfiguration: connecting(entry('api')) })
    const lenient = makeConnectEcs({}, definition)
    lenient.call('CreateService', wanted)
    expect(lenient.events('web').join()).toMatch(/needs the memory of the task/)
    const strict = makeConnectEcs({ strict: true }, definition)
    expect(strict.refusal('CreateService', wanted).message).toMatch(/needs the memory of the task/)
  })

  it('a task whose containers leave nothing for the proxy', () => {
    const ecs = makeConnectEcs(
      {},
      { containerDefinitions: [{ name: 'app', image: 'app', memory: 512, portMappings: [httpPort] }] },
    )
    ecs.create('web', connecting(entry('api')))
    expect(ecs.events('web').join()).toMatch(/containers take 512 MiB of the task's 512/)
  })
})

it('what is good is echoed with the namespace as an ARN', () => {
  const ecs = makeConnectEcs({}, portsOf(httpPort, tcpPort))
  const configuration = {
    ...connecting(
      entry('api', { timeout: { idleTimeoutSeconds: 0, perRequestTimeoutSeconds: 30 }, tls: authority }),
      entry('cache', { portName: 'raw', ingressPortOverride: 7000, clientAliases: [{ port: 6379 }] }),
    ),
    logConfiguration: logs,
    accessLogConfiguration: { format: 'JSON' as const, includeQueryParameters: 'ENABLED' as const },
  }
  ecs.create('web', configuration)
  expect(ecs.primary('web').serviceConnectConfiguration).toEqual({ ...configuration, namespace: meshArn })
  const [revision] = ecs.call<{ serviceRevisions: object[] }>('DescribeServiceRevisions', {
    serviceRevisionArns: [ecs.service('web').currentServiceRevisions?.[0]?.arn],
  }).serviceRevisions
  expect(revision).toMatchObject({ serviceConnectConfiguration: { ...configuration, namespace: meshArn } })
})
