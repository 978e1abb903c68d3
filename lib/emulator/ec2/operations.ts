import { makeArn } from '../arn'
import { ApiError } from '../wire/api-error'
import type { QueryOperation } from '../wire/query-service'
import { defaultVpcAlias, networkOf, type Vpc } from './network'
import { filtersOf, listOf, passes } from './query'

/** Takes the ones whose id was asked for; throws `notFoundCode` when one is not there, as EC2 does. */
function byId<T extends { readonly id: string }>(
  all: readonly T[],
  ids: readonly string[],
  notFoundCode: string,
): T[] {
  const unknown = ids.find((id) => !all.some((one) => one.id === id))
  if (unknown !== undefined) {
    throw new ApiError(notFoundCode, `The ID '${unknown.slice(0, 100)}' does not exist`)
  }
  return all.filter(({ id }) => ids.length === 0 || ids.includes(id))
}

/** What a VPC may be called in a filter. */
const namesOf = ({ id, isDefault }: Vpc): string[] => (isDefault ? [id, defaultVpcAlias] : [id])

const describeVpcs: QueryOperation = ({ scope }, fields) => {
  const { vpc: usual, all } = networkOf(scope)
  const asked = listOf(fields, 'VpcId').map((id) => (id === defaultVpcAlias ? usual.id : id))
  const filters = filtersOf(fields)
  const found = byId(all.vpcs, asked, 'InvalidVpcID.NotFound').filter((vpc) =>
    passes(filters, {
      'vpc-id': namesOf(vpc),
      cidr: vpc.cidr,
      'cidr-block-association.cidr-block': vpc.cidr,
      'is-default': String(vpc.isDefault),
      isDefault: String(vpc.isDefault),
      state: 'available',
      'owner-id': scope.accountId,
      'tag:Name': vpc.name,
      'tag-key': 'Name',
    }),
  )
  return {
    vpcSet: found.map(({ id, cidr, name, isDefault }) => ({
      vpcId: id,
      ownerId: scope.accountId,
      state: 'available',
      cidrBlock: cidr,
      cidrBlockAssociationSet: [
        {
          associationId: id.replace('vpc-', 'vpc-cidr-assoc-'),
          cidrBlock: cidr,
          cidrBlockState: { state: 'associated' },
        },
      ],
      instanceTenancy: 'default',
      isDefault,
      tagSet: [{ key: 'Name', value: name }],
    })),
  }
}

/** AWS takes five addresses of each subnet for itself (VPC user guide, "Subnet CIDR blocks"). */
const freeAddresses = (cidr: string): number => 2 ** (32 - Number(cidr.split('/')[1])) - 5

const describeSubnets: QueryOperation = ({ scope }, fields) => {
  const { all } = networkOf(scope)
  const filters = filtersOf(fields)
  const found = byId(all.subnets, listOf(fields, 'SubnetId'), 'InvalidSubnetID.NotFound').filter((subnet) =>
    passes(filters, {
      'subnet-id': subnet.id,
      'vpc-id': namesOf(subnet.vpc),
      'availability-zone': subnet.zone,
      availabilityZone: subnet.zone,
      'availability-zone-id': subnet.zoneId,
      'cidr-block': subnet.cidr,
      cidr: subnet.cidr,
      'default-for-az': String(subnet.vpc.isDefault),
      defaultForAz: String(subnet.vpc.isDefault),
      state: 'available',
      'owner-id': scope.accountId,
      'map-public-ip-on-launch': 'false',
      'tag:Name': subnet.name,
      'tag-key': 'Name',
    }),
  )
  return {
    subnetSet: found.map((subnet) => ({
      subnetId: subnet.id,
      subnetArn: makeArn('ec2', scope, `subnet/${subnet.id}`),
      state: 'available',
      ownerId: scope.accountId,
      vpcId: subnet.vpc.id,
      cidrBlock: subnet.cidr,
      availableIpAddressCount: freeAddresses(subnet.cidr),
      availabilityZone: subnet.zone,
      availabilityZoneId: subnet.zoneId,
      defaultForAz: subnet.vpc.isDefault,
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      tagSet: [{ key: 'Name', value: subnet.name }],
    })),
  }
}

const describeSecurityGroups: QueryOperation = ({ scope }, fields) => {
  const { all, vpc: usual } = networkOf(scope)
  const filters = filtersOf(fields)
  const names = listOf(fields, 'GroupName')
  // Names are for the default VPC; groups of others are asked for by id or by filter (EC2 API reference).
  const named = all.securityGroups.filter(({ vpc, name }) => vpc === usual && names.includes(name))
  const unknownName = names.find((name) => !named.some((group) => group.name === name))
  if (unknownName !== undefined) {
    throw new ApiError(
      'InvalidGroup.NotFound',
      `The security group '${unknownName.slice(0, 100)}' does not exist in default VPC '${usual.id}'`,
    )
  }
  const asked = [...listOf(fields, 'GroupId'), ...named.map(({ id }) => id)]
  const found = byId(all.securityGroups, asked, 'InvalidGroup.NotFound').filter(
    ({ id, name, description, vpc }) =>
      passes(filters, {
        'group-id': id,
        'group-name': name,
        description,
        'vpc-id': namesOf(vpc),
        'owner-id': scope.accountId,
      }),
  )
  const everything = { ipProtocol: '-1' }
  const anywhere = { ipRanges: [{ cidrIp: '0.0.0.0/0' }] }
  return {
    securityGroupInfo: found.map(({ id, name, description, vpc, inbound }) => ({
      ownerId: scope.accountId,
      groupId: id,
      groupName: name,
      groupDescription: description,
      securityGroupArn: makeArn('ec2', scope, `security-group/${id}`),
      vpcId: vpc.id,
      ipPermissions: [
        inbound === 'members'
          ? { ...everything, groups: [{ userId: scope.accountId, groupId: id }] }
          : { ipProtocol: 'tcp', fromPort: inbound.port, toPort: inbound.port, ...anywhere },
      ],
      ipPermissionsEgress: [{ ...everything, ...anywhere }],
    })),
  }
}

const describeAvailabilityZones: QueryOperation = ({ scope }, fields) => {
  const filters = filtersOf(fields)
  const zones = networkOf(scope).subnets.map(({ zone, zoneId }) => ({ id: zone, zoneId }))
  const ids = listOf(fields, 'ZoneId')
  const unknownId = ids.find((id) => !zones.some(({ zoneId }) => zoneId === id))
  if (unknownId !== undefined)
    throw new ApiError('InvalidParameterValue', `Invalid availability zone-id: [${unknownId.slice(0, 100)}]`)
  const found = byId(zones, listOf(fields, 'ZoneName'), 'InvalidParameterValue').filter(
    ({ id, zoneId }) =>
      (ids.length === 0 || ids.includes(zoneId)) &&
      passes(filters, {
        'zone-name': id,
        'zone-id': zoneId,
        'region-name': scope.region,
        'zone-type': 'availability-zone',
        'opt-in-status': 'opt-in-not-required',
        'group-name': scope.region,
        state: 'available',
      }),
  )
  return {
    availabilityZoneInfo: found.map(({ id, zoneId }) => ({
      zoneName: id,
      zoneId,
      zoneState: 'available',
      zoneType: 'availability-zone',
      regionName: scope.region,
      groupName: scope.region,
      networkBorderGroup: scope.region,
      optInStatus: 'opt-in-not-required',
    })),
  }
}

/** EC2: the reads with which a network configuration is chosen. */
export const ec2Operations: Readonly<Record<string, QueryOperation>> = {
  DescribeAvailabilityZones: describeAvailabilityZones,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeVpcs: describeVpcs,
}
