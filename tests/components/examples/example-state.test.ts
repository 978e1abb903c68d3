import { describe, expect, it } from 'vitest'
import { exampleState, leftovers } from '@/components/examples/example-state'
import { serviceToService } from '@/lib/changes/examples/service-to-service'
import type { ServiceNode } from '@/lib/topology/model'
import { makeInstance, makeNamespace, makeService, makeTopology } from '../../support/topology-fixtures'

const { defaults } = serviceToService
const namespace = makeNamespace('production.local')
const frontend = makeService('frontend-web', { port: 3000 })
const backend = makeService('backend-api', { running: 2 })
const topologyOf = (...services: readonly ServiceNode[]) =>
  makeTopology({ namespaces: [namespace], services })

describe('the state of an example', () => {
  it('is not deployed where nothing of it is', () => {
    const state = exampleState(defaults, makeTopology())
    expect(state.kind).toBe('not deployed')
    expect(state.services.size).toBe(0)
  })

  it('is deployed when all its services run and are found', () => {
    const state = exampleState(defaults, topologyOf(frontend, backend))
    expect(state.kind).toBe('deployed')
    expect([...state.services.keys()].toSorted()).toEqual(['backend-api', 'frontend-web'])
  })

  it('is changing while a task is not taken as healthy, or does not run yet', () => {
    const starting = makeService('backend-api', {
      running: 1,
      instances: [makeInstance('one', { state: 'starting' })],
    })
    expect(exampleState(defaults, topologyOf(frontend, starting)).kind).toBe('changing')
    const short = makeService('backend-api', { running: 1, desired: 2 })
    expect(exampleState(defaults, topologyOf(frontend, short)).kind).toBe('changing')
  })

  it('is partly deployed when a service is missing, or only its name is there', () => {
    expect(exampleState(defaults, topologyOf(backend)).kind).toBe('partly')
    const name = { ...frontend, ecs: null, instances: [] }
    expect(exampleState(defaults, topologyOf(name, backend)).kind).toBe('partly')
  })

  it('is deployed when a service left its registry for Service Connect, whose empty name stands beside it', () => {
    const left = { ...backend, id: 'discovery/srv-1', ecs: null, instances: [] }
    const moved = { ...backend, name: 'backend-api', discovery: null }
    const state = exampleState(defaults, topologyOf(frontend, left, moved))
    expect(state.kind).toBe('deployed')
    expect(state.services.get('backend-api')?.id).toBe(backend.id)
    expect(state.foreign).toEqual([])
  })

  it('says whose the names are when another service has them', () => {
    const other = backend.ecs && { ...backend, ecs: { ...backend.ecs, serviceName: 'billing' } }
    if (!other) throw new Error('the fixture has an ECS service')
    const state = exampleState(defaults, topologyOf(frontend, other))
    expect(state.kind).toBe('taken')
    expect(state.foreign).toEqual(['backend-api is the service billing'])
    expect(state.services.has('backend-api')).toBe(false)
  })

  it('is about the namespace that is meant', () => {
    const elsewhere = { ...defaults, namespaceName: 'staging.local' }
    expect(exampleState(elsewhere, topologyOf(frontend, backend)).kind).toBe('not deployed')
  })

  it('does not take a namespace of another type for its own', () => {
    const http = makeTopology({
      namespaces: [makeNamespace('production.local', 'HTTP')],
      services: [frontend, backend],
    })
    expect(exampleState(defaults, http).kind).toBe('not deployed')
  })
})

describe('what is left of an example', () => {
  it('is nothing on an empty map', () => {
    expect(leftovers(defaults, makeTopology({ clusters: [] }))).toEqual([])
  })

  it('is what is still there, by name', () => {
    expect(leftovers(defaults, topologyOf(backend))).toEqual([
      'backend-api',
      'namespace production.local',
      'cluster default',
    ])
  })
})
