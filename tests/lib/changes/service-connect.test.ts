import { describe, expect, it } from 'vitest'
import type { World } from '@/lib/changes/world'
import { isInputOf } from '@/lib/plan/modelled-input'
import type { Plan } from '@/lib/plan/plan'
import {
  backendArn,
  backendEndpoint,
  backendOn,
  clientWish,
  connect,
  connected,
  connectInput,
  endpoint,
  frontendArn,
  inNamespace,
  NAMESPACE,
  OTHER_NAMESPACE,
  onWish,
  revision,
  sceneWorld,
} from '../../support/connect-world'
import { clusterArn, definitionArn, deployment, registry, service, task } from '../../support/inventory'
import { commandsOf, planOf, refusalOf } from '../../support/planned'

const plan = (world: World, input = connectInput()): Plan => planOf('service-connect', input, world)
const told = (made: Plan, tone?: string): string =>
  made.consequences
    .filter((one) => tone === undefined || one.tone === tone)
    .map(({ text }) => text)
    .join('\n')
const stepNamed = (made: Plan, id: string) => {
  const step = made.steps.find((one) => one.id === id)
  if (!step) throw new Error(`No ${id} in ${commandsOf(made).join(', ')}`)
  return step
}
const demo = sceneWorld()
const withFrontend = connectInput({ clients: [frontendArn] })

describe('switching Service Connect on', () => {
  it('names the port in a new revision, then changes the service, then makes its caller a client', () => {
    const made = plan(demo, withFrontend)
    expect(made.title).toBe('Service Connect on for backend-api')
    expect(commandsOf(made)).toEqual([
      'task-definition-backend-api: ecs:RegisterTaskDefinition',
      'service-connect-backend-api: ecs:UpdateService',
      'connect-frontend-web: ecs:UpdateService',
    ])
    expect(made.steps[0]?.input).toMatchObject({
      family: 'backend-api',
      cpu: '512',
      containerDefinitions: [
        { portMappings: [{ containerPort: 8080, hostPort: 8080, name: 'http', appProtocol: 'http' }] },
      ],
    })
    expect(made.steps[1]?.input).toEqual({
      cluster: clusterArn(),
      service: backendArn,
      taskDefinition: { $ref: { step: 'task-definition-backend-api', output: 'taskDefinitionArn' } },
      serviceConnectConfiguration: {
        enabled: true,
        namespace: NAMESPACE.arn,
        services: [
          {
            portName: 'http',
            discoveryName: 'backend-api-sc',
            clientAliases: [{ port: 8080, dnsName: 'backend-api' }],
          },
        ],
      },
    })
    expect(made.steps[2]?.input).toEqual({
      cluster: clusterArn(),
      service: frontendArn,
      serviceConnectConfiguration: { enabled: true, namespace: NAMESPACE.arn },
    })
    expect(made.steps.slice(1).map(({ after }) => after?.kind)).toEqual(['service stable', 'service stable'])
    expect(made.confirm).toBeNull()
  })

  it('is taken back to nothing and to the former revision', () => {
    const { undo } = stepNamed(plan(demo, withFrontend), 'service-connect-backend-api')
    expect(undo).toMatchObject({
      possible: true,
      sentence: 'Set Service Connect of backend-api off again, and go back to backend-api:1.',
      calls: [
        {
          command: 'ecs:UpdateService',
          input: {
            service: backendArn,
            taskDefinition: definitionArn('backend-api'),
            serviceConnectConfiguration: { enabled: false },
          },
          wait: { kind: 'service stable' },
        },
      ],
    })
  })

  it('notices when somebody deploys meanwhile', () => {
    expect(plan(demo, withFrontend).seen).toEqual([
      { subject: { kind: 'namespace', name: 'production.local' }, facts: { id: NAMESPACE.id } },
      ...[backendArn, frontendArn].map((arn) => ({
        subject: { kind: 'service', cluster: clusterArn(), service: arn },
        facts: {
          status: 'ACTIVE',
          taskDefinitionArn: definitionArn(arn === backendArn ? 'backend-api' : 'frontend-web'),
          deploymentId: 'ecs-svc/1234567890123456789',
        },
      })),
    ])
  })

  it('leaves a revision alone whose port has its name, and gives its settings as the API takes them', () => {
    const world = sceneWorld({
      backendRevision: revision('backend-api', 8080, {}, { name: 'http', appProtocol: 'http' }),
    })
    const made = plan(world)
    expect(commandsOf(made)).toEqual(['service-connect-backend-api: ecs:UpdateService'])
    expect(isInputOf('ecs:UpdateService', made.steps[0]?.input)).toBe(true)
    expect(made.steps[0]?.input).not.toHaveProperty('taskDefinition')
    expect(stepNamed(made, 'service-connect-backend-api').undo.sentence).toBe(
      'Set Service Connect of backend-api off again.',
    )
  })

  it('says everything that the form can say', () => {
    const wish = onWish({
      endpoints: [
        backendEndpoint({
          aliasPort: 80,
          ingressPort: 15_000,
          idleTimeoutSeconds: 120,
          perRequestTimeoutSeconds: 0,
        }),
      ],
      logs: {
        kind: 'awslogs',
        group: '/ecs/proxy',
        region: 'us-east-1',
        streamPrefix: 'sc',
        createGroup: true,
      },
      accessLogs: 'JSON',
      includeQueryParameters: true,
    })
    const made = plan(demo, connectInput({ wish }))
    expect(made.steps[1]?.input).toMatchObject({
      serviceConnectConfiguration: {
        services: [
          {
            clientAliases: [{ port: 80, dnsName: 'backend-api' }],
            ingressPortOverride: 15_000,
            timeout: { idleTimeoutSeconds: 120, perRequestTimeoutSeconds: 0 },
          },
        ],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/ecs/proxy',
            'awslogs-region': 'us-east-1',
            'awslogs-stream-prefix': 'sc',
            'awslogs-create-group': 'true',
          },
        },
        accessLogConfiguration: { format: 'JSON', includeQueryParameters: 'ENABLED' },
      },
    })
    expect(told(made)).toContain('Clients call backend-api:80; the application goes on listening on 8080.')
  })

  it('says which variable goes on by DNS, past the proxies, and nothing of it when the alias is that name', () => {
    expect(told(plan(demo, withFrontend), 'info')).toContain(
      'BACKEND_URL of frontend-web names backend-api.production.local: these calls go on by DNS, past the proxies, until it names backend-api:8080.',
    )
    const wish = onWish({ endpoints: [backendEndpoint({ aliasDnsName: 'backend-api.production.local' })] })
    expect(told(plan(demo, connectInput({ wish, clients: [frontendArn] })))).not.toContain('past the proxies')
  })

  it('tells the proxies of alike tasks in one sentence', () => {
    const same = plan(demo, withFrontend).consequences.filter(({ text }) => text.includes('gets a proxy'))
    expect(same.map(({ text }) => text)).toEqual([
      'Each task of backend-api and frontend-web gets a proxy, which wants 256 CPU units and 64 MiB; beside its containers 256 CPU units and 512 MiB are free.',
    ])
  })

  it('uses the discovery name and the namespace when there is no alias', () => {
    const wish = onWish({ endpoints: [backendEndpoint({ aliasDnsName: '' })] })
    const made = plan(demo, connectInput({ wish }))
    expect(made.steps[1]?.input).toMatchObject({
      serviceConnectConfiguration: { services: [{ clientAliases: [{ port: 8080 }] }] },
    })
    expect(told(made)).toContain('backend-api-sc.production.local:8080 starts to lead to backend-api')
  })

  it('makes the namespace first when it is new', () => {
    const wish = onWish({
      namespace: { kind: 'new', namespace: { type: 'HTTP', name: 'mesh', description: '', tags: [] } },
    })
    const made = plan(demo, connectInput({ wish, clients: [frontendArn] }))
    expect(commandsOf(made)[0]).toBe('namespace: servicediscovery:CreateHttpNamespace')
    for (const id of ['service-connect-backend-api', 'connect-frontend-web'])
      expect(stepNamed(made, id).input).toMatchObject({
        serviceConnectConfiguration: {
          namespace: { $ref: { step: 'namespace', output: 'namespaceArn' } },
        },
      })
  })

  it('takes the namespace of the cluster by its ARN, also when the cluster names it', () => {
    const wish = onWish({ namespace: { kind: 'default' } })
    for (const clusterDefault of [NAMESPACE.arn, NAMESPACE.name]) {
      const made = plan(sceneWorld({ clusterDefault }), connectInput({ wish }))
      expect(made.steps[1]?.input).toMatchObject({
        serviceConnectConfiguration: { namespace: NAMESPACE.arn },
      })
    }
  })

  it('makes a service a client only, and says what it will resolve', () => {
    const world = sceneWorld({ backend: backendOn() })
    const made = plan(world, connectInput({ serviceArn: frontendArn, wish: clientWish() }))
    expect(commandsOf(made)).toEqual(['service-connect-frontend-web: ecs:UpdateService'])
    expect(made.steps[0]?.input).toMatchObject({
      serviceConnectConfiguration: { enabled: true, namespace: NAMESPACE.arn },
    })
    expect(made.steps[0]?.sentence).toBe(
      'Switch Service Connect on for frontend-web, as a client in production.local.',
    )
    expect(told(made)).toContain('From this deployment on tasks of frontend-web resolve backend-api:8080.')
  })

  it('warns a client of a namespace without names, and spares a server that', () => {
    expect(told(plan(demo))).not.toContain('No other service')
    const made = plan(demo, connectInput({ serviceArn: frontendArn, wish: clientWish() }))
    expect(told(made, 'warn')).toContain('No other service offers a name in production.local yet')
  })
})

describe('what the proxy takes', () => {
  const tight = { cpu: '256', memory: '512' }
  const crowded = (memory: number) =>
    revision('backend-api', 8080, {
      ...tight,
      containerDefinitions: [
        {
          name: 'backend-api',
          image: 'backend-api:1',
          cpu: 256,
          memory,
          portMappings: [{ containerPort: 8080 }],
        },
      ],
    })

  it('is said with what is left', () => {
    expect(told(plan(demo), 'info')).toContain(
      'Each task of backend-api gets a proxy, which wants 256 CPU units and 64 MiB; beside its containers 256 CPU units and 512 MiB are free.',
    )
  })

  it('is warned of when less is left, and the plan stays possible', () => {
    const made = plan(sceneWorld({ backendRevision: crowded(480) }))
    expect(told(made, 'warn')).toContain('only 0 CPU units and 32 MiB are free')
  })

  it('makes a larger task when wished, of a size that Fargate has', () => {
    const made = plan(sceneWorld({ backendRevision: crowded(512) }), connectInput({ makeRoom: true }))
    expect(made.steps[0]?.input).toMatchObject({ cpu: '512', memory: '1024' })
    expect(made.steps[0]?.sentence).toBe(
      'Register a revision of backend-api with port 8080 named http and 512 CPU units and 1,024 MiB.',
    )
    expect(told(made)).toContain(
      'Tasks of backend-api grow from 256 CPU units and 512 MiB to 512 CPU units and 1,024 MiB',
    )
    expect(told(made, 'warn')).not.toContain('Give the task more')
  })

  it('grows the tasks of new clients too', () => {
    const world = sceneWorld({ frontendRevision: revision('frontend-web', 3000, { cpu: '256' }) })
    const made = plan(world, connectInput({ makeRoom: true, clients: [frontendArn] }))
    expect(commandsOf(made)).toEqual([
      'task-definition-backend-api: ecs:RegisterTaskDefinition',
      'task-definition-frontend-web: ecs:RegisterTaskDefinition',
      'service-connect-backend-api: ecs:UpdateService',
      'connect-frontend-web: ecs:UpdateService',
    ])
    expect(stepNamed(made, 'connect-frontend-web')).toMatchObject({
      input: {
        taskDefinition: { $ref: { step: 'task-definition-frontend-web', output: 'taskDefinitionArn' } },
      },
      undo: { calls: [{ input: { taskDefinition: definitionArn('frontend-web') } }] },
    })
  })

  it.each([
    ['no memory for the task', revision('backend-api', 8080, { memory: undefined }), 'TaskMemoryMissing'],
    ['containers that may take all of it', crowded(512), 'NoRoomForProxy'],
    [
      'containers beyond every size',
      revision('backend-api', 8080, { cpu: '16384', memory: '122880' }, {}),
      'NoLargerSize',
    ],
  ])('is refused with %s', (_name, backendRevision, code) => {
    const big =
      code === 'NoLargerSize'
        ? {
            ...backendRevision,
            containerDefinitions: [
              {
                name: 'backend-api',
                image: 'a',
                cpu: 16_384,
                memory: 122_880,
                portMappings: [{ containerPort: 8080 }],
              },
            ],
          }
        : backendRevision
    const makeRoom = code === 'NoLargerSize'
    expect(
      refusalOf('service-connect', connectInput({ makeRoom }), sceneWorld({ backendRevision: big })),
    ).toBe(code)
  })

  it('wants more memory in a namespace of more than 100 services', () => {
    const others = Array.from({ length: 101 }, (_, at) => connected(`svc-${at}`, connect()))
    expect(told(plan(sceneWorld({ others })))).toContain('wants 256 CPU units and 128 MiB')
  })
})

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

describe('clients of a name that starts', () => {
  const stranded = connected('reports', connect())

  it('are said when the plan does not move them', () => {
    const warned = told(plan(sceneWorld({ others: [stranded] })), 'warn')
    expect(warned).toContain(
      'reports was deployed before backend-api:8080 exists: it must be redeployed to resolve it.',
    )
    expect(warned).toContain(
      'frontend-web calls backend-api and is not in Service Connect: it goes on as today, past the proxies.',
    )
    expect(
      told(plan(sceneWorld({ frontend: connect([], { namespace: OTHER_NAMESPACE.arn }) })), 'warn'),
    ).toContain('frontend-web is in another Service Connect namespace and cannot resolve backend-api:8080.')
  })

  it('that are in the namespace are redeployed after the server', () => {
    const made = plan(
      sceneWorld({ frontend: connect(), others: [stranded] }),
      connectInput({ clients: [stranded.arn, frontendArn] }),
    )
    expect(commandsOf(made).slice(1)).toEqual([
      'service-connect-backend-api: ecs:UpdateService',
      'redeploy-frontend-web: ecs:UpdateService',
      'redeploy-reports: ecs:UpdateService',
    ])
    expect(stepNamed(made, 'redeploy-reports')).toMatchObject({
      input: { service: stranded.arn, forceNewDeployment: true },
      sentence: 'Replace the tasks of reports by new ones, so that they resolve backend-api:8080.',
      undo: { possible: false },
    })
    expect(told(made)).not.toContain('must be redeployed')
  })

  it('go servers before those that call them', () => {
    // `a-page` calls frontend-web, which calls backend-api.
    const page = connected('a-page', connect())
    const world = sceneWorld({ frontend: connect(), others: [page] })
    const nodeId = (arn: string) => world.topology.services.find((node) => node.ecs?.arn === arn)?.id ?? ''
    const called = {
      ...world,
      topology: {
        ...world.topology,
        edges: [
          ...world.topology.edges,
          {
            id: 'page',
            source: nodeId(page.arn),
            target: nodeId(frontendArn),
            evidence: [],
            problem: null,
          },
        ],
      },
    }
    const made = plan(called, connectInput({ clients: [page.arn, frontendArn] }))
    expect(commandsOf(made).slice(2)).toEqual([
      'redeploy-frontend-web: ecs:UpdateService',
      'redeploy-a-page: ecs:UpdateService',
    ])
  })

  it('whose DNS name the alias hides are redeployed again when it is taken back', () => {
    const wish = onWish({ endpoints: [backendEndpoint({ aliasDnsName: 'backend-api.production.local' })] })
    const made = plan(sceneWorld({ frontend: connect() }), connectInput({ wish, clients: [frontendArn] }))
    expect(stepNamed(made, 'service-connect-backend-api').undo).toMatchObject({
      calls: [
        { input: { serviceConnectConfiguration: { enabled: false } } },
        { input: { service: frontendArn, forceNewDeployment: true } },
      ],
    })
    expect(told(made)).toContain('is a DNS name too')
  })
})

describe('changing what is on', () => {
  const on = sceneWorld({ backend: backendOn() })

  it('is refused when nothing changes, however the defaults are written', () => {
    expect(refusalOf('service-connect', connectInput({ wish: onWish({ logs: { kind: 'kept' } }) }), on)).toBe(
      'NothingChanges',
    )
    const bare = sceneWorld({
      backend: connect([
        endpoint('backend-api-sc', { port: 8080, dnsName: 'backend-api-sc.production.local' }),
      ]),
    })
    const wish = onWish({ logs: { kind: 'kept' }, endpoints: [backendEndpoint({ aliasDnsName: '' })] })
    expect(refusalOf('service-connect', connectInput({ wish }), bare)).toBe('NothingChanges')
  })

  it('keeps what the form does not know, and goes back to all of it', () => {
    const tls = { issuerCertificateAuthority: { awsPcaAuthorityArn: 'arn:aws:acm-pca:us-east-1:1:ca/1' } }
    const former = {
      enabled: true,
      namespace: NAMESPACE.arn,
      services: [
        {
          portName: 'http',
          discoveryName: 'backend-api-sc',
          clientAliases: [
            {
              port: 8080,
              dnsName: 'backend-api',
              testTrafficRules: { header: { name: 'x', value: { exact: 'y' } } },
            },
          ],
          tls,
        },
      ],
      logConfiguration: { logDriver: 'awsfirelens' as const },
    }
    const world = sceneWorld({ backend: backendOn(), detailsMore: { connect: former } })
    const wish = onWish({
      logs: { kind: 'kept' },
      endpoints: [backendEndpoint({ perRequestTimeoutSeconds: 30 })],
    })
    const made = plan(world, connectInput({ wish }))
    expect(made.title).toBe('Change Service Connect of backend-api')
    expect(made.steps[0]?.input).toMatchObject({
      serviceConnectConfiguration: {
        ...former,
        services: [{ ...former.services[0], timeout: { perRequestTimeoutSeconds: 30 } }],
      },
    })
    expect(made.steps[0]?.undo).toMatchObject({
      calls: [{ input: { serviceConnectConfiguration: former } }],
    })
  })

  it('asks for redeployed clients only where a name is new', () => {
    const timeout = onWish({ endpoints: [backendEndpoint({ idleTimeoutSeconds: 9 })] })
    const world = sceneWorld({ backend: backendOn(), frontend: connect() })
    expect(told(plan(world, connectInput({ wish: timeout })))).not.toContain('must be redeployed')
    const renamed = onWish({ endpoints: [backendEndpoint({ aliasDnsName: 'api' })] })
    const made = plan(world, connectInput({ wish: renamed }))
    expect(told(made, 'warn')).toContain('frontend-web was deployed before api:8080 exists')
    expect(told(made)).toContain('backend-api:8080 stops leading to backend-api.')
  })

  it('redeploys stale clients alone when the settings stay', () => {
    const old = deployment({
      taskDefinitionArn: definitionArn('frontend-web'),
      serviceConnect: connect(),
      createdAtMs: 5,
    })
    const world = sceneWorld({ backend: backendOn() })
    const inventory = {
      ...world.inventory,
      services: world.inventory.services.map((one) =>
        one.arn === frontendArn ? { ...one, deployments: [old] } : one,
      ),
    }
    const topology = {
      ...world.topology,
      services: world.topology.services.map((node) =>
        node.ecs?.arn === frontendArn
          ? {
              ...node,
              connect: {
                mode: 'client' as const,
                namespaceArn: NAMESPACE.arn,
                endpoints: [],
                proxiesHealthy: 1,
                proxies: 1,
                unknownNames: ['backend-api'],
                missedNames: ['backend-api'],
              },
            }
          : node,
      ),
    }
    const made = plan(
      { ...world, inventory, topology },
      connectInput({ wish: onWish({ logs: { kind: 'kept' } }), clients: [frontendArn] }),
    )
    expect(made.title).toBe('Redeploy clients of backend-api')
    expect(commandsOf(made)).toEqual(['redeploy-frontend-web: ecs:UpdateService'])
  })
})

describe('switching Service Connect off', () => {
  const off = (more = {}) => connectInput({ wish: { mode: 'off' }, ...more })

  it('ends the names and goes back to all settings when taken back', () => {
    const made = plan(sceneWorld({ backend: backendOn() }), off())
    expect(made.title).toBe('Service Connect off for backend-api')
    expect(made.steps).toMatchObject([
      {
        input: { service: backendArn, serviceConnectConfiguration: { enabled: false } },
        undo: {
          sentence: 'Set Service Connect of backend-api back to what it was.',
          calls: [
            {
              input: {
                serviceConnectConfiguration: {
                  enabled: true,
                  namespace: NAMESPACE.arn,
                  services: [{ discoveryName: 'backend-api-sc' }],
                },
              },
            },
          ],
        },
      },
    ])
    expect(told(made)).toContain('backend-api:8080 stops leading to backend-api.')
  })

  it('says whose calls will fail', () => {
    const world = sceneWorld({
      backend: backendOn('backend.mesh'),
      frontend: connect(),
      url: 'http://backend.mesh:8080',
    })
    const made = plan(world, off())
    expect(told(made, 'danger')).toBe(
      'frontend-web calls backend-api by backend.mesh:8080; these calls will fail.',
    )
  })

  it('says nothing dangerous while the callers use DNS', () => {
    const made = plan(sceneWorld({ backend: backendOn(), frontend: connect() }), off())
    expect(told(made, 'danger')).toBe('')
  })

  it('lets a client that needs no Service Connect any more leave first', () => {
    const made = plan(
      sceneWorld({ backend: backendOn(), frontend: connect() }),
      off({ clients: [frontendArn] }),
    )
    expect(commandsOf(made)).toEqual([
      'disconnect-frontend-web: ecs:UpdateService',
      'service-connect-backend-api: ecs:UpdateService',
    ])
    expect(made.steps[0]).toMatchObject({
      input: { serviceConnectConfiguration: { enabled: false } },
      undo: {
        calls: [{ input: { serviceConnectConfiguration: { enabled: true, namespace: NAMESPACE.arn } } }],
      },
    })
  })

  it('redeploys a client afterwards that has other names to call', () => {
    const other = connected('users', connect([endpoint('users', { port: 80, dnsName: 'users' })]))
    const made = plan(
      sceneWorld({ backend: backendOn(), frontend: connect(), others: [other] }),
      off({ clients: [frontendArn] }),
    )
    expect(commandsOf(made)).toEqual([
      'service-connect-backend-api: ecs:UpdateService',
      'redeploy-frontend-web: ecs:UpdateService',
    ])
    expect(stepNamed(made, 'service-connect-backend-api').undo).toMatchObject({
      calls: [{}, { input: { service: frontendArn, forceNewDeployment: true } }],
    })
  })

  it('says that a dead name hides DNS until the client is redeployed', () => {
    const made = plan(
      sceneWorld({ backend: backendOn('backend-api.production.local'), frontend: connect() }),
      off(),
    )
    expect(told(made, 'warn')).toContain(
      'frontend-web keeps the name until redeployed; its proxy answers 503 meanwhile.',
    )
    expect(told(made, 'info')).toContain('backend-api.production.local goes on resolving by DNS.')
  })

  it('is refused when it is off already', () =>
    expect(refusalOf('service-connect', off(), demo)).toBe('NothingChanges'))

  it('ends names too when a server becomes a client only', () => {
    const made = plan(
      sceneWorld({ backend: backendOn(), frontend: connect() }),
      connectInput({ wish: clientWish(), clients: [frontendArn] }),
    )
    expect(told(made)).toContain('backend-api:8080 stops leading to backend-api.')
    expect(commandsOf(made)).toEqual([
      'disconnect-frontend-web: ecs:UpdateService',
      'service-connect-backend-api: ecs:UpdateService',
    ])
  })
})
