import { describe, expect, it } from 'vitest'
import { networkOf } from '@/lib/emulator/ec2/network'
import { ec2Operations } from '@/lib/emulator/ec2/operations'
import { codeOf, errorOf } from '../../../support/api-errors'
import { makeTestContext, testScope } from '../../../support/test-context'

const context = makeTestContext()
const network = networkOf(testScope)
const ask = (operation: string, fields: Record<string, string> = {}) =>
  JSON.parse(JSON.stringify(ec2Operations[operation]?.(context, new URLSearchParams(fields))))

describe('the network of the local cloud', () => {
  it('is the same after every start, and another in every account and region', () => {
    expect(networkOf({ ...testScope })).toEqual(network)
    expect(network.vpc.id).toMatch(/^vpc-0[0-9a-f]{16}$/)
    expect(networkOf({ ...testScope, region: 'eu-west-1' }).vpc.id).not.toBe(network.vpc.id)
    expect(networkOf({ ...testScope, accountId: '999999999999' }).vpc.id).not.toBe(network.vpc.id)
  })

  const inDefault = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': 'vpc-default' }

  it('has one default VPC, three subnets on loopback, and one security group', () => {
    const isDefault = { 'Filter.1.Name': 'is-default', 'Filter.1.Value.1': 'true' }
    expect(ask('DescribeVpcs', isDefault).vpcSet).toMatchObject([
      { vpcId: network.vpc.id, isDefault: true, cidrBlock: '127.0.0.0/8' },
    ])
    expect(
      ask('DescribeSubnets', inDefault).subnetSet.map(
        (subnet: { availabilityZone: string }) => subnet.availabilityZone,
      ),
    ).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c'])
    for (const { cidr } of network.subnets) expect(cidr).toMatch(/^127\.\d+\.0\.0\/10$/)
    expect(ask('DescribeSecurityGroups', inDefault).securityGroupInfo).toMatchObject([
      { groupName: 'default', vpcId: network.vpc.id },
    ])
  })

  it('has a second VPC, so that there is something to choose', () => {
    const [, second] = ask('DescribeVpcs').vpcSet
    expect(second).toMatchObject({ isDefault: false, cidrBlock: '127.192.0.0/10' })
    expect(second.vpcId).not.toBe(network.vpc.id)
    const inside = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': second.vpcId }
    const { subnetSet } = ask('DescribeSubnets', inside)
    expect(subnetSet).toMatchObject([
      {
        vpcId: second.vpcId,
        defaultForAz: false,
        availabilityZone: 'us-east-1a',
        tagSet: [{ value: 'second-private-a' }],
      },
      {
        vpcId: second.vpcId,
        defaultForAz: false,
        availabilityZone: 'us-east-1b',
        tagSet: [{ value: 'second-private-b' }],
      },
    ])
    const { securityGroupInfo } = ask('DescribeSecurityGroups', inside)
    expect(securityGroupInfo).toMatchObject([
      { groupName: 'default' },
      {
        groupName: 'web',
        groupDescription: expect.stringContaining('HTTP from anywhere'),
        ipPermissions: [{ ipProtocol: 'tcp', fromPort: 80, toPort: 80 }],
      },
      { groupName: 'internal', groupDescription: expect.stringContaining('between its members') },
    ])
    const ids = [...ask('DescribeSubnets').subnetSet].map(({ subnetId }) => subnetId)
    expect(new Set(ids).size).toBe(5)
  })

  it('has three zones', () => {
    expect(ask('DescribeAvailabilityZones').availabilityZoneInfo).toMatchObject([
      { zoneName: 'us-east-1a', zoneId: 'us-east-1-az1', zoneState: 'available', regionName: 'us-east-1' },
      { zoneName: 'us-east-1b' },
      { zoneName: 'us-east-1c' },
    ])
    expect(
      ask('DescribeAvailabilityZones', { 'ZoneName.1': 'us-east-1b' }).availabilityZoneInfo,
    ).toHaveLength(1)
    expect(
      ask('DescribeAvailabilityZones', { 'ZoneId.1': 'us-east-1-az3' }).availabilityZoneInfo,
    ).toMatchObject([{ zoneName: 'us-east-1c' }])
  })

  it('answers to vpc-default', () => {
    expect(ask('DescribeVpcs', { 'VpcId.1': 'vpc-default' }).vpcSet).toHaveLength(1)
    const filter = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': 'vpc-default' }
    expect(ask('DescribeSubnets', filter).subnetSet).toHaveLength(3)
  })

  it('is narrowed by ids and filters, with wildcards', () => {
    const [subnet] = network.subnets
    expect(ask('DescribeSubnets', { 'SubnetId.1': subnet?.id ?? '' }).subnetSet).toHaveLength(1)
    const zones = {
      'Filter.1.Name': 'availability-zone',
      'Filter.1.Value.1': '*a',
      'Filter.1.Value.2': 'us-east-1?',
    }
    expect(ask('DescribeSubnets', zones).subnetSet).toHaveLength(5)
    const none = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': 'vpc-other' }
    expect(ask('DescribeSubnets', none).subnetSet).toEqual([])
    const both = {
      'Filter.1.Name': 'vpc-id',
      'Filter.1.Value.1': network.vpc.id,
      'Filter.2.Name': 'cidr',
      'Filter.2.Value.1': '10.0.0.0/8',
    }
    expect(ask('DescribeSubnets', both).subnetSet).toEqual([])
  })

  it.each([
    ['DescribeVpcs', { 'VpcId.1': 'vpc-0' }, 'InvalidVpcID.NotFound'],
    ['DescribeSubnets', { 'SubnetId.1': 'subnet-0' }, 'InvalidSubnetID.NotFound'],
    ['DescribeSecurityGroups', { 'GroupId.1': 'sg-0' }, 'InvalidGroup.NotFound'],
    ['DescribeSecurityGroups', { 'GroupName.1': 'web' }, 'InvalidGroup.NotFound'],
    ['DescribeAvailabilityZones', { 'ZoneName.1': 'us-east-1z' }, 'InvalidParameterValue'],
    ['DescribeAvailabilityZones', { 'ZoneId.1': 'az9' }, 'InvalidParameterValue'],
    ['DescribeVpcs', { 'Filter.1.Name': 'colour', 'Filter.1.Value.1': 'red' }, 'InvalidParameterValue'],
    ['DescribeVpcs', { 'Filter.1.Name': '__proto__', 'Filter.1.Value.1': 'red' }, 'InvalidParameterValue'],
  ])('%s refuses %j as %s', (operation, fields, code) => {
    expect(codeOf(() => ask(operation, fields))).toBe(code)
  })

  it.each([
    ['127.*', true],
    ['*', true],
    ['**', true],
    ['127.0.0.0/?', true],
    ['*0*0*', true],
    ['127.0.0.0/8*', true],
    ['127.0.0.0', false],
    ['?127.0.0.0/8', false],
    ['*9', false],
    ['', false],
  ])('takes the pattern %j for its range: %s', (pattern, expected) => {
    const filter = { 'Filter.1.Name': 'cidr', 'Filter.1.Value.1': pattern }
    const ids = ask('DescribeVpcs', filter).vpcSet.map(({ vpcId }: { vpcId: string }) => vpcId)
    expect(ids.includes(network.vpc.id)).toBe(expected)
  })

  it('is not slowed down by a hostile wildcard', () => {
    const hostile = { 'Filter.1.Name': 'cidr', 'Filter.1.Value.1': `${'*?'.repeat(10_000)}x` }
    expect(ask('DescribeVpcs', hostile).vpcSet).toEqual([])
    expect(errorOf(() => ask('DescribeVpcs', { 'VpcId.1': 'x'.repeat(10_000) })).message.length).toBeLessThan(
      200,
    )
  })
})
