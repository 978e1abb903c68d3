// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are about just that.
import { describe, expect, it } from 'vitest'
import type { CreateServiceInput } from '@/lib/changes/inputs/create-service'
import {
  clusterInput,
  containerInput,
  definitionForm,
  discoveryInput,
  namespaceInput,
  serviceInput,
} from '../../support/change-inputs'
import { backendOn, connect, NAMESPACE, sceneWorld } from '../../support/connect-world'
import {
  clusterArn,
  container,
  definition,
  definitionArn,
  inventory,
  namespace,
  registry,
  registryArn,
  service,
} from '../../support/inventory'
import { commandsOf, planOf, refsIn, refusalOf, textsIn } from '../../support/planned'
import { worldOf } from '../../support/world'

const srv = registry('srv', [], { dnsRecords: [{ type: 'SRV', ttlSeconds: 10 }] })
const world = worldOf(
  inventory({
    services: [
      service('web', { registryArns: [registryArn('web')] }),
      service('old', { status: 'DRAINING' }),
    ],
    definitions: [
      definition('web', [container('web', {}, 80)]),
      { ...definition('bridge', [container('bridge')]), networkMode: 'bridge' },
    ],
    discoveryServices: [
      registry('web'),
      srv,
      registry('alias', [], { dnsRecords: [{ type: 'CNAME', ttlSeconds: 10 }] }),
    ],
  }),
)
const plan = (more: Partial<CreateServiceInput> = {}, on = world) =>
  planOf('create-service', serviceInput(more), on)
const refusal = (more: Partial<CreateServiceInput>, on = world) =>
  refusalOf('create-service', serviceInput(more), on)
const call = (more: Partial<CreateServiceInput> = {}) => plan(more).steps.at(-1)?.input
const existing = (name: string, more: object = {}) => ({
  kind: 'existing' as const,
  id: `srv-${name}`,
  recordTypes: ['A'],
  containerName: '',
  containerPort: null,
  ...more,
})
const revision = (family: string) => ({ kind: 'existing' as const, arn: definitionArn(family) })
const json = (value: unknown) => ({ kind: 'json' as const, text: JSON.stringify(value) })

describe('a plain service', () => {
  it('registers its task definition and is made of it', () => {
    expect(commandsOf(plan())).toEqual([
      'task-definition: ecs:RegisterTaskDefinition',
      'service-api: ecs:CreateService',
    ])
    expect(call()).toEqual({
      cluster: clusterArn(),
      serviceName: 'api',
      taskDefinition: { $ref: { step: 'task-definition', output: 'taskDefinitionArn' } },
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-1a', 'subnet-1b'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'DISABLED',
        },
      },
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
    })
  })

  it('says what the percentages mean, and sees that the name is free', () => {
    expect(plan().consequences).toContainEqual({
      tone: 'info',
      text: 'A deployment starts all 2 new tasks before it stops an old one; up to 4 tasks run meanwhile.',
    })
    expect(plan().seen).toEqual([
      { subject: { kind: 'cluster', cluster: clusterArn() }, facts: { status: 'ACTIVE' } },
      { subject: { kind: 'service', cluster: clusterArn(), service: 'api' }, facts: null },
    ])
  })

  it('carries Exec, tags and a capacity provider strategy when asked', () => {
    expect(
      call({
        enableExecuteCommand: true,
        propagateTags: 'SERVICE',
        tags: [{ key: 'team', value: 'shop' }],
        capacity: { kind: 'providers', strategy: [{ provider: 'FARGATE_SPOT', weight: 1, base: 0 }] },
      }),
    ).toMatchObject({
      enableExecuteCommand: true,
      propagateTags: 'SERVICE',
      tags: [{ key: 'team', value: 'shop' }],
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }],
    })
    expect(
      call({ capacity: { kind: 'providers', strategy: [{ provider: 'FARGATE', weight: 1, base: 0 }] } }),
    ).not.toHaveProperty('launchType')
  })

  it('keeps hostile texts of its form as they are', () => {
    const hostile = '"; touch x; $(x) ${y} `z`\n\u2028\u202E <b>'
    const form = definitionForm({
      containers: [
        containerInput({
          environment: [{ name: 'A', value: hostile }],
          command: [hostile],
          healthCheck: {
            kind: 'shell',
            command: hostile,
            intervalSeconds: 5,
            timeoutSeconds: 2,
            retries: 1,
            startPeriodSeconds: 0,
          },
        }),
      ],
    })
    const texts = textsIn(plan({ taskDefinition: { kind: 'form', form } }).steps[0]?.input)
    expect(texts.filter((text) => text === hostile)).toHaveLength(3)
  })
})

describe('the task definition of a form', () => {
  it('is for Fargate, with everything that was filled in', () => {
    const form = definitionForm({
      architecture: 'ARM64',
      executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
      containers: [
        containerInput({
          secrets: [{ name: 'KEY', valueFrom: 'param' }],
          healthCheck: {
            kind: 'shell',
            command: 'true',
            intervalSeconds: 10,
            timeoutSeconds: 5,
            retries: 2,
            startPeriodSeconds: 60,
          },
          logs: {
            kind: 'awslogs',
            group: '/ecs/api',
            region: 'eu-west-1',
            streamPrefix: 'ecs',
            createGroup: true,
          },
        }),
      ],
    })
    const step = plan({ taskDefinition: { kind: 'form', form } }).steps[0]
    expect(step?.permissions).toContain('iam:PassRole')
    expect(step?.input).toEqual({
      family: 'api',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'ARM64' },
      executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
      containerDefinitions: [
        {
          name: 'api',
          image: 'api:1',
          essential: true,
          portMappings: [{ name: 'http', containerPort: 8080, protocol: 'tcp', appProtocol: 'http' }],
          secrets: [{ name: 'KEY', valueFrom: 'param' }],
          healthCheck: {
            command: ['CMD-SHELL', 'true'],
            interval: 10,
            timeout: 5,
            retries: 2,
            startPeriod: 60,
          },
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': '/ecs/api',
              'awslogs-region': 'eu-west-1',
              'awslogs-stream-prefix': 'ecs',
              'awslogs-create-group': 'true',
            },
          },
        },
      ],
    })
  })

  it('needs an execution role for logs on AWS only', () => {
    const form = definitionForm({
      containers: [
        containerInput({
          logs: { kind: 'awslogs', group: 'g', region: 'us-east-1', streamPrefix: 'p', createGroup: false },
        }),
      ],
    })
    const aws = worldOf({ ...world.inventory, target: { ...world.inventory.target, kind: 'aws' } })
    expect(refusal({ taskDefinition: { kind: 'form', form } }, aws)).toBe('ExecutionRoleMissing')
    expect(refusal({ taskDefinition: { kind: 'form', form } })).toBe('planned')
  })

  it('may be pasted, and says what was left out', () => {
    const pasted = json({
      family: 'x',
      revision: 3,
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'x', image: 'x' }],
    })
    expect(plan({ taskDefinition: pasted }).consequences).toContainEqual({
      tone: 'info',
      text: 'Left out, because AWS sets it itself: revision.',
    })
  })

  it('may be there already: then nothing is registered', () => {
    expect(commandsOf(plan({ taskDefinition: revision('web') }))).toEqual(['service-api: ecs:CreateService'])
    expect(call({ taskDefinition: revision('web') })).toMatchObject({ taskDefinition: definitionArn('web') })
  })
})

describe('a whole set-up from nothing', () => {
  const all = plan({
    cluster: { kind: 'new', cluster: clusterInput() },
    registry: {
      kind: 'new',
      service: discoveryInput({ namespace: { kind: 'new', namespace: namespaceInput() } }),
      containerName: '',
      containerPort: null,
    },
    serviceConnect: {
      kind: 'client and server',
      namespace: { kind: 'same' },
      endpoints: [{ portName: 'http', discoveryName: 'api-sc', aliasDnsName: 'api', aliasPort: 80 }],
    },
  })

  it('is one plan in the order in which things need each other', () => {
    expect(commandsOf(all)).toEqual([
      'cluster: ecs:CreateCluster',
      'namespace: servicediscovery:CreatePrivateDnsNamespace',
      'discovery-service-api: servicediscovery:CreateService',
      'task-definition: ecs:RegisterTaskDefinition',
      'service-api: ecs:CreateService',
    ])
    expect(refsIn(all.steps.at(-1)?.input)).toEqual([
      { step: 'cluster', output: 'clusterArn' },
      { step: 'task-definition', output: 'taskDefinitionArn' },
      { step: 'discovery-service-api', output: 'discoveryServiceArn' },
      { step: 'namespace', output: 'namespaceArn' },
    ])
  })

  it('says where the service will be found', () => {
    expect(all.steps.at(-1)?.sentence).toBe(
      'Create the service api with 2 tasks of api (new revision), found as api.shop.local and api:80.',
    )
    expect(all.steps.at(-1)?.input).toMatchObject({
      serviceConnectConfiguration: {
        enabled: true,
        services: [
          { portName: 'http', discoveryName: 'api-sc', clientAliases: [{ port: 80, dnsName: 'api' }] },
        ],
      },
    })
  })

  it('is refused when the tasks would live outside the VPC that knows their names', () => {
    expect(
      refusal({
        network: { subnets: ['subnet-2a'], securityGroups: [], assignPublicIp: false },
        registry: {
          kind: 'new',
          service: discoveryInput({ namespace: { kind: 'new', namespace: namespaceInput() } }),
          containerName: '',
          containerPort: null,
        },
      }),
    ).toBe('OtherVpc')
  })
})

describe('a service that is found', () => {
  it('by A records is registered without a port, also when one was chosen', () => {
    expect(call({ registry: existing('web', { containerName: 'api', containerPort: 8080 }) })).toMatchObject({
      serviceRegistries: [{ registryArn: registryArn('web') }],
    })
    expect(
      JSON.stringify(call({ registry: existing('web', { containerName: 'api', containerPort: 8080 }) })),
    ).not.toContain('containerPort')
  })

  it('by SRV records is registered with container and port', () => {
    const registered = existing('srv', { recordTypes: ['SRV'], containerName: 'api', containerPort: 8080 })
    expect(call({ registry: registered })).toMatchObject({
      serviceRegistries: [{ registryArn: srv.arn, containerName: 'api', containerPort: 8080 }],
    })
  })

  it('together with another says so', () => {
    expect(plan({ registry: existing('web') }).consequences).toContainEqual({
      tone: 'warn',
      text: 'web registers in web already: callers of this name reach tasks of both.',
    })
  })

  it('by Service Connect as a client only offers nothing', () => {
    const connect = {
      kind: 'client' as const,
      namespace: { kind: 'existing' as const, id: 'ns-production.local', type: 'DNS_PRIVATE' as const },
    }
    expect(call({ serviceConnect: connect })).toMatchObject({
      serviceConnectConfiguration: { enabled: true, namespace: namespace().arn },
    })
    expect(JSON.stringify(call({ serviceConnect: connect }))).not.toContain('portName')
  })

  it('by Service Connect in a namespace of its own makes that first', () => {
    const made = plan({
      serviceConnect: {
        kind: 'client',
        namespace: { kind: 'new', namespace: { type: 'HTTP', name: 'apps', description: '', tags: [] } },
      },
    })
    expect(commandsOf(made)[0]).toBe('service-connect-namespace: servicediscovery:CreateHttpNamespace')
  })
})

describe('a task definition in another network mode', () => {
  const ec2 = { kind: 'launch type' as const, launchType: 'EC2' as const }

  it('takes no subnets, because ECS refuses them', () => {
    expect(call({ taskDefinition: revision('bridge'), capacity: ec2 })).not.toHaveProperty(
      'networkConfiguration',
    )
  })

  it.each<[string, Partial<CreateServiceInput>, string]>([
    ['does not run on Fargate', {}, 'NetworkMode'],
    [
      'has no address that an A record could hold',
      { capacity: ec2, registry: existing('web') },
      'NetworkMode',
    ],
    [
      'is found by SRV with a port that it has',
      {
        capacity: ec2,
        registry: existing('srv', { recordTypes: ['SRV'], containerName: 'bridge', containerPort: 8080 }),
      },
      'planned',
    ],
    [
      'is not found by SRV with a port that it lacks',
      {
        capacity: ec2,
        registry: existing('srv', { recordTypes: ['SRV'], containerName: 'bridge', containerPort: 1 }),
      },
      'PortMissing',
    ],
  ])('%s', (_name, more, code) => expect(refusal({ taskDefinition: revision('bridge'), ...more })).toBe(code))
})

describe('a service is refused', () => {
  const at = (more: object) => ({
    subnets: ['subnet-1a'],
    securityGroups: ['sg-1'],
    assignPublicIp: false,
    ...more,
  })
  const sc = (more: object) => ({
    serviceConnect: {
      kind: 'client and server' as const,
      namespace: { kind: 'existing' as const, id: 'ns-production.local', type: 'DNS_PRIVATE' as const },
      endpoints: [{ portName: 'http', discoveryName: '', aliasDnsName: '', aliasPort: 80, ...more }],
    },
  })

  it.each<[string, Partial<CreateServiceInput>, string]>([
    ['in a cluster that is gone', { cluster: { kind: 'existing', arn: clusterArn('gone') } }, 'ClusterGone'],
    [
      'in a new cluster whose name is taken',
      { cluster: { kind: 'new', cluster: clusterInput({ name: 'default' }) } },
      'ClusterExists',
    ],
    ['under a name that is taken', { name: 'web' }, 'ServiceExists'],
    ['under the name of one that drains', { name: 'old' }, 'ServiceDraining'],
    ['of a revision that is not active', { taskDefinition: revision('gone') }, 'TaskDefinitionGone'],
    ['in a subnet that is gone', { network: at({ subnets: ['subnet-9'] }) }, 'SubnetGone'],
    ['in subnets of two VPCs', { network: at({ subnets: ['subnet-1a', 'subnet-2a'] }) }, 'SeveralVpcs'],
    ['with a security group of another VPC', { network: at({ securityGroups: ['sg-2'] }) }, 'OtherVpc'],
    [
      'with a security group that is gone',
      { network: at({ securityGroups: ['sg-9'] }) },
      'SecurityGroupGone',
    ],
    ['without subnets', { network: null, taskDefinition: revision('web') }, 'NetworkMissing'],
    ['with a discovery service that is gone', { registry: existing('gone') }, 'DiscoveryServiceGone'],
    [
      'with a discovery service of CNAMEs, whatever the form knew',
      { registry: existing('alias') },
      'CnameRecords',
    ],
    ['with SRV and no port, whatever the form knew', { registry: existing('srv') }, 'PortMissing'],
    ['with an endpoint whose name is taken', sc({ discoveryName: 'web' }), 'DiscoveryNameTaken'],
    [
      'with an endpoint on a port without that name',
      { taskDefinition: revision('web'), ...sc({}) },
      'PortMissing',
    ],
    [
      'with Service Connect in a namespace that is gone',
      { serviceConnect: { kind: 'client', namespace: { kind: 'existing', id: 'ns-gone', type: 'HTTP' } } },
      'NamespaceGone',
    ],
  ])('%s', (_name, more, code) => expect(refusal(more)).toBe(code))
})

describe('a new server in a Service Connect namespace', () => {
  const shared = sceneWorld({ backend: backendOn(), frontend: connect() })
  const server = (alias: string, aliasPort: number) =>
    serviceInput({
      serviceConnect: {
        kind: 'client and server',
        namespace: { kind: 'existing', id: NAMESPACE.id, type: NAMESPACE.type },
        endpoints: [{ portName: 'http', discoveryName: 'users', aliasDnsName: alias, aliasPort }],
      },
    })

  it('cannot have an alias and port that another service offers', () => {
    expect(refusalOf('create-service', server('backend-api', 8080), shared)).toBe('AliasTaken')
    expect(refusalOf('create-service', server('backend-api', 81), shared)).toBe('planned')
    expect(refusalOf('create-service', server('', 8080), shared)).toBe('planned')
  })

  it('says who was deployed before its name exists', () =>
    expect(planOf('create-service', server('users', 80), shared).consequences).toContainEqual({
      tone: 'warn',
      text: 'backend-api and frontend-web were deployed before the new name exists: they must be redeployed to resolve it.',
    }))
})
