import { describe, expect, it } from 'vitest'
import { findConnections } from '@/components/inspector/connections'
import { consoleLink } from '@/components/inspector/console-link'
import { awsTarget, localTarget, makeRichTopology, makeService } from '../../support/topology-fixtures'

const service = makeService('backend-api')

describe('consoleLink', () => {
  it('leads to the service, with the region in both places', () =>
    expect(consoleLink(awsTarget, service)).toBe(
      'https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/default/services/backend-api-service?region=eu-central-1',
    ))
  it('is not there for the local cloud', () => expect(consoleLink(localTarget, service)).toBeNull())
  it('is not there for a custom endpoint', () =>
    expect(consoleLink({ ...awsTarget, kind: 'endpoint' }, service)).toBeNull())
  it('is not there for partitions with another console', () => {
    const ecs = service.ecs && { ...service.ecs, arn: service.ecs.arn.replace('arn:aws:', 'arn:aws-cn:') }
    expect(consoleLink(awsTarget, { ...service, ecs })).toBeNull()
  })
  it('is not there for what ECS does not run', () =>
    expect(consoleLink(awsTarget, { ...service, ecs: null })).toBeNull())
  it('cannot be led elsewhere by a name', () => {
    const link = consoleLink(
      { ...awsTarget, region: 'evil.example/#' },
      { ...service, cluster: 'cluster/../../x' },
    )
    expect(link).not.toBeNull()
    expect(link).toContain('clusters/..%2F..%2Fx/')
    expect(link?.startsWith('https://evil.example%2F%23.console.aws.amazon.com/')).toBe(true)
  })
})

describe('findConnections', () => {
  const topology = makeRichTopology()
  it('finds both directions by name', () => {
    const { calledBy, calls } = findConnections(topology, 'service/default/backend-api-service')
    expect(calledBy.map(({ peer }) => peer.name)).toEqual(['frontend-web', 'worker'])
    expect(calls.map(({ peer }) => peer.name)).toEqual(['pricing', 'reports', 'user-service'])
  })
  it('is empty for who talks to nobody', () =>
    expect(findConnections(topology, 'service/default/nightly-batch-service')).toEqual({
      calledBy: [],
      calls: [],
    }))
  it('leaves out an edge whose other end is not on the map', () => {
    const services = topology.services.filter((each) => each.name !== 'worker')
    const { calledBy } = findConnections({ ...topology, services }, 'service/default/backend-api-service')
    expect(calledBy.map(({ peer }) => peer.name)).toEqual(['frontend-web'])
  })
})
