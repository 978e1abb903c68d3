import { makeArn } from '../arn'
import { ApiError } from '../wire/api-error'
import type { QueryOperation } from '../wire/query-service'
import { defaultVpcAlias, networkOf } from './network'
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

const describeVpcs: QueryOperation = ({ scope }, fields) => {
  const { vpc } = networkOf(scope)
  const asked = listOf(fields, 'VpcId').map((id) => (id === defaultVpcAlias ? vpc.id : id))
  const filters = filtersOf(fields)
  const found = byId([vpc], asked, 'InvalidVpcID.NotFound').filter(({ id, cidr }) =>
    passes(filters, {
      'vpc-id': [id, defaultVpcAlias],
      cidr,
      'cidr-block-association.cidr-block': cidr,
      'is-default': 'true',
      isDefault: 'true',
      state: 'available',
      'owner-id': scope.accountId,
      'tag:Name': vpcName,
      'tag-key': 'Name',
    }),
  )
  return {
    vpcSet: found.map(({ id, cidr }) => ({
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
      isDefault: true,
      tagSet: [{ key: 'Name', value: vpcName }],
    })),
  }
}

const vpcName = 'loopback of this machine'

const describeSubnets: QueryOperation = ({ scope }, fields) => {
  const { vpc, subnets } = networkOf(scope)
  const filters = filtersOf(fields)
  const found = byId(subnets, listOf(fields, 'SubnetId'), 'InvalidSubnetID.NotFound').filter((subnet) =>
    passes(filters, {
      'subnet-id': subnet.id,
      'vpc-id': [vpc.id, defaultVpcAlias],
      'availability-zone': subnet.zone,
      availabilityZone: subnet.zone,
      'availability-zone-id': subnet.zoneId,
      'cidr-block': subnet.cidr,
      cidr: subnet.cidr,
      'default-for-az': 'true',
      defaultForAz: 'true',
      state: 'available',
      'owner-id': scope.accountId,
      'map-public-ip-on-launch': 'false',
      'tag:Name': subnet.zone,
      'tag-key': 'Name',
    }),
  )
  return {
    subnetSet: found.map((subnet) => ({
      subnetId: subnet.id,
      subnetArn: makeArn('ec2', scope, `subnet/${subnet.id}`),
      state: 'available',
      ownerId: scope.accountId,
      vpcId: vpc.id,
      cidrBlock: subnet.cidr,
      availableIpAddressCount: 4_194_299,
      availabilityZone: subnet.zone,
      availabilityZoneId: subnet.zoneId,
      defaultForAz: true,
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      tagSet: [{ key: 'Name', value: subnet.zone }],
    })),
  }
}

const describeSecurityGroups: QueryOperation = ({ scope }, fields) => {
  const { vpc, securityGroup } = networkOf(scope)
  const description = 'default VPC security group; the local cloud filters nothing between tasks'
  const filters = filtersOf(fields)
  const names = listOf(fields, 'GroupName')
  const unknownName = names.find((name) => name !== securityGroup.name)
  if (unknownName !== undefined) {
    throw new ApiError(
      'InvalidGroup.NotFound',
      `The security group '${unknownName.slice(0, 100)}' does not exist`,
    )
  }
  const found = byId([securityGroup], listOf(fields, 'GroupId'), 'InvalidGroup.NotFound').filter(
    ({ id, name }) =>
      passes(filters, {
        'group-id': id,
        'group-name': name,
        description,
        'vpc-id': [vpc.id, defaultVpcAlias],
        'owner-id': scope.accountId,
      }),
  )
  const everything = { ipProtocol: '-1' }
  return {
    securityGroupInfo: found.map(({ id, name }) => ({
      ownerId: scope.accountId,
      groupId: id,
      groupName: name,
      groupDescription: description,
      securityGroupArn: makeArn('ec2', scope, `security-group/${id}`),
      vpcId: vpc.id,
      ipPermissions: [{ ...everything, groups: [{ userId: scope.accountId, groupId: id }] }],
      ipPermissionsEgress: [{ ...everything, ipRanges: [{ cidrIp: '0.0.0.0/0' }] }],
    })),
  }
}

/** EC2: the three reads with which a network configuration is chosen. */
export const ec2Operations: Readonly<Record<string, QueryOperation>> = {
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSubnets: describeSubnets,
  DescribeVpcs: describeVpcs,
}
