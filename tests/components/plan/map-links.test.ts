import { describe, expect, it } from 'vitest'
import { mapHref, mapLinks } from '@/components/plan/map-links'
import { madeUpRun } from '../../support/made-up-runs'
import { makeNamespace, makeService, makeTopology } from '../../support/topology-fixtures'

const backend = makeService('backend-api')
const frontend = makeService('frontend-web')
const namespace = makeNamespace('production.local')
const topology = makeTopology({ services: [backend, frontend], namespaces: [namespace] })

describe('the way from a run to the map', () => {
  it('leads to the services it made', () => {
    const run = madeUpRun({ state: 'done' }, { outputs: { serviceArn: backend.ecs?.arn ?? '' } })
    expect(mapLinks(run, topology)).toEqual([
      { id: backend.id, name: 'backend-api', href: mapHref(backend.id) },
    ])
  })

  it('leads to a service by its discovery service', () => {
    const run = madeUpRun(
      { state: 'done' },
      { outputs: { discoveryServiceId: frontend.discovery?.serviceId ?? '' } },
    )
    expect(mapLinks(run, topology).map((link) => link.name)).toEqual(['frontend-web'])
  })

  it('leads to what a call named, where it made nothing', () => {
    const [first] = madeUpRun().plan.steps
    if (!first) throw new Error('the plan has a first step')
    const run = madeUpRun({
      plan: {
        ...madeUpRun().plan,
        steps: [{ ...first, command: 'ecs:UpdateService', input: { service: backend.ecs?.arn } }],
      },
    })
    expect(mapLinks(run, topology).map((link) => link.id)).toEqual([backend.id])
  })

  it('leads to the namespace when no service came of it', () => {
    const run = madeUpRun({ state: 'done' }, { outputs: { namespaceId: namespace.namespaceId } })
    expect(mapLinks(run, topology).map((link) => link.id)).toEqual([namespace.id])
  })

  it('leads nowhere when the map has nothing of it', () => {
    expect(mapLinks(madeUpRun({ state: 'undone' }), topology)).toEqual([])
  })

  it('keeps an id whole in the address', () => {
    expect(mapHref('service/default/a&b c')).toBe('/?selected=service%2Fdefault%2Fa%26b%20c')
  })
})
