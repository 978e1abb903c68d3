import 'server-only'
import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  type Tag,
} from '@aws-sdk/client-ec2'
import type { Network } from '@/lib/changes/world'
import type { Cycle } from '@/lib/inventory/cycle'
import { list, text, textOrNull } from '@/lib/inventory/loose'
import type { Hole } from '@/lib/inventory/model'
import type { Clients } from '@/lib/target/clients'

/** EC2's largest page is 1,000 (API reference, DescribeSubnets). */
const PAGE = 1_000

const nameIn = (tags: readonly Tag[] | undefined): string | null =>
  textOrNull(list(tags).find((tag) => tag.Key === 'Name')?.Value)

const inOrder = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] =>
  items.filter((item) => item.id !== '').toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

export type NetworkReading = { readonly network: Network; readonly holes: readonly Hole[] }

/** Where tasks can live. Never throws: a list that could not be read is empty, with a hole. */
export async function readNetwork({ ec2 }: Pick<Clients, 'ec2'>, cycle: Cycle): Promise<NetworkReading> {
  const [vpcs, subnets, groups] = await Promise.all([
    cycle.pages(
      'ec2:DescribeVpcs',
      null,
      (token) => ec2.send(new DescribeVpcsCommand({ MaxResults: PAGE, NextToken: token })),
      (page) => ({ items: list(page.Vpcs), token: page.NextToken }),
    ),
    cycle.pages(
      'ec2:DescribeSubnets',
      null,
      (token) => ec2.send(new DescribeSubnetsCommand({ MaxResults: PAGE, NextToken: token })),
      (page) => ({ items: list(page.Subnets), token: page.NextToken }),
    ),
    cycle.pages(
      'ec2:DescribeSecurityGroups',
      null,
      (token) => ec2.send(new DescribeSecurityGroupsCommand({ MaxResults: PAGE, NextToken: token })),
      (page) => ({ items: list(page.SecurityGroups), token: page.NextToken }),
    ),
  ])
  return {
    holes: [vpcs.hole, subnets.hole, groups.hole].filter((hole) => hole !== null),
    network: {
      vpcs: inOrder(
        vpcs.items.map((vpc) => ({
          id: text(vpc.VpcId),
          name: nameIn(vpc.Tags),
          cidr: text(vpc.CidrBlock),
          isDefault: vpc.IsDefault === true,
        })),
      ),
      subnets: inOrder(
        subnets.items.map((subnet) => ({
          id: text(subnet.SubnetId),
          name: nameIn(subnet.Tags),
          vpcId: text(subnet.VpcId),
          cidr: text(subnet.CidrBlock),
          availabilityZone: text(subnet.AvailabilityZone),
          mapsPublicIp: subnet.MapPublicIpOnLaunch === true,
        })),
      ),
      securityGroups: inOrder(
        groups.items.map((group) => ({
          id: text(group.GroupId),
          name: text(group.GroupName),
          description: text(group.Description),
          vpcId: text(group.VpcId),
        })),
      ),
    },
  }
}
