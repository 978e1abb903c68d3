import { describe, expect, it } from 'vitest'
import {
  createDiscoveryServiceInput,
  discoveryConflicts,
  namespaceTypes,
  recordSets,
} from '@/lib/changes/inputs/create-discovery-service'
import { discoveryInput, namespaceInput } from '../../../support/change-inputs'
import { issuesOf } from '../../../support/issues'

const issues = (more: object) => issuesOf(createDiscoveryServiceInput, { ...discoveryInput(), ...more })
const inType = (type: (typeof namespaceTypes)[number]) => ({ kind: 'existing', id: 'ns-1', type })
const route53 = { kind: 'route53', type: 'HTTP', resourcePath: '/health', failureThreshold: 1 }

describe('the name of a discovery service', () => {
  it.each(['backend-api', '_http._tcp', 'a', 'A_b.c', '.', 'x'.repeat(63)])('may be %s', (name) =>
    expect(issues({ name })).toEqual([]),
  )

  it.each([
    ['', 'Give the discovery service a name.'],
    ['a b', 'Only letters, digits, hyphens and underscores, parted by dots; no spaces.'],
    ['a..b', 'A dot stands between two parts: none at the start or end, and no two in a row.'],
    ['-a', 'No part may start or end with a hyphen.'],
    ['a-', 'No part may start or end with a hyphen.'],
    ['x'.repeat(64), 'Each part between dots has at most 63 characters.'],
    ['ab.'.repeat(43), 'The name has at most 127 characters.'],
    ['`touch x`', 'Only letters, digits, hyphens and underscores, parted by dots; no spaces.'],
  ])('may not be %j', (name, message) => expect(issues({ name })).toContain(`name: ${message}`))
})

describe('what is not possible together', () => {
  it.each([
    [
      'DNS records in an HTTP namespace',
      { namespace: inType('HTTP'), records: 'A' },
      'records: An HTTP namespace has no DNS: its services are found by the DiscoverInstances API only.',
    ],
    [
      'a CNAME for tasks of ECS',
      { records: 'CNAME', routing: 'WEIGHTED' },
      'records: ECS registers addresses, and a CNAME holds a name: choose A, AAAA or SRV for tasks.',
    ],
    [
      'a CNAME with many answers',
      { records: 'CNAME', forEcsTasks: false },
      'routing: A CNAME has one answer at a time: only weighted routing gives that.',
    ],
    [
      'a Route 53 check in a private namespace',
      { health: route53, forEcsTasks: false },
      'health.kind: Route 53 checks from the internet and reaches no private address: choose custom health, or none.',
    ],
    [
      'a Route 53 check of a CNAME',
      {
        namespace: inType('DNS_PUBLIC'),
        records: 'CNAME',
        routing: 'WEIGHTED',
        health: route53,
        forEcsTasks: false,
      },
      'health.kind: Cloud Map makes no Route 53 health check for a CNAME.',
    ],
    [
      'a Route 53 check of tasks',
      { namespace: inType('DNS_PUBLIC'), health: route53 },
      'health.kind: ECS registers private addresses, which Route 53 cannot reach: choose custom health for tasks.',
    ],
    [
      'a path for a TCP check',
      { namespace: inType('DNS_PUBLIC'), health: { ...route53, type: 'TCP' }, forEcsTasks: false },
      'health.resourcePath: A TCP check asks for no path.',
    ],
  ])('says why, at the field: %s', (_name, more, message) => expect(issues(more)).toEqual([message]))

  it.each([
    ['a CNAME for others, weighted', { records: 'CNAME', routing: 'WEIGHTED', forEcsTasks: false }],
    ['no records in an HTTP namespace', { namespace: inType('HTTP'), records: 'NONE' }],
    ['no records in a DNS namespace', { records: 'NONE' }],
    [
      'Route 53 in a public namespace',
      { namespace: inType('DNS_PUBLIC'), health: route53, forEcsTasks: false },
    ],
    [
      'Route 53 in an HTTP namespace',
      { namespace: inType('HTTP'), records: 'NONE', health: route53, forEcsTasks: false },
    ],
    ['both families of addresses', { records: 'A_AAAA' }],
    ['SRV', { records: 'SRV' }],
    ['weighted addresses', { routing: 'WEIGHTED' }],
  ])('but this is: %s', (_name, more) => expect(issues(more)).toEqual([]))

  it('is found in every combination by the same rules that lock the form', () => {
    for (const namespaceType of namespaceTypes)
      for (const records of recordSets)
        for (const routing of ['MULTIVALUE', 'WEIGHTED'] as const)
          for (const forEcsTasks of [true, false])
            for (const health of ['custom', 'none', 'route53'] as const) {
              const conflicts = discoveryConflicts({ namespaceType, records, routing, health, forEcsTasks })
              const told = issues({
                namespace: inType(namespaceType),
                records,
                routing,
                forEcsTasks,
                health: health === 'route53' ? route53 : { kind: health },
              })
              expect(told).toHaveLength(conflicts.length)
            }
  })
})

describe('a namespace of the same plan', () => {
  it('is checked with it', () => {
    const bad = { kind: 'new', namespace: namespaceInput({ name: 'a..b' }) }
    expect(issues({ namespace: bad })).toEqual([
      'namespace.namespace.name: A dot stands between two parts: none at the start or end, and no two in a row.',
    ])
    const http = { kind: 'new', namespace: { type: 'HTTP', name: 'apps', description: '', tags: [] } }
    expect(issues({ namespace: http })).toEqual([
      'records: An HTTP namespace has no DNS: its services are found by the DiscoverInstances API only.',
    ])
  })

  it.each([
    [{ ttlSeconds: -1 }, 'ttlSeconds: The TTL is a whole number from 0 to 2,147,483,647.'],
    [{ namespace: { kind: 'existing', id: '', type: 'HTTP' } }, 'namespace.id: Choose a namespace.'],
    [
      {
        namespace: inType('DNS_PUBLIC'),
        forEcsTasks: false,
        health: { ...route53, failureThreshold: 11 },
      },
      'health.failureThreshold: The number of failed checks is a whole number from 1 to 10.',
    ],
  ])('and every field by itself: %o', (more, message) => expect(issues(more)).toContain(message))
})
