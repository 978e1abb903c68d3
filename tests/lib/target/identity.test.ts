import { describe, expect, it } from 'vitest'
import { identityFromSettings } from '@/lib/target/identity'
import { targetFromEnv } from '@/lib/target/settings'

const known = (env: Record<string, string>) => identityFromSettings(targetFromEnv(env))

describe('what is known of a target before it answers', () => {
  it('is region and endpoint, and nobody knows the account', () => {
    expect(known({})).toMatchObject({
      kind: 'local',
      region: 'us-east-1',
      endpointUrl: 'http://127.0.0.1:4680',
      accountId: null,
      localRuntime: null,
    })
  })

  it('is the region that an endpoint is told when nobody named one', () => {
    const endpoint = { SWITCHBOARD_TARGET: 'endpoint', SWITCHBOARD_ENDPOINT_URL: 'http://localhost:4566' }
    expect(known(endpoint)).toMatchObject({ region: 'us-east-1', endpointUrl: 'http://localhost:4566' })
    expect(known({ ...endpoint, AWS_REGION: 'eu-west-1' }).region).toBe('eu-west-1')
  })

  it('is no region of AWS while the SDK has not looked for it', () => {
    const aws = { SWITCHBOARD_TARGET: 'aws', SWITCHBOARD_PROFILE: 'team', SWITCHBOARD_READ_ONLY: '1' }
    expect(known(aws)).toMatchObject({ region: '', endpointUrl: null, profile: 'team', readOnly: true })
    expect(known({ ...aws, SWITCHBOARD_REGION: 'eu-north-1' }).region).toBe('eu-north-1')
  })
})
