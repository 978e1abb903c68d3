import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { describeTarget, readRegion, regionMissing } from '@/lib/launch/region.mjs'

let folder: string
beforeEach(() => {
  // A folder of its own each time: the SDK remembers the files that it has read.
  folder = mkdtempSync(join(tmpdir(), 'switchboard-aws-'))
  const config = join(folder, 'config')
  writeFileSync(config, '[profile team]\nregion = eu-central-1\n[profile bare]\noutput = json\n')
  vi.stubEnv('AWS_CONFIG_FILE', config)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const none = { profile: undefined, region: undefined }

describe('the region of AWS', () => {
  it('is the flag, then what the environment says', async () => {
    const env = { AWS_REGION: 'us-west-1', AWS_DEFAULT_REGION: 'us-west-2' }
    expect(await readRegion({ ...none, region: 'eu-west-1' }, env)).toBe('eu-west-1')
    expect(await readRegion(none, env)).toBe('us-west-1')
    expect(await readRegion(none, { AWS_DEFAULT_REGION: 'us-west-2' })).toBe('us-west-2')
  })

  it('is the region of the profile that was named', async () => {
    expect(await readRegion({ ...none, profile: 'team' }, {})).toBe('eu-central-1')
    expect(await readRegion(none, { AWS_PROFILE: 'team' })).toBe('eu-central-1')
  })

  it('is unknown when nobody names one', async () => {
    expect(await readRegion(none, {})).toBeUndefined()
    expect(await readRegion({ ...none, profile: 'bare' }, {})).toBeUndefined()
    expect(await readRegion({ ...none, profile: 'absent' }, {})).toBeUndefined()
  })

  it('is told at the start with the rest of the target', () => {
    const aim = { endpointUrl: undefined, profile: 'team', region: undefined }
    expect(describeTarget(aim, 'eu-central-1')).toBe('AWS, profile team, region eu-central-1')
    expect(describeTarget({ ...aim, profile: undefined }, undefined)).toBe('AWS')
    expect(describeTarget({ ...none, endpointUrl: 'http://localhost:4566' }, 'us-east-1')).toBe(
      'http://localhost:4566, region us-east-1',
    )
  })

  it('is asked for with the command that names it', () => {
    expect(regionMissing(['--aws', '--read-only'])).toContain(
      'npm start -- --aws --read-only --region REGION',
    )
  })
})
