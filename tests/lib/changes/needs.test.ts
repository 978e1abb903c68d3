import { describe, expect, it } from 'vitest'
import { needsOf } from '@/lib/changes/needs'
import {
  definition,
  definitionArn,
  exampleInventory,
  inventory,
  namespace,
  registry,
  registryArn,
  service,
} from '../../support/inventory'
import { worldOf } from '../../support/world'

const world = worldOf(exampleInventory())
const nothing = { definitionArns: [], tagArns: [], services: [], revisionArns: [] }

describe('what is read beside the map', () => {
  it('is nothing for most changes', () => {
    for (const kind of ['scale', 'create-namespace', 'redeploy', 'delete-cluster', 'nonsense'])
      expect(needsOf(kind, { clusterArn: 'x' }, world)).toEqual(nothing)
  })

  it('is the revision that a new service or task shall run, unless it is known', () => {
    const input = { taskDefinition: { kind: 'existing', arn: definitionArn('web') } }
    const known = worldOf(inventory({ services: [service('web')], definitions: [definition('web')] }))
    for (const kind of ['create-service', 'run-task']) {
      expect(needsOf(kind, input, world).definitionArns).toEqual([definitionArn('web')])
      expect(needsOf(kind, input, known)).toEqual(nothing)
    }
    expect(needsOf('create-service', { taskDefinition: { kind: 'form' } }, world)).toEqual(nothing)
  })

  it('is where a service runs its tasks, for one more task like them', () => {
    const { arn, clusterArn } = service('backend-api-service')
    expect(needsOf('run-service-task', { serviceArn: arn }, world)).toEqual({
      ...nothing,
      services: [{ clusterArn, arn }],
    })
  })

  it('is the tags of what a deletion would delete in Cloud Map', () => {
    const tags = (kind: string, input: unknown) => needsOf(kind, input, world).tagArns
    expect(tags('delete-service', { serviceArn: service('backend-api-service').arn })).toEqual([
      registryArn('backend-api'),
    ])
    expect(tags('delete-discovery-service', { discoveryServiceId: 'srv-frontend-web' })).toEqual([
      registryArn('frontend-web'),
    ])
    const all = [namespace().arn, registryArn('backend-api'), registryArn('frontend-web')]
    expect(tags('delete-namespace', { namespaceId: 'ns-production.local' })).toEqual(all)
    expect(
      tags('remove-example', { example: 'service-to-service', namespaceName: 'production.local' }),
    ).toEqual(all)
    expect(tags('remove-example', { example: 'yelb', namespaceName: 'production.local' })).toEqual([
      namespace().arn,
    ])
  })

  it('is bounded, and takes any input', () => {
    const many = worldOf(
      inventory({ discoveryServices: Array.from({ length: 200 }, (_, index) => registry(`s${index}`)) }),
    )
    expect(needsOf('delete-namespace', { namespaceId: 'ns-production.local' }, many).tagArns).toHaveLength(60)
    for (const input of [null, undefined, 3, 'x', [], { taskDefinition: 7 }, { serviceArn: {} }])
      for (const kind of ['create-service', 'delete-service', 'delete-namespace', 'remove-example'])
        expect(needsOf(kind, input, worldOf(inventory({ namespaces: [] })))).toEqual(nothing)
  })
})
