import { describe, expect, it } from 'vitest'
import { describeEvidence, evidenceSentence, wireLabel } from '@/components/topology/evidence-words'
import {
  addressLine,
  addressParts,
  countStates,
  describeService,
  discoveryWord,
  instanceCount,
  isMissing,
} from '@/components/topology/state-words'
import type { ServiceNode } from '@/lib/topology/model'
import { makeEdge, makeRichTopology, makeService } from '../../support/topology-fixtures'

const topology = makeRichTopology()
function named(name: string): ServiceNode {
  const service = topology.services.find((each) => each.name === name)
  if (!service) throw new Error(`no ${name}`)
  return service
}

describe('describeService', () => {
  it('says name, counts and state', () =>
    expect(describeService(named('backend-api'))).toBe('backend-api, 3 of 3 running, steady'))
  it('adds what is odd about the instances', () =>
    expect(describeService(named('reports'))).toBe(
      'reports, 2 of 2 running, unhealthy, 1 failing, 1 unhealthy',
    ))
  it('says when ECS has no such service', () =>
    expect(describeService(named('legacy-ldap'))).toBe(
      'legacy-ldap, 2 instances in Cloud Map, no ECS service, no ECS service, 2 orphaned',
    ))
  it('says no counts for a name that nothing answers to', () =>
    expect(describeService(named('pricing'))).toBe('pricing, does not exist'))
})

describe('instanceCount', () => {
  it.each([
    ['user-service', '2/3'],
    ['nightly-batch', '0/0'],
    ['legacy-ldap', '2'],
    ['pricing', ''],
  ])('of %s is "%s"', (name, text) => expect(instanceCount(named(name))).toBe(text))
})

describe('addressParts', () => {
  it('keeps the port and the end of the name from being cut', () =>
    expect(addressParts(named('backend-api'))).toEqual(['backend-api.production', '.local:8080']))
  it('cuts a name without a port at its end', () => {
    const ports = [8080, 9090].map((port) => ({ container: 'c', port, protocol: 'tcp', name: null }))
    expect(addressParts(makeService('two', { ports }))).toEqual(['two.production.local', ''])
  })
  it('loses nothing of what stands in the line', () => {
    for (const service of makeRichTopology().services)
      expect(addressParts(service).join('')).toBe(addressLine(service))
  })
})

describe('addressLine', () => {
  it('is the name that others call, with the port', () =>
    expect(addressLine(named('backend-api'))).toBe('backend-api.production.local:8080'))
  it('leaves the port out when there are several', () => {
    const ports = [80, 81].map((port) => ({ container: 'c', port, protocol: 'tcp', name: null }))
    expect(addressLine(makeService('two', { ports }))).toBe('two.production.local')
  })
  it('says how an API-only service is found', () => {
    const service = makeService('api')
    const discovery = service.discovery && { ...service.discovery, dnsName: null, namespaceName: 'shop' }
    expect(addressLine({ ...service, discovery })).toBe('api in shop')
  })
  it('is the host that callers name, for one that does not exist', () =>
    expect(addressLine(named('pricing'))).toBe('pricing.production.local'))
  it('is the port alone outside of Cloud Map', () =>
    expect(addressLine(makeService('w', { in: null, port: 9000 }))).toBe(':9000'))
  it('says when there is no port either', () => expect(addressLine(named('worker'))).toBe('no port'))
})

describe('discoveryWord', () => {
  it('says the TTL', () => expect(discoveryWord(named('backend-api'))).toBe('DNS · 60 s'))
  it('says when nobody can find it', () => expect(discoveryWord(named('worker'))).toBe('not in Cloud Map'))
  it('says when only the API finds it', () => {
    const service = makeService('api')
    const discovery = service.discovery && { ...service.discovery, dnsRecords: [] }
    expect(discoveryWord({ ...service, discovery })).toBe('API only')
  })
})

describe('isMissing', () => {
  it('is what neither ECS nor Cloud Map has', () =>
    expect(topology.services.filter(isMissing).map((service) => service.name)).toEqual(['pricing']))
  it('is not a task that runs without a service, which is counted and has its ports', () => {
    const ports = [{ container: 'job', port: 7000, protocol: 'tcp', name: null }]
    const job = { ...makeService('job', { in: null, ports }), id: 'tasks/default/family:job', ecs: null }
    expect(isMissing(job)).toBe(false)
    expect(addressLine(job)).toBe(':7000')
    expect(instanceCount(job)).toBe(`${job.instances.length}`)
  })
})

describe('countStates', () => {
  it('counts each state', () =>
    expect(countStates(named('image-resizer').instances)).toEqual([
      ['healthy', 29],
      ['unhealthy', 1],
    ]))
})

describe('evidence', () => {
  const edge = makeEdge(named('frontend-web'), named('backend-api'))
  const atMs = new Date(2026, 0, 1, 14, 32).getTime()
  const verified = { kind: 'verified', atMs, instanceId: null, latencyMs: 3, isRecent: true } as const
  it('is called declared', () => expect(wireLabel(edge)).toBe('declared'))
  it('is called by what is wrong with it', () =>
    expect(wireLabel({ ...edge, problem: 'x' })).toBe('cannot reach'))
  it('is called verified once a call was answered', () =>
    expect(wireLabel({ ...edge, evidence: [...edge.evidence, verified] })).toBe('✓ 14:32'))
  it('has a tick before its traffic once a call was answered, and no more text than without', () => {
    const observed = {
      kind: 'observed',
      discoveryName: 'backend-api',
      requestsPerSecond: 12,
      bytesPerSecond: null,
      errorShare: 0,
      p50Ms: 4,
      p95Ms: 9,
      sinceMs: 1,
      lastSeenMs: 1,
    } as const
    const label = (requestsPerSecond: number) =>
      wireLabel({ ...edge, evidence: [{ ...observed, requestsPerSecond }, verified] })
    expect(wireLabel({ ...edge, evidence: [observed] })).toBe('12/s · 4 ms')
    expect(label(12)).toBe('✓ 12/s')
    expect(label(9)).toBe('✓ 9/s · 4 ms')
  })
  it('says that a call from inside a task was answered, how soon and when', () => {
    expect(evidenceSentence(verified)).toBe(
      'A call from inside a task of the caller was answered in 3 ms, at 14:32.',
    )
    expect(describeEvidence({ ...edge, evidence: [verified] }, ['a', 'b'])).toBe(
      'Connection from a to b, verified by a call from inside a task at 14:32',
    )
  })
  it('names container, variable and host', () =>
    expect(edge.evidence.map(evidenceSentence)).toEqual([
      'Container frontend-web has BACKEND_API_URL in its environment, which names backend-api.production.local:8080.',
    ]))
  it('is spoken whole, with the problem', () =>
    expect(describeEvidence({ ...edge, problem: 'It has no instance.' }, ['a', 'b'])).toBe(
      'Connection from a to b, declared by BACKEND_API_URL. Cannot work: It has no instance.',
    ))
})
