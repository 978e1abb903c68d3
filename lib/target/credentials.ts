import 'server-only'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { isLoopback } from './allowed-host'
import type { TargetSettings } from './settings'

/** The local cloud takes a 12-digit access key as the account. */
const LOCAL: AwsCredentialIdentity = { accessKeyId: '000000000000', secretAccessKey: 'local' }

/** What KECS, LocalStack and moto document for clients. */
const EMULATOR: AwsCredentialIdentity = { accessKeyId: 'test', secretAccessKey: 'test' }

/**
 * Whose name requests carry. Local cloud: always the fixed local ones. An endpoint on this machine: the profile or the keys that were
 * named, else test keys, so that real credentials are not sent to an emulator unasked. Anything else: the SDK's own chain.
 */
export function credentialsFor(
  settings: TargetSettings,
  env: Readonly<Record<string, string | undefined>>,
): AwsCredentialIdentity | AwsCredentialIdentityProvider {
  if (settings.kind === 'local') return LOCAL
  const onThisMachine = settings.endpointUrl !== null && isLoopback(new URL(settings.endpointUrl).hostname)
  if (onThisMachine && settings.profile === null && !env.AWS_ACCESS_KEY_ID) return EMULATOR
  return fromNodeProviderChain(settings.profile ? { profile: settings.profile } : {})
}
