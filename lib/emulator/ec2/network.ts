import { createHash } from 'node:crypto'
import type { Scope } from '../scope'

/** The one network of an account and region. Everything in it is loopback, and its ranges say so. */
export type Network = {
  readonly vpc: { readonly id: string; readonly cidr: string }
  readonly subnets: readonly {
    readonly id: string
    readonly zone: string
    readonly zoneId: string
    readonly cidr: string
  }[]
  readonly securityGroup: { readonly id: string; readonly name: string }
}

/** The name under which the default VPC may be asked for, so that nobody has to look its id up. */
export const defaultVpcAlias = 'vpc-default'

/** The default network; its ids follow from account and region, so they are the same after every start. */
export function networkOf(scope: Scope): Network {
  const id = (kind: string, name: string): string =>
    `${kind}-0${createHash('sha256').update(`${scope.accountId}/${scope.region}/${kind}/${name}`).digest('hex').slice(0, 16)}`
  return {
    vpc: { id: id('vpc', 'default'), cidr: '127.0.0.0/8' },
    subnets: (['a', 'b', 'c'] as const).map((letter, index) => ({
      id: id('subnet', letter),
      zone: `${scope.region}${letter}`,
      zoneId: `${scope.region}-az${index + 1}`,
      cidr: `127.${index * 64}.0.0/10`,
    })),
    securityGroup: { id: id('sg', 'default'), name: 'default' },
  }
}
