import type { AutoScalingGroupProvider, AutoScalingGroupProviderUpdate } from '@aws-sdk/client-ecs'
import { invalidParameter } from '../errors'
import { isName } from '../identifiers'

const maxStep = 10_000
const maxTarget = 100

/** 1 to 255 letters, digits, `_`, `-`, and none of AWS's own prefixes. Throws `InvalidParameterException`. */
export function checkProviderName(name: string): void {
  if (!isName(name))
    throw invalidParameter(
      `Invalid capacity provider name '${name}': 1 to 255 letters, digits, underscores and hyphens.`,
    )
  if (/^(?:aws|ecs|fargate)/i.test(name))
    throw invalidParameter(
      "The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with 'aws', 'ecs', or 'fargate'. Specify a valid name and try again.",
    )
}

/** The provider with AWS's defaults (ECS API reference, "AutoScalingGroupProvider", "ManagedScaling"). */
export const withProviderDefaults = (provider: AutoScalingGroupProvider): AutoScalingGroupProvider => ({
  managedTerminationProtection: 'DISABLED',
  managedDraining: 'ENABLED',
  ...provider,
  managedScaling: {
    status: 'DISABLED',
    targetCapacity: 100,
    minimumScalingStepSize: 1,
    maximumScalingStepSize: 10_000,
    instanceWarmupPeriod: 300,
    ...provider.managedScaling,
  },
})

/** What is not told stays as it is. */
export const updateProvider = (
  provider: AutoScalingGroupProvider,
  changes: AutoScalingGroupProviderUpdate,
): AutoScalingGroupProvider => ({
  ...provider,
  ...changes,
  managedScaling: { ...provider.managedScaling, ...changes.managedScaling },
})

/** Throws `InvalidParameterException` for values outside their range and for settings that do not go together. */
export function checkProvider({
  managedScaling = {},
  managedTerminationProtection,
}: AutoScalingGroupProvider): void {
  const {
    status,
    targetCapacity,
    minimumScalingStepSize: least,
    maximumScalingStepSize: most,
  } = managedScaling
  checkRange('targetCapacity', targetCapacity, 1, maxTarget)
  checkRange('minimumScalingStepSize', least, 1, maxStep)
  checkRange('maximumScalingStepSize', most, 1, maxStep)
  checkRange('instanceWarmupPeriod', managedScaling.instanceWarmupPeriod, 0, maxStep)
  if (least !== undefined && most !== undefined && least > most)
    throw invalidParameter('minimumScalingStepSize can not be above maximumScalingStepSize.')
  if (managedTerminationProtection === 'ENABLED' && status !== 'ENABLED')
    throw invalidParameter(
      'The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, managed scaling must be enabled.',
    )
}

function checkRange(name: string, value: number | undefined, minimum: number, maximum: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= minimum && value <= maximum)) return
  throw invalidParameter(`${name} must be a whole number from ${minimum} to ${maximum}, not ${value}.`)
}
