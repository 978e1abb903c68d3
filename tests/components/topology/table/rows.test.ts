import { describe, expect, it } from 'vitest'
import { buildRows, stateRank } from '@/components/topology/table/rows'
import { makeRichTopology } from '../../../support/topology-fixtures'

const topology = makeRichTopology()
const rows = buildRows(topology, null, 'namespace')
const row = (name: string) => rows.find((each) => each.name === name)

describe('buildRows', () => {
  it('has a row for every card of the map', () =>
    expect(rows.map((each) => each.id).toSorted()).toEqual(
      topology.services.map((each) => each.id).toSorted(),
    ))
  it('stands in the order of the map: by namespace, then by name, what is outside last', () =>
    expect(rows.map((each) => each.name)).toEqual([
      'image-resizer',
      'thumbnails',
      'uploads',
      'backend-api',
      'frontend-web',
      'legacy-ldap',
      'pricing',
      'reports',
      'user-service',
      'nightly-batch',
      'worker',
    ]))
  it('says the same as a card', () =>
    expect(row('backend-api')).toMatchObject({
      namespace: 'production.local',
      cluster: 'default',
      status: 'steady',
      running: 3,
      desired: 3,
      address: 'backend-api.production.local',
      ports: '8080',
      calledBy: 'frontend-web, worker',
      calls: 'pricing, reports, user-service',
    }))
  it('says which service calls something that cannot work', () =>
    expect(rows.filter((each) => each.problem).map((each) => each.name)).toEqual(['backend-api']))
  it('has no counts for what ECS does not run', () =>
    expect(row('legacy-ldap')).toMatchObject({ running: null, desired: null }))
  it('has a dash for what is not there', () =>
    expect(row('worker')).toMatchObject({ namespace: '–', address: '–', ports: '–', calledBy: '–' }))
  it('leaves out what does not match', () =>
    expect(
      buildRows(topology, new Set([row('worker')?.id ?? '']), 'namespace').map((each) => each.name),
    ).toEqual(['worker']))
  it('is one list by name when flat', () => {
    const names = buildRows(topology, null, 'flat').map((each) => each.name)
    expect(names).toEqual(names.toSorted())
  })
})

describe('stateRank', () => {
  it('has the worst first', () =>
    expect(
      (['ok', 'off', 'busy', 'warn', 'bad'] as const).toSorted((a, b) => stateRank(a) - stateRank(b)),
    ).toEqual(['bad', 'warn', 'busy', 'off', 'ok']))
})
