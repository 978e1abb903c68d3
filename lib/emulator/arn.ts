import type { Scope } from './scope'

/**
 * An ARN in the `aws` partition. `service` is the signing name, for example `servicediscovery`;
 * `resource` is what follows the account, for example `namespace/ns-…`.
 */
export const makeArn = (service: string, scope: Scope, resource: string): string =>
  `arn:aws:${service}:${scope.region}:${scope.accountId}:${resource}`

/** An ARN taken apart. */
export type Arn = {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly accountId: string
  readonly resource: string
}

/** The parts of an ARN, or undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  const found = /^arn:([a-z0-9-]+):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/s.exec(text)
  if (!found) return undefined
  const [, partition = '', service = '', region = '', accountId = '', resource = ''] = found
  return { partition, service, region, accountId, resource }
}
