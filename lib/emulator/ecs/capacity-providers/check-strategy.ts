import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs'
import { invalidParameter } from '../errors'
import { isFargateProvider } from './find'

const maxItems = 20
const maxWeight = 1_000
const maxBase = 100_000

/**
 * Checks a capacity provider strategy by itself (ECS API reference, "CapacityProviderStrategyItem"): weights 0 to 1,000,
 * bases 0 to 100,000 and only one of them, Fargate's providers not together with others. Throws `InvalidParameterException`.
 */
export function checkStrategy(strategy: readonly CapacityProviderStrategyItem[] = []): void {
  if (strategy.length > maxItems)
    throw invalidParameter(`A capacity provider strategy can have at most ${maxItems} capacity providers.`)
  const names = new Set<string>()
  for (const { capacityProvider = '', weight = 0, base = 0 } of strategy) {
    if (names.has(capacityProvider))
      throw invalidParameter(`The capacity provider strategy names '${capacityProvider}' more than once.`)
    names.add(capacityProvider)
    if (!isBetween(weight, maxWeight))
      throw invalidParameter(`The weight of '${capacityProvider}' must be 0 to ${maxWeight}, not ${weight}.`)
    if (!isBetween(base, maxBase))
      throw invalidParameter(`The base of '${capacityProvider}' must be 0 to ${maxBase}, not ${base}.`)
  }
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1)
    throw invalidParameter(
      'Only one capacity provider in a capacity provider strategy can have a base defined.',
    )
  const fargate = [...names].filter(isFargateProvider).length
  if (fargate > 0 && fargate < names.size)
    throw invalidParameter(
      'The specified capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate capacity providers. Specify one or the other and try again.',
    )
}

const isBetween = (value: number, maximum: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= maximum

/** A strategy that tasks are started by needs a weight somewhere. Throws `InvalidParameterException`. */
export function checkUsable(strategy: readonly CapacityProviderStrategyItem[] = []): void {
  if (strategy.length > 1 && strategy.every(({ weight = 0 }) => weight === 0))
    throw invalidParameter(
      'The capacity provider strategy must have at least one capacity provider with a weight greater than 0.',
    )
}

/** Capacity providers of a strategy that are not associated with the cluster. */
export const notAssociated = (
  strategy: readonly CapacityProviderStrategyItem[],
  associated: readonly string[],
): string[] =>
  strategy.flatMap(({ capacityProvider = '' }) =>
    associated.includes(capacityProvider) ? [] : [capacityProvider],
  )

export const notAssociatedText =
  'The specified capacity provider strategy contains a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.'
