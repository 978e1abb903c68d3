import { describe, expect, it } from 'vitest'
import { firstTaskPlace, networkOf } from '@/components/plan/task-place'

const subnet = (id: string, vpcId: string) => ({
  id,
  name: null,
  vpcId,
  cidr: '10.0.0.0/24',
  availabilityZone: 'us-east-1a',
  mapsPublicIp: false,
})
const choices = {
  clusters: [
    { arn: 'arn:gone', name: 'gone', status: 'DEPROVISIONING', serviceConnectNamespace: null },
    { arn: 'arn:default', name: 'default', status: 'ACTIVE', serviceConnectNamespace: null },
  ],
  network: {
    vpcs: [
      { id: 'vpc-1', name: null, cidr: '10.0.0.0/16', isDefault: false },
      { id: 'vpc-2', name: null, cidr: '10.1.0.0/16', isDefault: true },
    ],
    subnets: [subnet('subnet-1', 'vpc-1'), subnet('subnet-2', 'vpc-2')],
    securityGroups: [],
  },
}

describe('where a pasted task definition runs', () => {
  it('is an active cluster and a subnet of the default VPC', () => {
    expect(firstTaskPlace(choices)).toEqual({
      clusterArn: 'arn:default',
      count: 1,
      subnetId: 'subnet-2',
      assignPublicIp: false,
    })
  })

  it('is nowhere without a cluster', () => {
    expect(firstTaskPlace({ ...choices, clusters: [] })).toBe(null)
  })

  it('has no network when none could be read', () => {
    const bare = { ...choices, network: { vpcs: [], subnets: [], securityGroups: [] } }
    const place = firstTaskPlace(bare)
    expect(place?.subnetId).toBe(null)
    expect(place && networkOf(bare, place)).toBe(null)
  })

  it('has the chosen subnet', () => {
    const place = firstTaskPlace(choices)
    expect(place && networkOf(choices, { ...place, assignPublicIp: true })).toEqual({
      subnets: ['subnet-2'],
      securityGroups: [],
      assignPublicIp: true,
    })
  })
})
