import { startCommandWith } from './same-command.mjs'

/** @typedef {Pick<import('./options.mjs').StartOptions, 'endpointUrl' | 'profile' | 'region'>} Aim */

/**
 * The region that the console will say to AWS, found as it finds it: the flag, AWS_REGION, AWS_DEFAULT_REGION, then what the SDK reads for
 * the profile.
 * @param {Pick<Aim, 'profile' | 'region'>} aim
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<string | undefined>} undefined: none anywhere, and no request can be sent
 */
export async function readRegion({ profile, region }, env) {
  const named = region || env.AWS_REGION || env.AWS_DEFAULT_REGION
  if (named) return named
  const { ECSClient } = await import('@aws-sdk/client-ecs')
  const chosen = profile || env.AWS_PROFILE
  const client = new ECSClient(chosen ? { profile: chosen } : {})
  try {
    return await client.config.region()
  } catch {
    // "Region is missing", or files that cannot be read: to the person who starts it both mean that one has to be named.
    return undefined
  } finally {
    client.destroy()
  }
}

/**
 * What a console that does not look at the local cloud looks at.
 * @param {Aim} aim @param {string | undefined} region
 */
export function describeTarget({ endpointUrl, profile }, region) {
  const where = region ? `, region ${region}` : ''
  return endpointUrl ? `${endpointUrl}${where}` : `AWS${profile ? `, profile ${profile}` : ''}${where}`
}

/**
 * What to do when no region is named.
 * @param {readonly string[]} args what followed `npm start --`
 */
export const regionMissing = (args) =>
  `No region is named, so nothing of AWS can be read. Name one: ${startCommandWith(args, { '--region': 'REGION' })}` +
  ' (or export AWS_REGION, or give the profile one: aws configure set region REGION).'
