import type { Setting } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { makeTestEcs, type TestEcs } from '../../../support/emulator-context'

const root = 'arn:aws:iam::111122223333:root'
const user = 'arn:aws:iam::111122223333:user/anna'

const list = (ecs: TestEcs, input: object = {}) =>
  ecs.call<{ settings: Setting[]; nextToken?: string }>('ListAccountSettings', input)
const effective = (ecs: TestEcs, name: string, principalArn?: string) =>
  list(ecs, { name, effectiveSettings: true, ...(principalArn && { principalArn }) }).settings[0]

describe('account settings', () => {
  it('are what every account has when nobody set them', () => {
    const ecs = makeTestEcs()
    expect(list(ecs)).toEqual({ settings: [] })
    const first = list(ecs, { effectiveSettings: true })
    const second = list(ecs, { effectiveSettings: true, nextToken: first.nextToken })
    expect(first.settings).toHaveLength(10)
    expect(second.nextToken).toBeUndefined()
    const values = [...first.settings, ...second.settings].map(({ name, value }) => [name, value])
    expect(Object.fromEntries(values)).toEqual({
      awsvpcTrunking: 'disabled',
      containerInsights: 'disabled',
      containerInstanceLongArnFormat: 'enabled',
      defaultLogDriverMode: 'non-blocking',
      fargateEventWindows: 'disabled',
      fargateFIPSMode: 'disabled',
      fargateTaskRetirementWaitPeriod: '7',
      guardDutyActivate: 'off',
      serviceLongArnFormat: 'enabled',
      tagResourceAuthorization: 'on',
      taskLongArnFormat: 'enabled',
    })
    expect(effective(ecs, 'guardDutyActivate')).toMatchObject({ type: 'aws_managed', principalArn: root })
  })

  it('are set for one, or for everybody who has none of their own', () => {
    const ecs = makeTestEcs()
    expect(ecs.call('PutAccountSettingDefault', { name: 'containerInsights', value: 'enabled' })).toEqual({
      setting: { name: 'containerInsights', value: 'enabled', principalArn: root, type: 'user' },
    })
    expect(effective(ecs, 'containerInsights', user)).toMatchObject({ value: 'enabled', principalArn: root })
    ecs.call('PutAccountSetting', { name: 'containerInsights', value: 'enhanced', principalArn: user })
    expect(effective(ecs, 'containerInsights', user)).toMatchObject({ value: 'enhanced', principalArn: user })
    expect(effective(ecs, 'containerInsights')).toMatchObject({ value: 'enabled' })
    expect(list(ecs, { principalArn: user }).settings).toHaveLength(1)

    expect(ecs.call('DeleteAccountSetting', { name: 'containerInsights', principalArn: user })).toMatchObject(
      {
        setting: { value: 'enhanced', principalArn: user },
      },
    )
    expect(effective(ecs, 'containerInsights', user)).toMatchObject({ value: 'enabled' })
    ecs.call('DeleteAccountSetting', { name: 'containerInsights' })
    expect(list(ecs).settings).toEqual([])
    expect(ecs.state.ecs.accountSettings.size).toBe(0)
  })

  it('are found by value when their name is told', () => {
    const ecs = makeTestEcs()
    const ask = (value: string) =>
      list(ecs, { name: 'awsvpcTrunking', value, effectiveSettings: true }).settings
    expect(ask('disabled')).toHaveLength(1)
    expect(ask('enabled')).toEqual([])
  })

  it('decide what new clusters begin with', () => {
    const ecs = makeTestEcs()
    ecs.call('PutAccountSetting', { name: 'containerInsights', value: 'enhanced' })
    ecs.call('CreateCluster', { clusterName: 'later' })
    expect(ecs.call('DescribeClusters', { clusters: ['later'], include: ['SETTINGS'] })).toMatchObject({
      clusters: [{ settings: [{ name: 'containerInsights', value: 'enhanced' }] }],
    })
    ecs.call('CreateCluster', {
      clusterName: 'told',
      settings: [{ name: 'containerInsights', value: 'disabled' }],
    })
    expect(ecs.cluster('told').settings).toEqual([{ name: 'containerInsights', value: 'disabled' }])
  })

  it.each([
    ['PutAccountSetting', { name: 'containerInsights', value: 'much' }],
    ['PutAccountSetting', { name: 'fargateTaskRetirementWaitPeriod', value: '8' }],
    ['PutAccountSetting', { name: 'guardDutyActivate', value: 'on' }],
    ['PutAccountSetting', { name: 'toString', value: 'on' }],
    ['PutAccountSetting', { name: 'awsvpcTrunking', value: 'enabled', principalArn: 'anna' }],
    [
      'PutAccountSetting',
      { name: 'awsvpcTrunking', value: 'enabled', principalArn: 'arn:aws:iam::999999999999:root' },
    ],
    ['PutAccountSettingDefault', { name: 'awsvpcTrunking', value: '' }],
    ['DeleteAccountSetting', { name: '__proto__' }],
    ['ListAccountSettings', { value: 'enabled' }],
    ['ListAccountSettings', { maxResults: 11 }],
    ['ListAccountSettings', { principalArn: 'arn:aws:sts::111122223333:user/x' }],
  ])('%s with %j is InvalidParameterException', (operation, input) => {
    const ecs = makeTestEcs()
    expect(ecs.refusal(operation, input).code).toBe('InvalidParameterException')
    expect(ecs.state.ecs.accountSettings.size).toBe(0)
  })
})
