import { createHash } from 'node:crypto'
import type { Scope } from '../scope'

export type Vpc = {
  readonly id: string
  readonly name: string
  readonly cidr: string
  readonly isDefault: boolean
}

export type Subnet = {
  readonly id: string
  readonly vpc: Vpc
  readonly name: string
  readonly zone: string
  readonly zoneId: string
  readonly cidr: string
}

export type SecurityGroup = {
  readonly id: string
  readonly vpc: Vpc
  readonly name: string
  readonly description: string
  /** Whom its inbound rule lets in: its own members, or everybody at one port. */
  readonly inbound: 'members' | { readonly port: number }
}

/** The networks of an account and region. Everything in them is loopback, and their ranges say so. */
export type Network = {
  /** The default VPC, three subnets in three zones, and its security group: what nobody needs to look up. */
  readonly vpc: Vpc
  readonly subnets: readonly Subnet[]
  readonly securityGroup: SecurityGroup
  /** All of them: the default VPC's, and those of a second one, so that there is something to choose. */
  readonly all: {
    readonly vpcs: readonly Vpc[]
    readonly subnets: readonly Subnet[]
    readonly securityGroups: readonly SecurityGroup[]
  }
}

/** The name under which the default VPC may be asked for, so that nobody has to look its id up. */
export const defaultVpcAlias = 'vpc-default'

const filtersNothing = 'the local cloud filters nothing between tasks'

/** The networks; their ids follow from account and region, so they are the same after every start. */
export function networkOf(scope: Scope): Network {
  const id = (kind: string, name: string): string =>
    `${kind}-0${createHash('sha256').update(`${scope.accountId}/${scope.region}/${kind}/${name}`).digest('hex').slice(0, 16)}`
  const subnet = (vpc: Vpc, letter: 'a' | 'b' | 'c', key: string, name: string, cidr: string): Subnet => ({
    id: id('subnet', key),
    vpc,
    name,
    zone: `${scope.region}${letter}`,
    zoneId: `${scope.region}-az${'abc'.indexOf(letter) + 1}`,
    cidr,
  })
  const group = (vpc: Vpc, key: string, about: Omit<SecurityGroup, 'id' | 'vpc'>): SecurityGroup => ({
    id: id('sg', key),
    vpc,
    ...about,
    description: `${about.description}; ${filtersNothing}`,
  })
  const ownGroup = { name: 'default', description: 'default VPC security group', inbound: 'members' } as const

  const vpc: Vpc = {
    id: id('vpc', 'default'),
    name: 'loopback of this machine',
    cidr: '127.0.0.0/8',
    isDefault: true,
  }
  const subnets = (['a', 'b', 'c'] as const).map((letter, index) =>
    subnet(vpc, letter, letter, `${scope.region}${letter}`, `127.${index * 64}.0.0/10`),
  )
  const securityGroup = group(vpc, 'default', ownGroup)

  const second: Vpc = {
    id: id('vpc', 'second'),
    name: 'second network, on the same loopback',
    cidr: '127.192.0.0/10',
    isDefault: false,
  }
  return {
    vpc,
    subnets,
    securityGroup,
    all: {
      vpcs: [vpc, second],
      subnets: [
        ...subnets,
        subnet(second, 'a', 'second a', 'second-private-a', '127.192.0.0/11'),
        subnet(second, 'b', 'second b', 'second-private-b', '127.224.0.0/11'),
      ],
      securityGroups: [
        securityGroup,
        group(second, 'second default', ownGroup),
        group(second, 'second web', {
          name: 'web',
          description: 'HTTP from anywhere',
          inbound: { port: 80 },
        }),
        group(second, 'second internal', {
          name: 'internal',
          description: 'everything between its members',
          inbound: 'members',
        }),
      ],
    },
  }
}
