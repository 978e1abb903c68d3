import { describe, expect, it } from 'vitest'
import { findSelection, findService, pickCallTarget } from '@/components/topology/selection'
import { makeRichTopology, makeService, makeTopology } from '../../support/topology-fixtures'

const topology = makeRichTopology()
const backend = 'service/default/backend-api-service'

describe('findSelection', () => {
  it.each([
    [backend, 'service'],
    [`service/default/frontend-web-service->${backend}`, 'edge'],
    ['namespace/ns-production.local', 'namespace'],
    ['cluster/default', 'cluster'],
    ['service/default/deleted', 'gone'],
    ['<script>', 'gone'],
  ])('takes %s as %s', (id, kind) => expect(findSelection(topology, id)?.kind).toBe(kind))
  it('is nothing without an id', () => expect(findSelection(topology, null)).toBeNull())
  it('knows both ends of a connection', () => {
    const found = findSelection(topology, `service/default/frontend-web-service->${backend}`)
    expect(found).toMatchObject({ caller: { name: 'frontend-web' }, callee: { name: 'backend-api' } })
  })
})

describe('pickCallTarget', () => {
  it('takes the wanted one', () =>
    expect(pickCallTarget(topology, 'service/default/reports-service')?.name).toBe('reports'))
  it('takes one that somebody calls when none is wanted', () => {
    const picked = pickCallTarget(topology, null)
    expect(topology.edges.some((edge) => edge.target === picked?.id)).toBe(true)
  })
  it('takes another when the wanted one is gone', () =>
    expect(pickCallTarget(topology, 'nope')?.discovery).toBeTruthy())
  it('takes one without a name in Cloud Map when it is wanted', () =>
    expect(pickCallTarget(topology, 'service/default/worker-service')?.name).toBe('worker'))
  it('takes one that nobody calls rather than none', () => {
    const lonely = makeTopology({ services: [makeService('lonely')] })
    expect(pickCallTarget(lonely, null)?.name).toBe('lonely')
  })
  it('finds none on an empty map', () => expect(pickCallTarget(makeTopology(), null)).toBeNull())
})

describe('findService', () => {
  it('finds by id only', () => {
    expect(findService(topology, backend)?.name).toBe('backend-api')
    expect(findService(topology, 'backend-api')).toBeNull()
  })
})
