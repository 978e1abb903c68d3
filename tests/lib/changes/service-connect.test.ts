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
  NAMESPACE,
  onWish,
  revision,
  sceneWorld,
} from '../../support/connect-world'
import { clusterArn, definitionArn, deployment } from '../../support/inventory'
import { commandsOf, planOf, refusalOf, stepNamed, told } from '../../support/planned'

const plan = (world: World, input = connectInput()): Plan => planOf('service-connect', input, world)
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
