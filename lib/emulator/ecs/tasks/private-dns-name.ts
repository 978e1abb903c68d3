import type { Scope } from '../../scope'

/** What `os.hostname()` says inside a task, for example `ip-127-10-0-12`. */
export const hostnameOf = (address: string): string => `ip-${address.replaceAll('.', '-')}`

/** The VPC's own name of a private address; us-east-1 has an old form. */
export const privateDnsName = ({ region }: Scope, address: string): string =>
  `${hostnameOf(address)}.${region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`}`
