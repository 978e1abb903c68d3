import { describe, expect, it } from 'vitest'
import type { TargetIdentity } from '@/lib/inventory/model'
import { refusalOfOtherTarget } from '@/lib/plan/other-target'
import { awsTarget, localTarget } from '../../support/topology-fixtures'

describe('a run that is gone on with', () => {
  it.each([
    ['in the local cloud', localTarget],
    ['in AWS', awsTarget],
  ])('goes on where it began: %s', (_where, target) => {
    expect(refusalOfOtherTarget(target, { ...target })).toBeNull()
  })

  it.each<[string, Partial<TargetIdentity>]>([
    ['another account', { accountId: '999999999999' }],
    ['an account that is not known', { accountId: null }],
    ['another region', { region: 'eu-west-1' }],
    ['another endpoint', { endpointUrl: 'http://127.0.0.1:1' }],
    ['AWS itself', { kind: 'aws', endpointUrl: null }],
  ])('does not go on in %s', (_where, other) => {
    const refusal = refusalOfOtherTarget(localTarget, { ...localTarget, ...other })
    expect(refusal).toMatchObject({
      code: 'OtherTarget',
      remedy: expect.stringContaining('Nothing was sent.'),
    })
    expect(refusal?.message).toContain('account 000000000000, us-east-1')
  })

  it.each<[string, Partial<TargetIdentity>]>([
    ['another profile', { profile: 'other' }],
    ['another runtime', { localRuntime: null }],
  ])('minds no %s', (_what, other) => {
    expect(refusalOfOtherTarget(localTarget, { ...localTarget, ...other })).toBeNull()
  })
})
