import { describe, expect, it } from 'vitest'
import type { MigrateInput } from '@/lib/changes/inputs/migrate-to-service-connect'
import type { World } from '@/lib/changes/world'
import {
  backendArn,
  backendOn,
  connect,
  connected,
  endpoint,
  frontendArn,
  NAMESPACE,
  OTHER_NAMESPACE,
  revision,
  sceneWorld,
} from '../../support/connect-world'
import {
  clusterArn,
  definitionArn,
  deployment,
  registered,
  registry,
  registryArn,
} from '../../support/inventory'
import { commandsOf, planOf, refusalOf } from '../../support/planned'

const DNS = 'backend-api.production.local'
const moved = () => backendOn(DNS)
const move = (more: Partial<Extract<MigrateInput, { part: 'move' }>> = {}): MigrateInput => ({
  part: 'move',
  clusterArn: clusterArn(),
  serviceArn: backendArn,
  container: 'backend-api',
  containerPort: 8080,
  appProtocol: 'http',
  makeRoom: false,
  clients: [frontendArn],
  ...more,
})
const finish = (deleteDiscoveryService = false): MigrateInput => ({
  part: 'finish',
  clusterArn: clusterArn(),
  serviceArn: backendArn,
  deleteDiscoveryService,
})
const plan = (world: World, input: MigrateInput) => planOf('migrate-to-service-connect', input, world)
const refusal = (world: World, input: MigrateInput) => refusalOf('migrate-to-service-connect', input, world)

describe('moving a service and its callers to Service Connect', () => {
  it('keeps the name and the port that callers use, servers first', () => {
    const made = plan(sceneWorld(), move())
    expect(made.title).toBe('Move backend-api to Service Connect')
    expect(commandsOf(made)).toEqual([
      'task-definition-backend-api: ecs:RegisterTaskDefinition',
      'service-connect-backend-api: ecs:UpdateService',
      'connect-frontend-web: ecs:UpdateService',
    ])
    expect(made.steps[1]?.input).toMatchObject({
      serviceConnectConfiguration: {
        enabled: true,
        namespace: NAMESPACE.arn,
        services: [
          {
            portName: 'http',
            discoveryName: 'backend-api-sc',
            clientAliases: [{ port: 8080, dnsName: DNS }],
          },
        ],
      },
    })
    expect(JSON.stringify(made.steps)).not.toContain('serviceRegistries')
    expect(made.consequences.map(({ text }) => text)).toContain(
      `Callers keep the name ${DNS} and the port 8080; no variable is changed. DNS goes on answering until you finish.`,
    )
  })

  it('waits for each deployment before the next begins', () =>
    expect(
      plan(sceneWorld(), move())
        .steps.filter(({ command }) => command === 'ecs:UpdateService')
        .map(({ after }) => after?.kind),
    ).toEqual(['service stable', 'service stable']))

  it('uses the port as it is named, whatever protocol was asked for', () => {
    const world = sceneWorld({
      backendRevision: revision('backend-api', 8080, {}, { name: 'api', appProtocol: 'grpc' }),
    })
    const made = plan(world, move({ appProtocol: 'http' }))
    expect(commandsOf(made)[0]).toBe('service-connect-backend-api: ecs:UpdateService')
    expect(made.steps[0]?.input).toMatchObject({
      serviceConnectConfiguration: { services: [{ portName: 'api' }] },
    })
  })

  it('keeps what the service offers already', () => {
    const before = connect([
      endpoint('backend-api-sc', { port: 8080, dnsName: 'backend' }),
      endpoint('admin', { port: 81, dnsName: 'admin' }, { portName: 'admin' }),
    ])
    const backendRevision = revision('backend-api', 8080, {
      containerDefinitions: [
        {
          name: 'backend-api',
          image: 'a',
          memory: 256,
          portMappings: [
            { containerPort: 8080, name: 'http', appProtocol: 'http' },
            { containerPort: 81, name: 'admin' },
          ],
        },
      ],
    })
    const made = plan(sceneWorld({ backend: before, backendRevision }), move())
    expect(made.steps[0]?.input).toMatchObject({
      serviceConnectConfiguration: {
        services: [
          { portName: 'admin', clientAliases: [{ dnsName: 'admin', port: 81 }] },
          { portName: 'http', clientAliases: [{ dnsName: DNS, port: 8080 }] },
        ],
      },
    })
  })

  it('moves the callers that were left, once the service is moved', () => {
    const made = plan(sceneWorld({ backend: moved() }), move())
    expect(made.title).toBe('Move the callers of backend-api to Service Connect')
    expect(commandsOf(made)).toEqual(['connect-frontend-web: ecs:UpdateService'])
    expect(refusal(sceneWorld({ backend: moved(), frontend: connect() }), move({ clients: [] }))).toBe(
      'NothingChanges',
    )
  })

  it.each([
    ['no registry', sceneWorld({ backendMore: { registryArns: [] } }), 'NotRegistered'],
    [
      'a registry without DNS',
      sceneWorld({
        inventoryMore: { discoveryServices: [registry('backend-api', [], { dnsRecords: [] })] },
      }),
      'NotRegistered',
    ],
    [
      'a caller in another namespace',
      sceneWorld({ frontend: connect([], { namespace: OTHER_NAMESPACE.arn }) }),
      'ClientElsewhere',
    ],
    [
      'a name too long for an alias',
      sceneWorld({
        inventoryMore: {
          discoveryServices: [
            registry(`${'a'.repeat(60)}.${'b'.repeat(60)}`, [], { arn: registryArn('backend-api') }),
          ],
        },
      }),
      'AliasImpossible',
    ],
  ])('is refused with %s', (_name, world, code) => expect(refusal(world, move())).toBe(code))

  it('says nothing of new proxies where each task has one already', () => {
    const made = plan(sceneWorld({ backend: backendOn('backend-api') }), move({ clients: [] }))
    expect(made.consequences.map(({ text }) => text).filter((text) => text.includes('gets a proxy'))).toEqual(
      [],
    )
    expect(plan(sceneWorld(), move()).consequences.some(({ text }) => text.includes('gets a proxy'))).toBe(
      true,
    )
  })

  it('is refused for a port that the task definition does not have', () =>
    expect(refusal(sceneWorld(), move({ containerPort: 9 }))).toBe('PortMissing'))
})

describe('finishing the move', () => {
  const done = sceneWorld({ backend: moved(), frontend: connect() })

  it('takes the registry away, and puts it back when taken back', () => {
    const made = plan(done, finish())
    expect(commandsOf(made)).toEqual(['remove-registry-backend-api: ecs:UpdateService'])
    expect(made.steps[0]).toMatchObject({
      input: { service: backendArn, serviceRegistries: [] },
      after: { kind: 'service stable' },
      undo: { calls: [{ input: { serviceRegistries: [{ registryArn: registryArn('backend-api') }] } }] },
    })
    expect(made.confirm).toBeNull()
    expect(made.consequences[0]).toMatchObject({ tone: 'danger' })
  })

  it('keeps a registry that is not of this name', () => {
    const registries = [{ registryArn: registryArn('backend-api') }, { registryArn: registryArn('other') }]
    const world = sceneWorld({ backend: moved(), frontend: connect(), detailsMore: { registries } })
    expect(plan(world, finish()).steps[0]?.input).toMatchObject({
      serviceRegistries: [{ registryArn: registryArn('other') }],
    })
  })

  it('deletes the discovery service last and asks for its name, when wished', () => {
    const made = plan(done, finish(true))
    expect(commandsOf(made)).toEqual([
      'remove-registry-backend-api: ecs:UpdateService',
      'delete-discovery-service-backend-api: servicediscovery:DeleteService',
    ])
    expect(made.confirm).toBe('backend-api')
  })

  it.each([['another service registers there', { registryArns: [registryArn('backend-api')] }]])(
    'leaves the discovery service when %s',
    (_name, more) => {
      const other = connected('other', null, more)
      const made = plan(sceneWorld({ backend: moved(), frontend: connect(), others: [other] }), finish(true))
      expect(commandsOf(made)).toHaveLength(1)
      expect(made.consequences.map(({ text }) => text).join()).toContain('other registers there too')
    },
  )

  it('leaves the discovery service when it has instances of nobody', () => {
    const world = sceneWorld({
      backend: moved(),
      frontend: connect(),
      inventoryMore: {
        discoveryServices: [registry('backend-api', [registered(1), registered(99)])],
      },
    })
    expect(commandsOf(plan(world, finish(true)))).toHaveLength(1)
  })

  it('is refused while a caller is not in Service Connect, and says who', () => {
    const world = sceneWorld({ backend: moved() })
    expect(refusal(world, finish())).toBe('StillResolved')
    expect(() => plan(world, finish())).toThrow(
      `frontend-web resolves ${DNS} by DNS: it is not in this Service Connect namespace.`,
    )
  })

  it('is refused while a caller was deployed before the alias existed', () => {
    const unknown = {
      ...done,
      topology: {
        ...done.topology,
        services: done.topology.services.map((node) =>
          node.connect && node.ecs?.arn === frontendArn
            ? { ...node, connect: { ...node.connect, unknownNames: [DNS] } }
            : node,
        ),
      },
    }
    expect(() => plan(unknown, finish())).toThrow('was deployed before the alias existed')
  })

  it('is refused while tasks of a caller’s older deployment run', () => {
    const rolling = connected('frontend-web', connect(), {
      deployments: [
        deployment({ taskDefinitionArn: definitionArn('frontend-web'), serviceConnect: connect() }),
        deployment({ id: 'ecs-svc/0', status: 'ACTIVE', running: 1 }),
      ],
    })
    const world = {
      ...done,
      inventory: {
        ...done.inventory,
        services: done.inventory.services.map((one) => (one.arn === frontendArn ? rolling : one)),
      },
    }
    expect(() => plan(world, finish())).toThrow('Tasks of an older deployment of frontend-web run still')
  })

  it('is refused before the move', () => {
    expect(refusal(sceneWorld(), finish())).toBe('NotMoved')
    expect(refusal(sceneWorld({ backend: backendOn('other') }), finish())).toBe('NotMoved')
  })

  it('is refused when CloudFormation owns the discovery service that shall go', () => {
    const owned = {
      ...done,
      cloudMapTags: { [registryArn('backend-api')]: { 'aws:cloudformation:stack-name': 'shop' } },
    }
    expect(refusal(owned, finish(true))).toBe('OwnedByCloudFormation')
    expect(refusal(owned, finish(false))).toBe('planned')
  })
})
