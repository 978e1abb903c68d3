import type { CapacityProvider } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import { goodService, makeReadyEcs, makeTestEcs, type TestEcs } from '../../../support/emulator-context'

const groupArn = (name: string) =>
  `arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:1:autoScalingGroupName/${name}`
const make = (ecs: TestEcs, name: string, more: object = {}) =>
  ecs.call<{ capacityProvider: CapacityProvider }>('CreateCapacityProvider', {
    name,
    autoScalingGroupProvider: { autoScalingGroupArn: groupArn(name) },
    ...more,
  }).capacityProvider
const described = (ecs: TestEcs, input: object = {}) =>
  ecs.call<{ capacityProviders: CapacityProvider[]; failures: object[]; nextToken?: string }>(
    'DescribeCapacityProviders',
    input,
  )
const namesOf = (ecs: TestEcs, input: object = {}) =>
  described(ecs, input).capacityProviders.map(({ name }) => name)

describe('capacity providers', () => {
  it('of Fargate are there without being made', () => {
    expect(described(makeTestEcs()).capacityProviders).toEqual([
      {
        capacityProviderArn: 'arn:aws:ecs:us-east-1:111122223333:capacity-provider/FARGATE',
        name: 'FARGATE',
        status: 'ACTIVE',
        type: 'FARGATE',
        tags: [],
      },
      expect.objectContaining({ name: 'FARGATE_SPOT', type: 'FARGATE_SPOT', status: 'ACTIVE' }),
    ])
  })

  it('are made with the defaults of AWS', () => {
    const ecs = makeTestEcs()
    expect(make(ecs, 'spare', { tags: [{ key: 'team', value: 'a' }] })).toEqual({
      capacityProviderArn: 'arn:aws:ecs:us-east-1:111122223333:capacity-provider/spare',
      name: 'spare',
      status: 'ACTIVE',
      type: 'EC2_AUTOSCALING',
      autoScalingGroupProvider: {
        autoScalingGroupArn: groupArn('spare'),
        managedScaling: {
          status: 'DISABLED',
          targetCapacity: 100,
          minimumScalingStepSize: 1,
          maximumScalingStepSize: 10_000,
          instanceWarmupPeriod: 300,
        },
        managedTerminationProtection: 'DISABLED',
        managedDraining: 'ENABLED',
      },
      tags: [{ key: 'team', value: 'a' }],
    })
    expect(ecs.lines.join()).toContain('every task runs on this machine')
  })

  it('are found by name and by ARN, tags only when asked for', () => {
    const ecs = makeTestEcs()
    const { capacityProviderArn } = make(ecs, 'spare', { tags: [{ key: 'team', value: 'a' }] })
    expect(namesOf(ecs, { capacityProviders: [capacityProviderArn] })).toEqual(['spare'])
    expect(described(ecs, { capacityProviders: ['spare'] }).capacityProviders[0]?.tags).toEqual([])
    expect(
      described(ecs, { capacityProviders: ['spare'], include: ['TAGS'] }).capacityProviders[0]?.tags,
    ).toEqual([{ key: 'team', value: 'a' }])
    expect(described(ecs, { capacityProviders: ['none', 'FARGATE'] })).toMatchObject({
      capacityProviders: [{ name: 'FARGATE' }],
      failures: [{ arn: 'arn:aws:ecs:us-east-1:111122223333:capacity-provider/none', reason: 'MISSING' }],
    })
    const foreign = 'arn:aws:ecs:eu-west-1:111122223333:capacity-provider/spare'
    expect(described(ecs, { capacityProviders: [foreign] }).failures).toEqual([
      { arn: foreign, reason: 'MISSING' },
    ])
  })

  it('come ten a page', () => {
    const ecs = makeTestEcs()
    for (let index = 0; index < 12; index += 1) make(ecs, `p${String(index).padStart(2, '0')}`)
    const first = described(ecs)
    expect(first.capacityProviders).toHaveLength(10)
    const second = described(ecs, { nextToken: first.nextToken })
    expect(second.capacityProviders.map(({ name }) => name)).toEqual(['p08', 'p09', 'p10', 'p11'])
    expect(second.nextToken).toBeUndefined()
  })

  it('are changed without losing what was not told', () => {
    const ecs = makeTestEcs()
    make(ecs, 'spare')
    const { capacityProvider } = ecs.call<{ capacityProvider: CapacityProvider }>('UpdateCapacityProvider', {
      name: 'spare',
      autoScalingGroupProvider: { managedScaling: { status: 'ENABLED', targetCapacity: 80 } },
    })
    expect(capacityProvider).toMatchObject({
      updateStatus: 'UPDATE_COMPLETE',
      autoScalingGroupProvider: {
        managedScaling: { status: 'ENABLED', targetCapacity: 80, instanceWarmupPeriod: 300 },
        managedDraining: 'ENABLED',
      },
    })
  })

  it('carry tags', () => {
    const ecs = makeTestEcs()
    const resourceArn = make(ecs, 'spare').capacityProviderArn
    ecs.call('TagResource', { resourceArn, tags: [{ key: 'a', value: 'b' }] })
    expect(ecs.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [{ key: 'a', value: 'b' }] })
    expect(ecs.refusal('TagResource', { resourceArn: `${resourceArn}x`, tags: [] }).code).toBe(
      'ResourceNotFoundException',
    )
  })

  it('are gone when deleted, and their name is free', () => {
    const ecs = makeTestEcs()
    make(ecs, 'spare', { tags: [{ key: 'a', value: 'b' }] })
    expect(ecs.call('DeleteCapacityProvider', { capacityProvider: 'spare' })).toMatchObject({
      capacityProvider: { status: 'INACTIVE', updateStatus: 'DELETE_COMPLETE' },
    })
    expect(namesOf(ecs)).toEqual(['FARGATE', 'FARGATE_SPOT'])
    expect(make(ecs, 'spare').tags).toEqual([])
  })

  const scaling = (managedScaling: object) => ({
    autoScalingGroupProvider: { autoScalingGroupArn: groupArn('x'), managedScaling },
  })
  it.each([
    [{ name: 'aws-mine' }, 'InvalidParameterException'],
    [{ name: 'Fargate2' }, 'InvalidParameterException'],
    [{ name: 'ecs' }, 'InvalidParameterException'],
    [{ name: 'a b' }, 'InvalidParameterException'],
    [{ name: 'x'.repeat(256) }, 'InvalidParameterException'],
    [{ name: 'taken' }, 'ClientException'],
    [{ autoScalingGroupProvider: undefined }, 'InvalidParameterException'],
    [{ autoScalingGroupProvider: { autoScalingGroupArn: groupArn('taken') } }, 'ClientException'],
    [{ cluster: 'default' }, 'InvalidParameterException'],
    [{ managedInstancesProvider: {} }, 'UnsupportedFeatureException'],
    [scaling({ targetCapacity: 0 }), 'InvalidParameterException'],
    [scaling({ targetCapacity: 101 }), 'InvalidParameterException'],
    [scaling({ minimumScalingStepSize: 3, maximumScalingStepSize: 2 }), 'InvalidParameterException'],
    [scaling({ instanceWarmupPeriod: -1 }), 'InvalidParameterException'],
    [
      {
        autoScalingGroupProvider: {
          autoScalingGroupArn: groupArn('x'),
          managedTerminationProtection: 'ENABLED',
        },
      },
      'InvalidParameterException',
    ],
    [{ tags: [{ key: 'aws:x', value: '' }] }, 'InvalidParameterException'],
  ])('are refused with %j as %s, and nothing is made', (changes, code) => {
    const ecs = makeTestEcs()
    make(ecs, 'taken')
    const input = { name: 'x', autoScalingGroupProvider: { autoScalingGroupArn: groupArn('x') }, ...changes }
    expect(ecs.refusal('CreateCapacityProvider', input).code).toBe(code)
    expect(namesOf(ecs)).toHaveLength(3)
  })

  it.each([
    ['DeleteCapacityProvider', { capacityProvider: 'FARGATE' }, 'ClientException'],
    [
      'DeleteCapacityProvider',
      { capacityProvider: 'arn:aws:ecs:us-east-1:111122223333:capacity-provider/FARGATE_SPOT' },
      'ClientException',
    ],
    ['DeleteCapacityProvider', { capacityProvider: 'none' }, 'InvalidParameterException'],
    ['UpdateCapacityProvider', { name: 'none', autoScalingGroupProvider: {} }, 'InvalidParameterException'],
    ['UpdateCapacityProvider', { name: 'FARGATE', autoScalingGroupProvider: {} }, 'ClientException'],
    ['DescribeCapacityProviders', { capacityProviders: Array(101).fill('x') }, 'InvalidParameterException'],
    ['DescribeCapacityProviders', { maxResults: 11 }, 'InvalidParameterException'],
    ['DescribeCapacityProviders', { cluster: 'none' }, 'ClusterNotFoundException'],
  ])('%s with %j is %s', (operation, input, code) => {
    expect(makeTestEcs().refusal(operation, input).code).toBe(code)
  })
})

describe('capacity providers of a cluster', () => {
  const put = (ecs: TestEcs, capacityProviders: string[], defaultCapacityProviderStrategy: object[] = []) =>
    ecs.call('PutClusterCapacityProviders', {
      cluster: 'default',
      capacityProviders,
      defaultCapacityProviderStrategy,
    })

  it('are those that were put there, in the place of those before', () => {
    const ecs = makeReadyEcs()
    make(ecs, 'spare')
    expect(put(ecs, ['FARGATE', 'FARGATE_SPOT'], [{ capacityProvider: 'FARGATE', weight: 1 }])).toMatchObject(
      {
        cluster: { capacityProviders: ['FARGATE', 'FARGATE_SPOT'] },
      },
    )
    put(ecs, ['spare'])
    expect(namesOf(ecs, { cluster: 'default' })).toEqual(['spare'])
    expect(described(ecs, { cluster: 'default', capacityProviders: ['FARGATE'] }).failures).toHaveLength(1)
    put(ecs, [])
    expect(namesOf(ecs, { cluster: 'default' })).toEqual([])
  })

  it('hold the provider until they are taken away', () => {
    const ecs = makeReadyEcs()
    make(ecs, 'spare')
    put(ecs, ['spare'])
    expect(ecs.refusal('DeleteCapacityProvider', { capacityProvider: 'spare' })).toMatchObject({
      code: 'ClientException',
      message: expect.stringContaining('associated with cluster: default'),
    })
    put(ecs, [])
    ecs.call('DeleteCapacityProvider', { capacityProvider: 'spare' })
  })

  it('stay while a service is started by them', () => {
    const ecs = makeReadyEcs()
    put(ecs, ['FARGATE', 'FARGATE_SPOT'])
    const { launchType: _launchType, ...service } = goodService()
    ecs.call('CreateService', {
      ...service,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    })
    const without = {
      cluster: 'default',
      capacityProviders: ['FARGATE'],
      defaultCapacityProviderStrategy: [],
    }
    expect(ecs.refusal('PutClusterCapacityProviders', without)).toEqual({
      code: 'ResourceInUseException',
      message: 'The specified capacity provider is in use and cannot be removed.',
    })
    expect(namesOf(ecs, { cluster: 'default' })).toEqual(['FARGATE', 'FARGATE_SPOT'])
    ecs.call('DeleteService', { service: 'web', force: true })
    ecs.advance(60_000)
    put(ecs, ['FARGATE'])
  })

  it.each([
    [['none'], []],
    [['FARGATE'], [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]],
    [['FARGATE'], [{ capacityProvider: 'FARGATE', weight: 1_001 }]],
    [['FARGATE'], [{ capacityProvider: 'FARGATE', weight: 1, base: 100_001 }]],
    [['FARGATE'], [{ capacityProvider: 'FARGATE' }, { capacityProvider: 'FARGATE' }]],
    [
      ['FARGATE', 'FARGATE_SPOT'],
      [
        { capacityProvider: 'FARGATE', weight: 1, base: 1 },
        { capacityProvider: 'FARGATE_SPOT', weight: 1, base: 1 },
      ],
    ],
    [
      ['FARGATE', 'spare'],
      [
        { capacityProvider: 'FARGATE', weight: 1 },
        { capacityProvider: 'spare', weight: 1 },
      ],
    ],
  ])('are refused with %j and the strategy %j, also for a new cluster', (capacityProviders, strategy) => {
    const ecs = makeReadyEcs()
    make(ecs, 'spare')
    const input = { capacityProviders, defaultCapacityProviderStrategy: strategy }
    expect(ecs.refusal('PutClusterCapacityProviders', { cluster: 'default', ...input }).code).toBe(
      'InvalidParameterException',
    )
    expect(ecs.refusal('CreateCluster', { clusterName: 'new', ...input }).code).toBe(
      'InvalidParameterException',
    )
    expect(ecs.state.ecs.clusters.has('new')).toBe(false)
  })

  it('need not be associated for a service here, which is told; strict refuses as AWS does', () => {
    const { launchType: _launchType, ...service } = goodService()
    const wanted = { ...service, capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }
    const ecs = makeReadyEcs()
    ecs.call('CreateService', wanted)
    expect(ecs.events('web').join()).toContain('not associated with the cluster')
    expect(makeReadyEcs({ strict: true }).refusal('CreateService', wanted)).toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining('not associated with the cluster'),
    })
  })

  it('need a weight to start a service by several of them', () => {
    const { launchType: _launchType, ...service } = goodService()
    const both = [{ capacityProvider: 'FARGATE' }, { capacityProvider: 'FARGATE_SPOT' }]
    expect(
      makeReadyEcs().refusal('CreateService', { ...service, capacityProviderStrategy: both }).message,
    ).toContain('weight greater than 0')
  })
})
