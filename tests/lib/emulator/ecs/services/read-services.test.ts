import { describe, expect, it } from 'vitest'
import { goodService, makeReadyEcs, makeTestEcs } from '../../../../support/emulator-context'
import { longMs } from '../../../../support/service-life'

const base = 'arn:aws:ecs:us-east-1:111122223333'
const serviceArn = (name: string) => `${base}:service/default/${name}`

describe('describing services', () => {
  it('finds by name and ARN, and names what is missing with the ARN it would have', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService())
    const wanted = ['web', serviceArn('web'), `${base}:service/web`, 'none', `${base}:service/other/web`]
    expect(ecs.call('DescribeServices', { services: wanted })).toMatchObject({
      services: [{ serviceName: 'web' }, { serviceName: 'web' }, { serviceName: 'web' }],
      failures: [
        { arn: serviceArn('none'), reason: 'MISSING' },
        { arn: `${base}:service/other/web`, reason: 'MISSING' },
      ],
    })
  })

  it('gives tags only when asked', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ tags: [{ key: 'k', value: 'v' }] }))
    expect(ecs.service('web')).not.toHaveProperty('tags')
    expect(ecs.call('DescribeServices', { services: ['web'], include: ['TAGS'] })).toMatchObject({
      services: [{ tags: [{ key: 'k', value: 'v' }] }],
    })
  })

  it.each([
    [[], 'Services cannot be empty.'],
    [Array.from({ length: 11 }, (_, index) => `s${index}`), 'Services can not have more than 10 entries.'],
  ])('of %j is refused', (services, message) => {
    expect(makeReadyEcs().refusal('DescribeServices', { services })).toEqual({
      code: 'InvalidParameterException',
      message,
    })
  })

  it('keeps the newest 100 events, newest first', () => {
    const ecs = makeReadyEcs()
    ecs.call('CreateService', goodService({ desiredCount: 0 }))
    for (let round = 0; round < 60; round++) {
      ecs.call('UpdateService', { service: 'web', desiredCount: (round + 1) % 2 })
      ecs.advance(longMs)
    }
    const { events = [] } = ecs.service('web')
    expect(events).toHaveLength(100)
    const times = events.map(({ createdAt }) => Number(createdAt))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(events.map(({ id }) => id)).size).toBe(100)
  })
})

describe('listing services', () => {
  const filled = () => {
    const ecs = makeReadyEcs()
    for (let index = 0; index < 12; index++)
      ecs.call(
        'CreateService',
        goodService({ serviceName: `s${String(index).padStart(2, '0')}`, desiredCount: 0 }),
      )
    ecs.call('CreateService', goodService({ serviceName: 'ec2', desiredCount: 0, launchType: 'EC2' }))
    return ecs
  }

  it('gives ten a page unless asked otherwise', () => {
    const ecs = filled()
    const page = ecs.call<{ serviceArns: string[]; nextToken?: string }>('ListServices')
    expect(page.serviceArns).toHaveLength(10)
    expect(ecs.call('ListServices', { nextToken: page.nextToken })).toEqual({
      serviceArns: [serviceArn('s09'), serviceArn('s10'), serviceArn('s11')],
    })
    expect(ecs.call('ListServices', { maxResults: 100 }).serviceArns).toHaveLength(13)
  })

  it('leaves out what is deleted, and filters', () => {
    const ecs = filled()
    ecs.call('DeleteService', { service: 's00' })
    expect(ecs.call('ListServices', { maxResults: 100 }).serviceArns).toHaveLength(12)
    expect(ecs.call('ListServices', { launchType: 'EC2' })).toEqual({ serviceArns: [serviceArn('ec2')] })
    expect(ecs.call('ListServices', { schedulingStrategy: 'DAEMON' })).toEqual({ serviceArns: [] })
  })

  it('needs a cluster that exists', () => {
    expect(makeTestEcs().refusal('ListServices').code).toBe('ClusterNotFoundException')
  })
})
