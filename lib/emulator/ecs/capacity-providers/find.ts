import { parseArn } from '../../arn'
import type { Context } from '../../context'
import type { CapacityProviderRecord } from '../../state/ecs'
import { makeCapacityProviderArn } from '../arns'
import { invalidParameter } from '../errors'

/** Fargate's own; they are there in every account and can be neither made nor deleted. */
export const fargateProviders = ['FARGATE', 'FARGATE_SPOT'] as const

export const isFargateProvider = (name: string): boolean => name === 'FARGATE' || name === 'FARGATE_SPOT'

/** The short name in a name or an ARN; undefined for an ARN of another account, region or kind. */
export function capacityProviderName(
  { scope }: Pick<Context, 'scope'>,
  nameOrArn: string,
): string | undefined {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn
  const name = parseArn(nameOrArn)?.resource.split('/')[1] ?? ''
  return nameOrArn === makeCapacityProviderArn(scope, name) ? name : undefined
}

/** One that was created; undefined for Fargate's own and for those that are not there. */
export function findCapacityProvider(
  context: Pick<Context, 'scope' | 'state'>,
  nameOrArn: string,
): CapacityProviderRecord | undefined {
  const name = capacityProviderName(context, nameOrArn)
  return name === undefined ? undefined : context.state.ecs.capacityProviders.get(name)
}

/** Throws `InvalidParameterException` for names of capacity providers that are not there. */
export function requireCapacityProviders(
  { state }: Pick<Context, 'state'>,
  names: readonly (string | undefined)[],
): void {
  for (const name of names)
    if (name === undefined || (!isFargateProvider(name) && !state.ecs.capacityProviders.has(name)))
      throw invalidParameter(
        `The specified capacity provider '${name ?? ''}' was not found. Specify a valid name or ARN and try again.`,
      )
}
