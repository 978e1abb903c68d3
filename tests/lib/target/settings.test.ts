import { describe, expect, it } from 'vitest'
import { targetFromEnv } from '@/lib/target/settings'

describe('the target of the console', () => {
  it('is the local cloud when nothing is said', () => {
    expect(targetFromEnv({})).toEqual({
      kind: 'local',
      endpointUrl: 'http://127.0.0.1:4680',
      profile: null,
      region: 'us-east-1',
      readOnly: false,
      pollMs: 1_000,
      warnings: [],
    })
  })

  it('stays the local cloud whatever AWS_* says', () => {
    const env = {
      AWS_PROFILE: 'production',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'https://evil.example',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    }
    expect(targetFromEnv(env)).toEqual(targetFromEnv({}))
  })

  it('is AWS with the profile and region of the flags', () => {
    expect(
      targetFromEnv({
        SWITCHBOARD_TARGET: 'aws',
        SWITCHBOARD_PROFILE: 'p',
        SWITCHBOARD_REGION: 'eu-north-1',
      }),
    ).toMatchObject({ kind: 'aws', endpointUrl: null, profile: 'p', region: 'eu-north-1', pollMs: 10_000 })
  })

  it.each([
    [{ SWITCHBOARD_REGION: 'a', AWS_REGION: 'b', AWS_DEFAULT_REGION: 'c' }, 'a'],
    [{ AWS_REGION: 'b', AWS_DEFAULT_REGION: 'c' }, 'b'],
    [{ AWS_DEFAULT_REGION: 'c' }, 'c'],
    [{}, null],
  ])('takes the region of %j', (env, region) => {
    expect(targetFromEnv({ SWITCHBOARD_TARGET: 'aws', ...env }).region).toBe(region)
  })

  it('takes AWS_PROFILE when no profile is named', () => {
    expect(targetFromEnv({ SWITCHBOARD_TARGET: 'aws', AWS_PROFILE: 'team' }).profile).toBe('team')
  })

  it.each(['', 'localhost:4566', 'ftp://x', 'file:///etc/passwd', 'http://'])(
    'refuses "%s" as an endpoint',
    (url) => {
      expect(() => targetFromEnv({ SWITCHBOARD_TARGET: 'endpoint', SWITCHBOARD_ENDPOINT_URL: url })).toThrow(
        /endpoint/,
      )
    },
  )

  it('refuses a password in the endpoint without repeating it', () => {
    const env = {
      SWITCHBOARD_TARGET: 'endpoint',
      SWITCHBOARD_ENDPOINT_URL: 'http://me:s3cret@localhost:4566',
    }
    expect(() => targetFromEnv(env)).toThrow(expect.not.stringContaining('s3cret'))
  })

  it('refuses an unknown kind', () => {
    expect(() => targetFromEnv({ SWITCHBOARD_TARGET: 'gcp' })).toThrow(/local, endpoint or aws/)
  })

  it.each([
    ['2000', 2_000],
    ['1', 250],
    ['soon', 1_000],
    ['', 1_000],
  ])('polls every %s ms as %d', (text, pollMs) => {
    expect(targetFromEnv({ SWITCHBOARD_POLL_MS: text }).pollMs).toBe(pollMs)
  })

  it('warns about the variable that the SDK does not read', () => {
    const [warning] = targetFromEnv({ AWS_ENDPOINT_URL_SERVICE_DISCOVERY: 'http://localhost' }).warnings
    expect(warning).toContain('AWS_ENDPOINT_URL_SERVICEDISCOVERY')
    expect(targetFromEnv({ AWS_ENDPOINT_URL_SERVICEDISCOVERY: 'http://localhost' }).warnings).toEqual([])
  })
})
