import { describe, expect, it } from 'vitest'
import type { ChangeKind } from '@/lib/changes/change'
import { examples } from '@/lib/changes/examples/all'
import { previewTopology } from '@/lib/changes/ghosts'
import type { World } from '@/lib/changes/world'
import {
  clusterInput,
  containerInput,
  definitionForm,
  discoveryInput,
  namespaceInput,
  runInput,
  serviceInput,
} from '../../support/change-inputs'
import {
  clusterArn,
  container,
  definition,
  definitionArn,
  exampleInventory,
  inventory,
  registry,
  registryArn,
  service,
  task,
} from '../../support/inventory'
import { planOf } from '../../support/planned'
import { worldOf } from '../../support/world'

const preview = (kind: ChangeKind, input: unknown, world: World) =>
  previewTopology(world.topology, planOf(kind, input, world))
const card = (map: ReturnType<typeof preview>, name: string) =>
  map.topology.services.find((node) => node.name === name)
const example = worldOf(exampleInventory())
const empty = worldOf(inventory({ clusters: [], namespaces: [] }))
const newRegistry = (more: object = {}) => ({
  kind: 'new' as const,
  service: discoveryInput(more),
  containerName: '',
  containerPort: null,
})

describe('what is new', () => {
  it('is a frame for a namespace', () => {
    const map = preview('create-namespace', namespaceInput(), empty)
    expect(map.topology.namespaces).toMatchObject([
      { id: 'namespace/step:namespace', name: 'shop.local', type: 'DNS_PRIVATE' },
    ])
    expect(map.marks).toEqual({ 'namespace/step:namespace': 'new' })
    expect([...map.ghosts]).toEqual(['namespace/step:namespace'])
  })

  it('is a card in its frame for a discovery service', () => {
    const map = preview('create-discovery-service', discoveryInput(), example)
    expect(card(map, 'api')).toMatchObject({
      id: 'discovery/step:discovery-service-api',
      namespace: 'namespace/ns-production.local',
      ecs: null,
      discovery: { dnsName: 'api.production.local', healthCheck: 'custom' },
    })
    expect(map.marks).toEqual({ 'discovery/step:discovery-service-api': 'new' })
  })

  it('is one card for an ECS service with its discovery service, with nothing running yet', () => {
    const map = preview('create-service', serviceInput({ registry: newRegistry() }), example)
    expect(card(map, 'api')).toMatchObject({
      id: 'service/default/api',
      cluster: 'cluster/default',
      namespace: 'namespace/ns-production.local',
      ecs: { desired: 2, running: 0, taskDefinition: 'api:new' },
      ports: [{ container: 'api', port: 8080, protocol: 'tcp', name: 'http' }],
      images: [{ container: 'api', image: 'api:1' }],
    })
    expect(map.topology.services.map((node) => node.id)).not.toContain('discovery/step:discovery-service-api')
    expect(map.marks).toEqual({ 'service/default/api': 'new' })
  })

  it('takes the place of the discovery service that stood alone', () => {
    const world = worldOf(inventory({ discoveryServices: [registry('api')] }))
    const registered = {
      kind: 'existing' as const,
      id: 'srv-api',
      recordTypes: ['A'],
      containerName: '',
      containerPort: null,
    }
    const map = preview('create-service', serviceInput({ registry: registered }), world)
    expect(map.topology.services.map((node) => node.id)).toEqual(['service/default/api'])
  })

  it('is a line to what the environment names', () => {
    const form = definitionForm({
      containers: [
        containerInput({
          environment: [{ name: 'BACKEND_URL', value: 'http://backend-api.production.local:8080' }],
        }),
      ],
    })
    const map = preview('create-service', serviceInput({ taskDefinition: { kind: 'form', form } }), example)
    const line = 'service/default/api->service/default/backend-api-service'
    expect(map.marks[line]).toBe('new')
    expect(map.topology.edges.find((edge) => edge.id === line)).toMatchObject({
      problem: null,
      evidence: [{ kind: 'declared', variable: 'BACKEND_URL' }],
    })
  })

  it('shows a name that does not exist as a gap', () => {
    const form = definitionForm({
      containers: [containerInput({ environment: [{ name: 'X', value: 'http://nobody.production.local' }] })],
    })
    const map = preview('create-service', serviceInput({ taskDefinition: { kind: 'form', form } }), example)
    expect(map.marks['missing/nobody.production.local']).toBe('new')
  })

  it('fills a gap that others call already', () => {
    const caller = definition('web', [container('web', { API: 'http://api.production.local:8080' })])
    const world = worldOf(inventory({ services: [service('web')], definitions: [caller] }))
    expect(world.topology.services.map((node) => node.id)).toContain('missing/api.production.local')
    const map = preview('create-service', serviceInput({ registry: newRegistry() }), world)
    expect(map.topology.services.map((node) => node.id)).toEqual([
      'service/default/api',
      'service/default/web',
    ])
    expect(map.topology.edges).toMatchObject([
      { id: 'service/default/web->service/default/api', target: 'service/default/api', problem: null },
    ])
    expect(map.marks['service/default/web->service/default/api']).toBe('new')
  })

  it('is a whole example with its lines, in a frame of its own', () => {
    const map = preview('deploy-example', examples.yelb.defaults, empty)
    expect(map.topology.services.map((node) => node.name).sort()).toEqual([
      'redis-server',
      'yelb-appserver',
      'yelb-db',
      'yelb-ui',
    ])
    expect(map.topology.edges.map((edge) => edge.id).sort()).toEqual([
      'service/yelb/yelb-appserver->service/yelb/redis-server',
      'service/yelb/yelb-appserver->service/yelb/yelb-db',
      'service/yelb/yelb-ui->service/yelb/yelb-appserver',
    ])
    expect(map.topology.edges.every((edge) => edge.problem === null)).toBe(true)
    expect(Object.values(map.marks).every((mark) => mark === 'new')).toBe(true)
  })

  it('is a cluster, and a card for tasks without a service', () => {
    expect(preview('create-cluster', clusterInput(), empty).marks).toEqual({ 'cluster/shop': 'new' })
    const world = worldOf(inventory({ definitions: [definition('web')] }))
    expect(preview('run-task', runInput(), world).marks).toEqual({ 'tasks/default/family:web': 'new' })
  })
})

describe('what changes', () => {
  const web = { clusterArn: clusterArn(), serviceArn: service('backend-api-service').arn }

  it('is the desired count', () => {
    const map = preview('scale', { ...web, desiredCount: 5, seenDesiredCount: 2 }, example)
    expect(card(map, 'backend-api')?.ecs).toMatchObject({ desired: 5, running: 2 })
    expect(map.marks).toEqual({ 'service/default/backend-api-service': 'changed' })
  })

  it('is what a new revision calls: a line comes, another goes', () => {
    const frontend = service('frontend-web-service')
    const text = JSON.stringify({
      family: 'frontend-web-service',
      networkMode: 'awsvpc',
      containerDefinitions: [
        { name: 'frontend', image: 'x:2', environment: [{ name: 'ADMIN', value: 'admin.production.local' }] },
      ],
    })
    const input = {
      clusterArn: clusterArn(),
      serviceArn: frontend.arn,
      fromArn: definitionArn('frontend-web-service'),
      text,
    }
    const map = preview('new-revision', input, example)
    expect(map.marks).toEqual({
      'service/default/frontend-web-service': 'changed',
      'service/default/frontend-web-service->service/default/backend-api-service': 'gone',
      'service/default/frontend-web-service->missing/admin.production.local': 'new',
      'missing/admin.production.local': 'new',
    })
    expect(card(map, 'frontend-web')?.images).toMatchObject([{ image: 'x:2' }])
  })

  it('is the card of a task that is stopped, whose dot goes', () => {
    const input = { clusterArn: clusterArn(), taskArn: task(1, 'x').arn, reason: '' }
    const map = preview('stop-task', input, example)
    expect(map.marks).toMatchObject({ 'service/default/backend-api-service': 'changed' })
    expect(Object.entries(map.marks).filter(([, mark]) => mark === 'gone')).toEqual([
      [`instance/${task(1, 'x').id}`, 'gone'],
    ])
  })
})

describe('what goes', () => {
  it('stays on the map, marked, with its dots and its lines', () => {
    const input = {
      clusterArn: clusterArn(),
      serviceArn: service('backend-api-service').arn,
      withDiscoveryService: true,
    }
    const map = preview('delete-service', input, example)
    expect(map.topology.services).toHaveLength(2)
    expect(map.marks).toMatchObject({
      'service/default/backend-api-service': 'gone',
      'service/default/frontend-web-service->service/default/backend-api-service': 'gone',
    })
    expect(map.marks['service/default/frontend-web-service']).toBeUndefined()
  })

  it('is a frame with all in it, and a cluster', () => {
    const input = { namespaceId: 'ns-production.local', withServices: true, deregisterInstances: true }
    const map = preview('delete-namespace', input, example)
    expect(map.marks['namespace/ns-production.local']).toBe('gone')
    expect(map.topology.services.every((node) => map.marks[node.id] === 'gone')).toBe(true)
    const cluster = preview('delete-cluster', { clusterArn: clusterArn(), withContents: true }, example)
    expect(cluster.marks['cluster/default']).toBe('gone')
  })

  it('is a lone discovery service', () => {
    const world = worldOf(inventory({ discoveryServices: [registry('legacy')] }))
    const map = preview(
      'delete-discovery-service',
      { discoveryServiceId: 'srv-legacy', deregisterInstances: false },
      world,
    )
    expect(map.marks).toEqual({ 'discovery/srv-legacy': 'gone' })
    expect(registryArn('legacy')).toContain('srv-legacy')
  })
})

it('leaves the map that it was given as it was', () => {
  const before = JSON.stringify(example.topology)
  preview(
    'delete-namespace',
    { namespaceId: 'ns-production.local', withServices: true, deregisterInstances: true },
    example,
  )
  preview('create-service', serviceInput({ registry: newRegistry() }), example)
  expect(JSON.stringify(example.topology)).toBe(before)
})
