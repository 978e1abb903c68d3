import { describe, expect, it } from 'vitest'
import { planChange } from '@/lib/changes/catalogue'
import type { Inventory } from '@/lib/inventory/model'
import {
  cluster,
  clusterArn,
  exampleInventory,
  inventory,
  namespace,
  registered,
  registry,
  registryArn,
  service,
  task,
} from '../../support/inventory'
import { commandsOf, planOf, refusalOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const STACK = { 'aws:cloudformation:stack-name': 'shop-stack' }
const backend = {
  clusterArn: clusterArn(),
  serviceArn: service('backend-api-service').arn,
  withDiscoveryService: true,
}
const noTags = { [registryArn('backend-api')]: {}, [registryArn('frontend-web')]: {}, [namespace().arn]: {} }
const world = (more: Partial<Inventory> = {}) =>
  worldOf({ ...exampleInventory(), ...more }, { cloudMapTags: noTags })
const texts = (plan: ReturnType<typeof planOf>) =>
  plan.consequences.map(({ tone, text }) => `${tone}: ${text}`)
const stray = registered(9, { id: 'by-hand', ipv4: '10.0.9.9', attributes: {} })
const withStray = () =>
  world({
    discoveryServices: exampleInventory().discoveryServices.map((one) =>
      one.name === 'backend-api' ? { ...one, instances: [...(one.instances ?? []), stray] } : one,
    ),
  })

describe('deleting a service', () => {
  it('takes its discovery service along, in this order, and says who will miss it', () => {
    const plan = planOf('delete-service', backend, world())
    expect(commandsOf(plan)).toEqual([
      'delete-service-backend-api-service: ecs:DeleteService',
      'delete-discovery-service-backend-api: servicediscovery:DeleteService',
    ])
    expect(plan.steps[0]).toMatchObject({
      input: { cluster: clusterArn(), service: backend.serviceArn, force: true },
      after: { kind: 'service gone' },
    })
    expect(plan.steps[1]).toMatchObject({
      input: { Id: 'srv-backend-api' },
      before: { kind: 'no instances' },
    })
    expect(texts(plan)).toEqual([
      'danger: frontend-web calls backend-api; these calls will fail.',
      'danger: backend-api.production.local stops resolving.',
      'warn: 2 tasks will be stopped.',
    ])
    expect(plan.confirm).toBe('backend-api-service')
  })

  it('leaves the discovery service when it is not to go', () => {
    const plan = planOf('delete-service', { ...backend, withDiscoveryService: false }, world())
    expect(plan.steps).toHaveLength(1)
    expect(texts(plan)).toContain(
      'info: The discovery service backend-api.production.local stays, without instances.',
    )
  })

  it('says why a discovery service stays also when nobody asked for it to go', () => {
    const asked = { ...backend, withDiscoveryService: false }
    const warnings = texts(planOf('delete-service', asked, withStray())).filter((text) => /stays/.test(text))
    expect(warnings).toEqual([
      'warn: The discovery service backend-api stays: it has 1 instance that is not of this service.',
    ])
  })

  it('leaves a discovery service that another service uses, and the name then resolves on', () => {
    const shared = world({
      services: [
        ...exampleInventory().services,
        service('canary', { registryArns: [registryArn('backend-api')] }),
      ],
    })
    const plan = planOf('delete-service', backend, shared)
    expect(plan.steps).toHaveLength(1)
    expect(texts(plan)).toContain(
      'warn: The discovery service backend-api stays: canary registers there too.',
    )
    expect(texts(plan).join()).not.toContain('stops resolving')
  })

  it('leaves a discovery service with an instance that somebody registered by hand', () => {
    const plan = planOf('delete-service', backend, withStray())
    expect(plan.steps).toHaveLength(1)
    expect(texts(plan)).toContain(
      'warn: The discovery service backend-api stays: it has 1 instance that is not of this service.',
    )
  })

  it('refuses what CloudFormation owns, the service or its discovery service', () => {
    const owned = world({ services: exampleInventory().services.map((one) => ({ ...one, tags: STACK })) })
    expect(refusalOf('delete-service', backend, owned)).toBe('OwnedByCloudFormation')
    const registryOwned = worldOf(exampleInventory(), {
      cloudMapTags: { ...noTags, [registryArn('backend-api')]: STACK },
    })
    expect(refusalOf('delete-service', backend, registryOwned)).toBe('OwnedByCloudFormation')
    expect(refusalOf('delete-service', { ...backend, withDiscoveryService: false }, registryOwned)).toBe(
      'planned',
    )
  })

  it('says when it could not be read who owns the discovery service', () => {
    expect(texts(planOf('delete-service', backend, worldOf(exampleInventory())))).toContain(
      'warn: It could not be read whether CloudFormation owns the discovery service backend-api.',
    )
  })
})

describe('deleting a discovery service', () => {
  const alone = (more = {}) =>
    worldOf(inventory({ discoveryServices: [registry('legacy', [stray], more)] }), {
      cloudMapTags: { [registryArn('legacy')]: {} },
    })
  const input = { discoveryServiceId: 'srv-legacy', deregisterInstances: true }

  it('deregisters its instances first', () => {
    const plan = planOf('delete-discovery-service', input, alone())
    expect(commandsOf(plan)).toEqual([
      'deregister-legacy-by-hand: servicediscovery:DeregisterInstance',
      'delete-discovery-service-legacy: servicediscovery:DeleteService',
    ])
    expect(plan.steps[0]?.input).toEqual({ ServiceId: 'srv-legacy', InstanceId: 'by-hand' })
    expect(texts(plan)).toEqual([
      'danger: 1 instance will be deregistered.',
      'danger: legacy.production.local will not be found any more.',
    ])
    expect(plan.seen[0]?.facts).toEqual({ id: 'srv-legacy', instances: 1 })
  })

  it.each([
    ['with instances that shall stay', { ...input, deregisterInstances: false }, alone(), 'HasInstances'],
    ['whose instances could not be read', input, alone({ instances: null }), 'InstancesNotRead'],
    ['that is gone', { ...input, discoveryServiceId: 'srv-x' }, alone(), 'DiscoveryServiceGone'],
    [
      'that an ECS service registers in',
      { ...input, discoveryServiceId: 'srv-backend-api' },
      world(),
      'InUse',
    ],
    [
      'that Service Connect manages',
      input,
      alone({ description: 'Managed by arn:aws:ecs:us-east-1:000000000000:service/default/web' }),
      'ManagedByEcs',
    ],
  ])('is refused for one %s', (_name, given, on, code) =>
    expect(refusalOf('delete-discovery-service', given, on)).toBe(code),
  )
})

describe('deleting a namespace', () => {
  const input = { namespaceId: 'ns-production.local', withServices: true, deregisterInstances: false }

  it('deletes services, then discovery services, then itself', () => {
    const plan = planOf('delete-namespace', input, world())
    expect(commandsOf(plan)).toEqual([
      'delete-service-backend-api-service: ecs:DeleteService',
      'delete-service-frontend-web-service: ecs:DeleteService',
      'delete-discovery-service-backend-api: servicediscovery:DeleteService',
      'delete-discovery-service-frontend-web: servicediscovery:DeleteService',
      'delete-namespace: servicediscovery:DeleteNamespace',
    ])
    expect(plan.confirm).toBe('production.local')
    expect(plan.seen).toContainEqual({
      subject: { kind: 'namespace', name: 'production.local' },
      facts: { id: 'ns-production.local', discoveryServices: 2 },
    })
  })

  it('does not count callers that go too', () => {
    expect(texts(planOf('delete-namespace', input, world()))).toEqual([
      'danger: backend-api.production.local and frontend-web.production.local stop resolving.',
      'warn: 3 tasks will be stopped.',
      'danger: Its 2 discovery services go with it: backend-api and frontend-web.',
    ])
  })

  it('says and does the same, in whatever order AWS listed what is in it', () => {
    const { services, discoveryServices } = exampleInventory()
    const turned = world({
      services: services.toReversed(),
      discoveryServices: discoveryServices.toReversed(),
    })
    expect(planOf('delete-namespace', input, turned)).toEqual(planOf('delete-namespace', input, world()))
    const withoutServices = { ...input, withServices: false }
    expect(planChange('delete-namespace', withoutServices, turned)).toMatchObject({
      ok: false,
      message: 'backend-api-service and frontend-web-service are found by names of production.local.',
    })
    const cluster = { clusterArn: clusterArn(), withContents: true }
    expect(planOf('delete-cluster', cluster, turned)).toEqual(planOf('delete-cluster', cluster, world()))
  })

  it('deregisters what nobody else takes away, when asked', () => {
    expect(refusalOf('delete-namespace', input, withStray())).toBe('HasInstances')
    const plan = planOf('delete-namespace', { ...input, deregisterInstances: true }, withStray())
    expect(commandsOf(plan)[2]).toBe('deregister-backend-api-by-hand: servicediscovery:DeregisterInstance')
  })

  it('includes services that Service Connect made names for, and leaves those names to ECS', () => {
    const shop = service('shop')
    const connected = worldOf(
      inventory({
        services: [shop],
        discoveryServices: [registry('shop', [], { description: `Managed by ${shop.arn}` })],
      }),
    )
    const plan = planOf('delete-namespace', input, connected)
    expect(commandsOf(plan)).toEqual([
      'delete-service-shop: ecs:DeleteService',
      'delete-namespace: servicediscovery:DeleteNamespace',
    ])
    expect(texts(plan).join()).toContain(
      'ECS takes its Service Connect names away some minutes after the services',
    )
  })

  it.each([
    ['services block it', { ...input, withServices: false }, world(), 'InUse'],
    ['it is gone', { ...input, namespaceId: 'ns-x' }, world(), 'NamespaceGone'],
    [
      'its services could not be read',
      input,
      world({ namespaces: [namespace(undefined, { servicesRead: false })] }),
      'ServicesNotRead',
    ],
    [
      'CloudFormation owns it',
      input,
      worldOf(exampleInventory(), { cloudMapTags: { ...noTags, [namespace().arn]: STACK } }),
      'OwnedByCloudFormation',
    ],
  ])('is refused when %s', (_name, given, on, code) =>
    expect(refusalOf('delete-namespace', given, on)).toBe(code),
  )
})

describe('deleting a cluster', () => {
  const input = { clusterArn: clusterArn(), withContents: true }
  const job = task(7, 'x', { group: 'family:job' })

  it('deletes its services, stops its tasks, then itself', () => {
    const plan = planOf('delete-cluster', input, world({ tasks: [...exampleInventory().tasks, job] }))
    expect(commandsOf(plan)).toEqual([
      'delete-service-backend-api-service: ecs:DeleteService',
      'delete-service-frontend-web-service: ecs:DeleteService',
      `stop-task-${job.id}: ecs:StopTask`,
      'delete-cluster: ecs:DeleteCluster',
    ])
    expect(texts(plan)).toContain('warn: 1 task of no service will be stopped.')
    expect(plan.confirm).toBe('default')
  })

  it('is one call when it is empty', () => {
    expect(commandsOf(planOf('delete-cluster', { ...input, withContents: false }, worldOf()))).toEqual([
      'delete-cluster: ecs:DeleteCluster',
    ])
  })

  it.each([
    ['it is not empty', { ...input, withContents: false }, world(), 'NotEmpty'],
    ['it is gone', { ...input, clusterArn: clusterArn('x') }, world(), 'ClusterGone'],
    [
      'its tasks could not be read',
      input,
      world({ clusters: [cluster('default', { tasksRead: false })] }),
      'ContentsNotRead',
    ],
    [
      'CloudFormation owns it',
      input,
      world({ clusters: [cluster('default', { tags: STACK })] }),
      'OwnedByCloudFormation',
    ],
    [
      'CloudFormation owns a service in it',
      input,
      world({ services: [service('web', { tags: STACK })] }),
      'OwnedByCloudFormation',
    ],
  ])('is refused when %s', (_name, given, on, code) =>
    expect(refusalOf('delete-cluster', given, on)).toBe(code),
  )

  it('names the stack and what to do instead', () => {
    const owned = world({ clusters: [cluster('default', { tags: STACK })] })
    expect(() => planOf('delete-cluster', input, owned)).toThrow(
      'default belongs to the CloudFormation stack shop-stack; deleted here, the stack would be broken.',
    )
  })
})
