import { describe, expect, it } from 'vitest'
import type { World } from '@/lib/changes/world'
import {
  backendArn,
  backendEndpoint,
  backendOn,
  connect,
  connected,
  connectInput,
  endpoint,
  frontendArn,
  inNamespace,
  OTHER_NAMESPACE,
  onWish,
  revision,
  sceneWorld,
} from '../../../support/connect-world'
import { registry, service, task } from '../../../support/inventory'
import { refusalOf } from '../../../support/planned'

const demo = sceneWorld()
const withFrontend = connectInput({ clients: [frontendArn] })

describe('what AWS refuses', () => {
  const refuses = (code: string, input: unknown, world: World = demo) =>
    expect(refusalOf('service-connect', input, world)).toBe(code)
  const withEndpoint = (more: Parameters<typeof backendEndpoint>[0]) =>
    connectInput({ wish: onWish({ endpoints: [backendEndpoint(more)] }) })

  it.each<[string, string, Parameters<typeof backendEndpoint>[0]]>([
    ['a port that is not mapped', 'PortMissing', { containerPort: 9 }],
    ['a container that is not there', 'PortMissing', { container: 'other' }],
    ['the name of the discovery service', 'DiscoveryNameTaken', { discoveryName: 'backend-api' }],
    ['it in another case', 'DiscoveryNameTaken', { discoveryName: '', portName: 'backend-api' }],
    ['a request timeout on TCP', 'InvalidInput', { appProtocol: '', perRequestTimeoutSeconds: 3 }],
    ['a proxy port that the application has', 'InvalidInput', { ingressPort: 8080 }],
    ['an upper-case port name', 'InvalidInput', { portName: 'Http' }],
    ['no port name', 'InvalidInput', { portName: '' }],
    ['an upper-case alias', 'InvalidInput', { aliasDnsName: 'Backend' }],
    ['an alias of 128 characters', 'InvalidInput', { aliasDnsName: 'a'.repeat(128) }],
    ['alias port 0', 'InvalidInput', { aliasPort: 0 }],
    ['a discovery name that begins with a hyphen', 'InvalidInput', { discoveryName: '-a' }],
  ])('%s', (_name, code, more) => refuses(code, withEndpoint(more)))

  it('the same alias and port, discovery name or port twice in one service', () => {
    const two = (more: Parameters<typeof backendEndpoint>[0]) =>
      connectInput({
        wish: onWish({
          endpoints: [
            backendEndpoint(),
            backendEndpoint({
              containerPort: 9,
              portName: 'b',
              discoveryName: 'b',
              aliasDnsName: 'b',
              ...more,
            }),
          ],
        }),
      })
    refuses('PortMissing', two({}))
    for (const more of [
      { aliasDnsName: 'backend-api' },
      { discoveryName: 'backend-api-sc' },
      { portName: 'http' },
      { containerPort: 8080 },
    ])
      refuses('InvalidInput', two(more))
  })

  it('an alias and port that another service of the namespace offers', () => {
    const other = connected('other', connect([endpoint('other', { port: 8080, dnsName: 'backend-api' })]))
    refuses('AliasTaken', connectInput(), sceneWorld({ others: [other] }))
    const elsewhere = connected(
      'other',
      connect([endpoint('other', { port: 8080, dnsName: 'backend-api' })], {
        namespace: OTHER_NAMESPACE.arn,
      }),
    )
    refuses('planned', connectInput(), sceneWorld({ others: [elsewhere] }))
    refuses('planned', withEndpoint({ aliasPort: 81 }), sceneWorld({ others: [other] }))
  })

  it('a discovery name that another service’s Service Connect made, and not its own', () => {
    const world = sceneWorld({
      inventoryMore: {
        discoveryServices: [
          registry('backend-api', []),
          registry('backend-api-sc', [], { managedBy: service('other').arn, dnsRecords: [] }),
        ],
      },
    })
    refuses('DiscoveryNameTaken', connectInput(), world)
    const own = sceneWorld({
      inventoryMore: {
        discoveryServices: [registry('backend-api-sc', [], { managedBy: backendArn, dnsRecords: [] })],
      },
    })
    refuses('planned', connectInput(), own)
  })

  it('a port name that another port has', () => {
    const backendRevision = revision('backend-api', 8080, {
      containerDefinitions: [
        {
          name: 'backend-api',
          image: 'a',
          memory: 256,
          portMappings: [{ containerPort: 8080 }, { containerPort: 9000, name: 'http' }],
        },
      ],
    })
    refuses('PortNameTaken', connectInput(), sceneWorld({ backendRevision }))
    refuses(
      'PortCollision',
      withEndpoint({ portName: 'api', ingressPort: 9000 }),
      sceneWorld({ backendRevision }),
    )
  })

  it('another protocol of a port that is offered already', () => {
    const world = sceneWorld({ backend: backendOn() })
    refuses('AppProtocolFixed', withEndpoint({ appProtocol: 'grpc' }), world)
    refuses('AppProtocolFixed', withEndpoint({ appProtocol: '' }), world)
  })

  it('a UDP port', () =>
    refuses(
      'PortMissing',
      connectInput(),
      sceneWorld({ backendRevision: revision('backend-api', 8080, {}, { protocol: 'udp' }) }),
    ))

  it.each([
    ['host', 'NetworkMode'],
    ['none', 'NetworkMode'],
    [undefined, 'NetworkMode'],
  ] as const)('network mode %s', (networkMode, code) =>
    refuses(
      code,
      connectInput(),
      sceneWorld({ backendRevision: revision('backend-api', 8080, { networkMode }) }),
    ),
  )

  it('a host name in network mode bridge, Windows, machines of one’s own and old platforms', () => {
    const bridge = (hostname?: string) =>
      revision('backend-api', 8080, {
        networkMode: 'bridge',
        requiresCompatibilities: ['EC2'],
        containerDefinitions: [
          {
            name: 'backend-api',
            image: 'a',
            memory: 256,
            portMappings: [{ containerPort: 8080 }],
            ...(hostname ? { hostname } : {}),
          },
        ],
      })
    const onEc2 = { backendMore: { launchType: 'EC2' } }
    refuses('HostnameInBridge', connectInput(), sceneWorld({ backendRevision: bridge('me'), ...onEc2 }))
    refuses('planned', connectInput(), sceneWorld({ backendRevision: bridge(), ...onEc2 }))
    refuses(
      'Windows',
      connectInput(),
      sceneWorld({
        backendRevision: revision('backend-api', 8080, {
          runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
        }),
      }),
    )
    refuses('ExternalInstances', connectInput(), sceneWorld({ backendMore: { launchType: 'EXTERNAL' } }))
    refuses(
      'PlatformVersion',
      connectInput(),
      sceneWorld({
        inventoryMore: { tasks: [task(1, 'backend-api', { platformVersion: '1.3.0' })] },
      }),
    )
    refuses(
      'DeploymentController',
      connectInput(),
      sceneWorld({ detailsMore: { deploymentController: 'CODE_DEPLOY' } }),
    )
  })

  it('more tasks than an endpoint may have instances', () =>
    refuses('TooManyInstances', connectInput(), sceneWorld({ backendMore: { desired: 1_001 } })))

  it('no namespace, one that is gone, and one that is there already', () => {
    refuses('NamespaceMissing', connectInput({ wish: onWish({ namespace: { kind: 'default' } }) }))
    refuses(
      'NamespaceGone',
      connectInput({ wish: onWish({ namespace: { kind: 'default' } }) }),
      sceneWorld({ clusterDefault: 'gone' }),
    )
    refuses('NamespaceGone', connectInput({ wish: onWish({ namespace: { ...inNamespace, id: 'ns-gone' } }) }))
    refuses(
      'NamespaceExists',
      connectInput({
        wish: onWish({
          namespace: { kind: 'new', namespace: { type: 'HTTP', name: 'apps', description: '', tags: [] } },
        }),
      }),
    )
  })

  it('access logs without logs', () => {
    refuses('InvalidInput', connectInput({ wish: onWish({ accessLogs: 'TEXT' }) }))
    refuses(
      'AccessLogsNeedLogs',
      connectInput({ wish: onWish({ accessLogs: 'TEXT', logs: { kind: 'kept' } }) }),
    )
  })

  it('logs without an execution role, on AWS', () => {
    const logs = {
      kind: 'awslogs',
      group: 'g',
      region: 'us-east-1',
      streamPrefix: 's',
      createGroup: false,
    } as const
    const input = connectInput({ wish: onWish({ logs }) })
    const onAws = (world: World): World => ({
      ...world,
      inventory: { ...world.inventory, target: { ...world.inventory.target, kind: 'aws' } },
    })
    refuses('ExecutionRoleMissing', input, onAws(demo))
    refuses('planned', input)
    const executionRoleArn = 'arn:aws:iam::000000000000:role/ecsTaskExecutionRole'
    refuses(
      'planned',
      input,
      onAws(sceneWorld({ backendRevision: revision('backend-api', 8080, { executionRoleArn }) })),
    )
  })

  it('services that are gone, drain or could not be read', () => {
    refuses('ServiceGone', connectInput({ serviceArn: `${backendArn}x` }))
    refuses('ServiceDraining', connectInput(), sceneWorld({ backendMore: { status: 'DRAINING' } }))
    refuses('ServiceUnread', connectInput(), { ...demo, serviceDetails: {} })
    refuses('RevisionUnread', connectInput(), { ...demo, revisionInputs: {} })
    const { [frontendArn]: _frontend, ...others } = demo.serviceDetails
    refuses('ServiceUnread', withFrontend, { ...demo, serviceDetails: others })
  })

  it('a client that has nothing to do with it, or is in another namespace', () => {
    const stranger = service('stranger')
    refuses('NotAClient', connectInput({ clients: [stranger.arn] }), sceneWorld({ others: [stranger] }))
    refuses(
      'ClientElsewhere',
      withFrontend,
      sceneWorld({ frontend: connect([], { namespace: OTHER_NAMESPACE.arn }) }),
    )
  })
})
