import { describe, expect, it } from 'vitest'
import { callsOf, examples, familyOf, gallery, servicesOf } from '@/lib/changes/examples/all'
import { exampleNames } from '@/lib/changes/examples/names'
import { deployExampleInput, exampleIds, removeExampleInput } from '@/lib/changes/inputs/examples'
import type { Inventory } from '@/lib/inventory/model'
import {
  cluster,
  clusterArn,
  definition,
  definitionArn,
  inventory,
  namespace,
  registered,
  registry,
  registryArn,
  service,
  task,
} from '../../support/inventory'
import { issuesOf } from '../../support/issues'
import { commandsOf, planOf, refsIn, refusalOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const empty = worldOf(inventory({ clusters: [], namespaces: [] }))

describe.each(exampleIds)('the example %s', (id) => {
  const example = examples[id]
  const services = servicesOf(example.defaults)

  it('is drawn as it is made: the same services, ports and variables', () => {
    expect(example.nodes.map(({ name, port }) => ({ name, port })).sort(byName)).toEqual(
      services.map(({ name, port }) => ({ name, port })).sort(byName),
    )
    for (const { from, to, variable } of example.edges) {
      const value = services
        .find((one) => one.name === from)
        ?.environment.find((one) => one.name === variable)?.value
      expect(value).toContain(`${to}.${example.defaults.namespaceName}`)
    }
  })

  it('is made callees first', () => {
    const order = services.map((one) => one.name)
    for (const { from, to } of example.edges) expect(order.indexOf(to)).toBeLessThan(order.indexOf(from))
    expect(exampleNames(id)).toEqual(order)
  })

  it('has a call for every line, asked of a service that speaks HTTP', () => {
    const calls = callsOf(id)
    expect(calls.map(({ from, to }) => `${from} ${to}`)).toEqual(
      example.edges.map(({ from, to }) => `${from} ${to}`),
    )
    for (const call of calls)
      for (const asked of [call.ask, ...(call.direct ? [call.direct] : [])]) {
        const asking = services.find((one) => one.name === asked.service)
        expect(asking).toMatchObject({ port: asked.port, speaks: 'http' })
      }
  })

  it('has defaults that its own schema takes, and counts for the services it names', () => {
    expect(issuesOf(deployExampleInput, example.defaults)).toEqual([])
    for (const { field, service: name } of example.counts) {
      expect(Object.keys(example.defaults)).toContain(field)
      expect(services.map((one) => one.name)).toContain(name)
    }
  })

  it('deploys from nothing in one plan, each thing after what it needs', () => {
    const plan = planOf('deploy-example', example.defaults, empty)
    const commands = plan.steps.map((step) => step.command)
    expect(commands.slice(0, 2)).toEqual(['ecs:CreateCluster', 'servicediscovery:CreatePrivateDnsNamespace'])
    expect(commands.filter((command) => command === 'servicediscovery:CreateService')).toHaveLength(
      services.filter((one) => !one.connect).length,
    )
    expect(commands.filter((command) => command === 'ecs:CreateService')).toHaveLength(services.length)
    const done = new Set<string>()
    for (const step of plan.steps) {
      for (const ref of refsIn(step.input)) expect(done).toContain(ref.step)
      done.add(step.id)
    }
    expect(plan.seen.every(({ facts }) => facts === null)).toBe(true)
  })
})

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

it('the gallery shows every example once', () => {
  expect(gallery.map(({ id }) => id)).toEqual(exampleIds)
})

describe('Yelb', () => {
  it('has the names, ports, images and variables of the real application', () => {
    expect(
      servicesOf(examples.yelb.defaults).map(({ name, port, image }) => [name, port, image.split(':')[0]]),
    ).toEqual([
      ['redis-server', 6_379, 'redis'],
      ['yelb-db', 5_432, 'mreferre/yelb-db'],
      ['yelb-appserver', 4_567, 'mreferre/yelb-appserver'],
      ['yelb-ui', 80, 'mreferre/yelb-ui'],
    ])
  })
})

describe('on Service Connect', () => {
  const made = (id: 'yelb-connect' | 'service-to-service-connect') =>
    planOf('deploy-example', examples[id].defaults, empty)
  const connectOfStep = (id: string) => {
    const step = made('yelb-connect').steps.find((one) => one.id === id)
    return step?.command === 'ecs:CreateService' ? step.input : null
  }

  it('Yelb has its page as a client only and the other three as servers, under the names of the original', () => {
    expect(connectOfStep('service-yelb-ui')?.serviceConnectConfiguration).toEqual({
      enabled: true,
      namespace: { $ref: { step: 'namespace', output: 'namespaceArn' } },
    })
    for (const [name, portName, port] of [
      ['redis-server', 'tcp', 6_379],
      ['yelb-db', 'tcp', 5_432],
      ['yelb-appserver', 'http', 4_567],
    ] as const)
      expect(connectOfStep(`service-${name}`)).toMatchObject({
        enableExecuteCommand: true,
        serviceConnectConfiguration: {
          services: [{ portName, discoveryName: name, clientAliases: [{ port }] }],
        },
      })
    expect(JSON.stringify(made('yelb-connect').steps)).not.toContain('serviceRegistries')
  })

  it('has the services, images and variables of its sibling, and room for a proxy', () => {
    const { namespaceName: _name, clusterName: _cluster, ...counts } = examples['yelb-connect'].defaults
    const place = { clusterName: 'yelb', namespaceName: 'yelb.local' }
    expect(servicesOf({ ...counts, ...place }).map(({ connect: _connect, ...service }) => service)).toEqual(
      servicesOf({ ...examples.yelb.defaults, ...place }),
    )
    for (const step of made('service-to-service-connect').steps)
      if (step.command === 'ecs:RegisterTaskDefinition')
        expect(step.input).toMatchObject({ cpu: '512', memory: '1024' })
  })

  it('asks for no command in tasks on AWS, where that needs a role', () => {
    const aws = worldOf({ ...empty.inventory, target: { ...empty.inventory.target, kind: 'aws' } })
    const plan = planOf('deploy-example', examples['yelb-connect'].defaults, aws)
    expect(JSON.stringify(plan.steps)).not.toContain('enableExecuteCommand')
  })

  it('waits for ECS to take its names away before the namespace goes', () => {
    const { clusterName, namespaceName } = examples['service-to-service-connect'].defaults
    const backend = service('backend-api-service', { clusterArn: clusterArn(clusterName) })
    const home = namespace(namespaceName)
    const there = worldOf(
      inventory({
        clusters: [cluster(clusterName)],
        namespaces: [home],
        services: [backend],
        discoveryServices: [
          registry('backend-api', [], { namespaceId: home.id, managedBy: backend.arn, dnsRecords: [] }),
          registry('aws-ecs-sc.client.1.frontend', [], { namespaceId: home.id, dnsRecords: [] }),
        ],
      }),
    )
    const input = { example: 'service-to-service-connect', clusterName, namespaceName, withCluster: false }
    const plan = planOf('remove-example', input, there)
    expect(commandsOf(plan)).toEqual([
      'delete-service-backend-api-service: ecs:DeleteService',
      'delete-namespace: servicediscovery:DeleteNamespace',
    ])
    expect(plan.steps[1]?.before).toMatchObject({ kind: 'namespace empty' })
    expect(plan.steps[1]?.permissions).toContain('servicediscovery:ListServices')
  })

  it('is not deployed over a discovery service of the same name', () => {
    const { defaults } = examples['service-to-service-connect']
    const home = namespace(defaults.namespaceName)
    const taken = worldOf(
      inventory({
        namespaces: [home],
        discoveryServices: [registry('backend-api', [], { namespaceId: home.id })],
      }),
    )
    expect(refusalOf('deploy-example', defaults, taken)).toBe('DiscoveryNameTaken')
  })
})

const demo = examples['service-to-service'].defaults

describe('taking back the namespace of an example', () => {
  const undoOf = (id: (typeof exampleIds)[number]) => {
    const [, step] = planOf('deploy-example', examples[id].defaults, empty).steps
    if (step?.id !== 'namespace' || !step.undo.possible)
      throw new Error('The second step makes no namespace.')
    return { call: step.undo.calls[0], permissions: step.permissions }
  }

  it('waits until ECS has taken the names of Service Connect out of it', () => {
    const { call, permissions } = undoOf('service-to-service-connect')
    expect(call).toMatchObject({
      command: 'servicediscovery:DeleteNamespace',
      before: { kind: 'namespace empty' },
    })
    expect(permissions).toContain('servicediscovery:ListServices')
  })

  it('waits for nobody where the plan itself deletes what is in it', () => {
    expect(undoOf('service-to-service').call).not.toHaveProperty('before')
  })
})

describe('deploying', () => {
  it('takes namespace and counts from the form', () => {
    const input = { ...demo, namespaceName: 'eu.shop', frontendCount: 0, backendCount: 3, clusterName: 'eu' }
    const plan = planOf('deploy-example', input, empty)
    const made = JSON.stringify(plan.steps.map((step) => step.input))
    expect(made).toContain('http://backend-api.eu.shop:8080')
    expect(made).not.toContain('production.local')
    expect(plan.steps.find((step) => step.id === 'service-backend-api-service')?.input).toMatchObject({
      desiredCount: 3,
    })
    expect(plan.steps.find((step) => step.id === 'service-frontend-web-service')?.input).toMatchObject({
      desiredCount: 0,
    })
  })

  it('makes only what is missing', () => {
    const half = worldOf(
      inventory({
        services: [service('backend-api-service', { registryArns: [registryArn('backend-api')] })],
        discoveryServices: [registry('backend-api'), registry('frontend-web')],
      }),
    )
    const plan = planOf('deploy-example', demo, half)
    expect(commandsOf(plan)).toEqual([
      'task-definition-frontend-web: ecs:RegisterTaskDefinition',
      'service-frontend-web-service: ecs:CreateService',
    ])
    expect(plan.steps[1]?.input).toMatchObject({
      cluster: clusterArn(),
      serviceRegistries: [{ registryArn: registryArn('frontend-web') }],
    })
    expect(plan.consequences).toContainEqual({
      tone: 'info',
      text: 'backend-api-service is there already and stays as it is.',
    })
  })

  it.each<[string, Partial<Inventory>, string]>([
    [
      'all of it is there',
      { services: [service('backend-api-service'), service('frontend-web-service')] },
      'NothingMissing',
    ],
    [
      'parts of it are still leaving',
      { services: [service('backend-api-service', { status: 'DRAINING' })] },
      'ServiceDraining',
    ],
  ])('is refused when %s', (_name, parts, code) =>
    expect(refusalOf('deploy-example', demo, worldOf(inventory(parts)))).toBe(code),
  )

  it('is refused where no VPC can be chosen', () => {
    const blind = worldOf(inventory(), { network: { vpcs: [], subnets: [], securityGroups: [] } })
    expect(refusalOf('deploy-example', demo, blind)).toBe('NoVpc')
  })

  it('lives in the default VPC, one subnet per zone', () => {
    const plan = planOf('deploy-example', demo, empty)
    expect(plan.steps[1]?.input).toMatchObject({ Vpc: 'vpc-1' })
    expect(plan.steps.at(-1)?.input).toMatchObject({
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: ['subnet-1a', 'subnet-1b'],
          securityGroups: ['sg-1'],
          assignPublicIp: 'DISABLED',
        },
      },
    })
  })

  it('writes no logs on AWS, where that needs a role, and says that its images are not there', () => {
    const aws = worldOf({ ...empty.inventory, target: { ...empty.inventory.target, kind: 'aws' } })
    const plan = planOf('deploy-example', demo, aws)
    expect(JSON.stringify(plan.steps)).not.toContain('awslogs')
    expect(plan.consequences.map(({ text }) => text)).toEqual([
      'backend-api:latest and frontend-web:latest are not public on AWS: push your own images and register them as new revisions.',
      'On AWS the example writes no logs, because it brings no execution role.',
    ])
    expect(JSON.stringify(planOf('deploy-example', demo, empty).steps)).toContain('awslogs')
  })
})

describe('removing', () => {
  const own = (name: string) => definitionArn(familyOf(name))
  const deployed = (parts: Partial<Inventory> = {}) =>
    inventory({
      clusters: [cluster('default', { tags: { 'switchboard:example': 'service-to-service' } })],
      services: [
        service('backend-api-service', {
          registryArns: [registryArn('backend-api')],
          taskDefinitionArn: own('backend-api'),
        }),
        service('frontend-web-service', {
          registryArns: [registryArn('frontend-web')],
          taskDefinitionArn: own('frontend-web'),
        }),
      ],
      tasks: [task(1, 'backend-api-service', { taskDefinitionArn: own('backend-api') })],
      discoveryServices: [registry('backend-api', [registered(1)]), registry('frontend-web')],
      ...parts,
    })
  const input = {
    example: 'service-to-service',
    clusterName: 'default',
    namespaceName: 'production.local',
    withCluster: true,
  }
  const world = (parts: Partial<Inventory> = {}) =>
    worldOf(deployed(parts), {
      revisionArns: [own('backend-api'), definitionArn(familyOf('frontend-web'), 2), definitionArn('other')],
    })
  const plan = (parts: Partial<Inventory> = {}) => planOf('remove-example', input, world(parts))

  it('leaves nothing, in an order in which nothing is missed', () => {
    expect(commandsOf(plan())).toEqual([
      'delete-service-frontend-web-service: ecs:DeleteService',
      'delete-service-backend-api-service: ecs:DeleteService',
      'delete-discovery-service-backend-api: servicediscovery:DeleteService',
      'delete-discovery-service-frontend-web: servicediscovery:DeleteService',
      'delete-namespace: servicediscovery:DeleteNamespace',
      'deregister-revision-example-backend-api-1: ecs:DeregisterTaskDefinition',
      'deregister-revision-example-frontend-web-2: ecs:DeregisterTaskDefinition',
      'delete-revisions: ecs:DeleteTaskDefinitions',
      'delete-cluster: ecs:DeleteCluster',
    ])
    expect(plan().confirm).toBe('production.local')
  })

  it('goes on where an earlier removal stopped', () => {
    expect(
      commandsOf(plan({ services: [], tasks: [], discoveryServices: [registry('frontend-web')] }))[0],
    ).toBe('delete-discovery-service-frontend-web: servicediscovery:DeleteService')
  })

  it('leaves a namespace, a cluster and a family that others use', () => {
    const shared = plan({
      services: [...deployed().services, service('mine', { taskDefinitionArn: own('backend-api') })],
      discoveryServices: [...deployed().discoveryServices, registry('mine')],
    })
    expect(commandsOf(shared).join()).not.toMatch(/delete-namespace|delete-cluster|example-backend-api-1/)
    expect(shared.consequences.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'The namespace production.local stays: others use it.',
        'The cluster default stays: others use it.',
      ]),
    )
  })

  it('leaves a cluster that it did not make, or that shall stay', () => {
    expect(commandsOf(plan({ clusters: [cluster()] })).join()).not.toContain('delete-cluster')
    expect(plan({ clusters: [cluster()] }).consequences).toContainEqual({
      tone: 'info',
      text: 'The cluster default stays: the example did not make it.',
    })
    expect(
      commandsOf(planOf('remove-example', { ...input, withCluster: false }, world())).join(),
    ).not.toContain('delete-cluster')
  })

  it('leaves a discovery service of its name that another service uses', () => {
    const other = service('other', { registryArns: [registryArn('backend-api')] })
    const commands = commandsOf(plan({ services: [...deployed().services, other] })).join()
    expect(commands).not.toContain('delete-discovery-service-backend-api')
    expect(commands).not.toContain('delete-namespace')
  })

  it.each<[string, object, Partial<Inventory>, string]>([
    ['nothing of it is there', { namespaceName: 'x', clusterName: 'x' }, {}, 'NothingToRemove'],
    [
      'CloudFormation owns a part of it',
      {},
      {
        services: deployed().services.map((one) => ({
          ...one,
          tags: { 'aws:cloudformation:stack-name': 'x' },
        })),
      },
      'OwnedByCloudFormation',
    ],
    [
      'its instances could not be read',
      {},
      { discoveryServices: [registry('backend-api', null)] },
      'InstancesNotRead',
    ],
  ])('is refused when %s', (_name, more, parts, code) => {
    const on = worldOf(deployed(parts), { revisionArns: [] })
    expect(refusalOf('remove-example', { ...input, ...more }, on)).toBe(code)
  })

  it('deletes at most ten revisions with one call', () => {
    const many = Array.from({ length: 23 }, (_, index) => definitionArn(familyOf('backend-api'), index + 1))
    const steps = planOf('remove-example', input, worldOf(deployed(), { revisionArns: many })).steps
    const sizes = steps.flatMap((step) =>
      step.command === 'ecs:DeleteTaskDefinitions' ? [step.input.taskDefinitions?.length] : [],
    )
    expect(sizes).toEqual([10, 10, 3])
  })

  it('knows the revision of a service also when revisions could not be listed', () => {
    const blind = worldOf(deployed(), { revisionArns: null })
    expect(
      commandsOf(planOf('remove-example', input, blind)).filter((one) => one.includes('Deregister')),
    ).toHaveLength(2)
  })

  it('takes any namespace and cluster name that could exist', () => {
    expect(issuesOf(removeExampleInput, { ...input, namespaceName: '' })).not.toEqual([])
    expect(definition(familyOf('x')).family).toBe('example-x')
    expect(namespace().name).toBe(demo.namespaceName)
  })
})
