import { z } from 'zod'

/** Cloud Map's descriptions (API reference, ResourceDescription). Anything but control characters, which no screen shows. */
export const description = z
  .string()
  .max(1_024, 'A description has at most 1,024 characters.')
  .regex(/^[^\0]*$/, 'A description cannot hold the character NUL.')

/** A whole number between two bounds; `name` starts the sentence: `The port`. */
export const wholeNumber = (name: string, least: number, most: number) => {
  const says = `${name} is a whole number from ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}.`
  return z.int(says).min(least, says).max(most, says)
}

/** Names of clusters, services and containers (ECS API reference): 1 to 255 letters, digits, hyphens and underscores. */
export const ecsName = (thing: string) =>
  z
    .string()
    .min(1, `Give the ${thing} a name.`)
    .max(255, 'A name has at most 255 characters.')
    .regex(/^[A-Za-z0-9_-]*$/, 'Only letters, digits, hyphens and underscores; no spaces.')

/** An optional text that is an IAM role's ARN when it is there (IAM API reference, ARNs). */
export const roleArn = z
  .string()
  .max(2_048, 'An ARN has at most 2,048 characters.')
  .regex(
    /^(arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+)?$/,
    'This is no role ARN: arn:aws:iam::123456789012:role/name.',
  )
